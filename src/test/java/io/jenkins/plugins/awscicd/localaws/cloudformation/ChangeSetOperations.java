package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSetDescriptions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSetRequest;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.DeploymentOptions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Operations on change sets. */
final class ChangeSetOperations {

    private ChangeSetOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("CreateChangeSet", ChangeSetOperations::create)
                .operation("DescribeChangeSet", ChangeSetOperations::describe)
                .operation("DescribeChangeSetHooks", ChangeSetOperations::hooks)
                .operation("ExecuteChangeSet", ChangeSetOperations::execute)
                .operation("DeleteChangeSet", ChangeSetOperations::delete)
                .operation("ListChangeSets", ChangeSetOperations::list);
    }

    static ChangeSet changeSet(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("ChangeSetName");
        return find(cloudFormation, input).orElseThrow(() -> Refusal.noChangeSet(name));
    }

    private static Optional<ChangeSet> find(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("ChangeSetName");
        String stackName = input.text("StackName");
        if (name.startsWith("arn:")) {
            return cloudFormation.changeSets().find(name, null);
        }
        if (stackName == null) {
            throw Refusal.validation("StackName must be specified if ChangeSetName is not specified as an ARN.");
        }
        Stack stack = cloudFormation.stacks().find(stackName).orElseThrow(() -> Refusal.noStack(stackName));
        // One that was executed is none of the stack's any more.
        return cloudFormation
                .changeSets()
                .find(name, stack)
                .filter(one -> !one.execution().equals("EXECUTE_COMPLETE"));
    }

    private static Xml.Content create(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stacks stacks = cloudFormation.stacks();
        String name = Refusal.matching(input, "ChangeSetName", StackOperations.NAME, 128);
        String type = input.text("ChangeSetType", "UPDATE");
        boolean reverts = "REVERT_DRIFT".equals(input.text("DeploymentMode"));
        if (Refusal.flag(input, "IncludeNestedStacks") && (type.equals("IMPORT") || reverts)) {
            throw Refusal.validation("IncludeNestedStacks is not supported for "
                    + (reverts ? "deploymentMode: REVERT_DRIFT" : "changeSet type: " + type));
        }
        String stackName = input.required("StackName");
        if (!stackName.startsWith("arn:")) {
            Refusal.matching(input, "StackName", StackOperations.NAME, 128);
        }
        Stack stack = stacks.find(stackName)
                .filter(one -> one.status() != StackStatus.DELETE_COMPLETE)
                .orElse(null);
        String token = input.text("ClientToken");
        Optional<ChangeSet> existing =
                stack == null ? Optional.empty() : cloudFormation.changeSets().find(name, stack);
        if (existing.isPresent()) {
            return same(cloudFormation, existing.get(), stack, input);
        }
        checkState(stack, stackName, type, name);
        StackSettings settings = Requests.settings(stacks, stack, input);
        Map<String, String> imports = imports(settings, type, input);
        if (stack == null) {
            stack = stacks.create(stackName);
        }
        ChangeSet created = cloudFormation
                .changeSets()
                .create(
                        stack,
                        settings,
                        new ChangeSetRequest(
                                name,
                                type,
                                token,
                                input.text("Description"),
                                Refusal.flag(input, "IncludeNestedStacks"),
                                input.text("OnStackFailure"),
                                Refusal.flag(input, "ImportExistingResources"),
                                imports));
        return ids(created);
    }

    /** There is one of that name: it is that, or the request differs from the one that it was made by. */
    private static Xml.Content same(CloudFormation cloudFormation, ChangeSet existing, Stack stack, QueryInput input)
            throws AwsError {
        String differs = null;
        if (!Objects.equals(existing.token(), input.text("ClientToken"))) {
            differs = "ClientToken";
        } else {
            StackSettings asked = Requests.settings(cloudFormation.stacks(), stack, input);
            if (!asked.template().body().equals(existing.settings().template().body())) {
                differs = "Template";
            } else if (!asked.parameters().equals(existing.settings().parameters())) {
                differs = "Parameters";
            }
        }
        if (differs != null) {
            throw AwsError.badRequest(
                    "AlreadyExistsException",
                    "ChangeSet " + existing.name() + " cannot be created due to a mismatch with existing attribute "
                            + differs);
        }
        return ids(existing);
    }

    private static Xml.Content ids(ChangeSet changeSet) {
        return xml ->
                xml.text("Id", changeSet.id()).text("StackId", changeSet.stack().id());
    }

    private static void checkState(Stack stack, String stackName, String type, String name) throws AwsError {
        boolean reviewed = stack != null && stack.status() == StackStatus.REVIEW_IN_PROGRESS;
        switch (type) {
            case "CREATE" -> {
                if (stack != null && !reviewed) {
                    throw Refusal.validation("Stack [" + stackName
                            + "] already exists and cannot be created again with the changeSet [" + name + "].");
                }
            }
            case "UPDATE" -> {
                if (stack == null) {
                    throw Refusal.noStack(stackName);
                }
                if (!stack.status().updatable()) {
                    throw Refusal.notUpdatable(stack);
                }
            }
            default -> {
                if (stack != null && !reviewed && !stack.status().updatable()) {
                    throw Refusal.notUpdatable(stack);
                }
            }
        }
    }

    private static Map<String, String> imports(StackSettings settings, String type, QueryInput input) throws AwsError {
        Map<String, String> imports = new LinkedHashMap<>();
        List<String> unprotected = new ArrayList<>();
        for (QueryInput one : input.items("ResourcesToImport.member")) {
            String logicalId = one.required("LogicalResourceId");
            List<String> identifiers = List.copyOf(one.map("ResourceIdentifier").values());
            if (settings.template().resource(logicalId).isEmpty() || identifiers.isEmpty()) {
                throw Refusal.validation("Resources [" + logicalId + "] to import are not in the template");
            }
            imports.put(logicalId, identifiers.get(0));
            if (!settings.template().resource(logicalId).get().node().has("DeletionPolicy")) {
                unprotected.add(logicalId);
            }
        }
        if (type.equals("IMPORT") == imports.isEmpty()) {
            throw Refusal.validation(
                    "ResourcesToImport must be specified for change sets of type IMPORT, and for no others.");
        }
        if (!unprotected.isEmpty()) {
            throw Refusal.validation("The following resources to import " + unprotected
                    + " must have DeletionPolicy attribute specified in the template.");
        }
        return imports;
    }

    private static Xml.Content describe(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        ChangeSet changeSet = changeSet(cloudFormation, input);
        boolean values = Refusal.flag(input, "IncludePropertyValues");
        ChangeSetDescriptions descriptions = new ChangeSetDescriptions(cloudFormation.stacks(), changeSet, values);
        Pages<Integer> page = Pages.of(descriptions.indexes(), input, cloudFormation.pageSize());
        return xml -> {
            descriptions.writeTo(xml, page.items());
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content hooks(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        ChangeSet changeSet = changeSet(cloudFormation, input);
        return xml -> new ChangeSetDescriptions(cloudFormation.stacks(), changeSet, false)
                .writeHooks(xml, input.text("LogicalResourceId"));
    }

    private static Xml.Content execute(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        ChangeSet changeSet = changeSet(cloudFormation, input);
        Stack stack = changeSet.stack();
        if (cloudFormation.tokens().known("ExecuteChangeSet", changeSet.id(), input)) {
            return xml -> {};
        }
        try {
            checkExecutable(changeSet);
        } catch (AwsError e) {
            cloudFormation.tokens().forget(changeSet.id(), input);
            throw e;
        }
        String onFailure = changeSet.onStackFailure();
        if (onFailure != null && input.text("DisableRollback") != null) {
            throw Refusal.validation(
                    "DisableRollback cannot be specified when OnStackFailure was specified for the change set.");
        }
        DeploymentOptions said = StackOperations.options(input, onFailure);
        if (stack.status() != StackStatus.REVIEW_IN_PROGRESS) {
            try {
                StackOperations.checkUpdatable(stack, said.onFailure().equals("DO_NOTHING"));
            } catch (AwsError e) {
                cloudFormation.tokens().forget(changeSet.id(), input);
                throw e;
            }
        }
        cloudFormation
                .changeSets()
                .execute(
                        changeSet,
                        new DeploymentOptions(
                                said.onFailure(), said.retainExceptOnCreate(), said.token(), changeSet.imports()));
        return xml -> {};
    }

    private static void checkExecutable(ChangeSet changeSet) throws AwsError {
        String refusal = "ChangeSet [" + changeSet.id() + "] cannot be executed in its current ";
        if (!changeSet.status().equals("CREATE_COMPLETE")) {
            throw invalid(refusal + "status of [" + changeSet.status() + "]");
        }
        if (!changeSet.execution().equals("AVAILABLE")) {
            throw invalid(refusal + "execution status of [" + changeSet.execution() + "]");
        }
        if (changeSet.isNested()) {
            throw invalid("ChangeSet [" + changeSet.id() + "] is nested, and executed with its root change set only");
        }
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidChangeSetStatus", message);
    }

    private static Xml.Content delete(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Optional<ChangeSet> found = find(cloudFormation, input);
        if (found.isPresent()) {
            String status = found.get().status();
            boolean comes = status.equals("CREATE_PENDING") || status.equals("CREATE_IN_PROGRESS");
            if (comes && cloudFormation.stacks().speaks(Dialect.CHANGE_SET_BUSY)) {
                throw invalid("ChangeSet [" + found.get().id() + "] cannot be deleted in its current status of ["
                        + status + "]");
            }
            if (found.get().execution().equals("EXECUTE_IN_PROGRESS")) {
                throw invalid("ChangeSet [" + found.get().id()
                        + "] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]");
            }
            cloudFormation.changeSets().delete(found.get());
        }
        return xml -> {};
    }

    private static Xml.Content list(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackName");
        Stack stack = cloudFormation.stacks().find(name).orElseThrow(() -> Refusal.noStack(name));
        Pages<ChangeSet> page = Pages.of(cloudFormation.changeSets().of(stack), input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(
                    xml,
                    "Summaries",
                    page.items(),
                    (one, member) ->
                            new ChangeSetDescriptions(cloudFormation.stacks(), one, false).writeSummary(member));
            xml.text("NextToken", page.next());
        };
    }
}
