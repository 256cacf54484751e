package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.DeploymentOptions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations that make, update and delete stacks. */
final class StackOperations {

    static final String NAME = "[a-zA-Z][-a-zA-Z0-9]*";

    private StackOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("CreateStack", StackOperations::create)
                .operation("UpdateStack", StackOperations::update)
                .operation("DeleteStack", StackOperations::delete)
                .operation("UpdateTerminationProtection", StackOperations::protect)
                .operation("SetStackPolicy", StackOperations::setPolicy)
                .operation("GetStackPolicy", (cloudFormation, input) -> {
                    String policy = cloudFormation.stack(input).policy();
                    return xml -> xml.text("StackPolicyBody", policy);
                })
                .operation("SignalResource", StackOperations::signal);
    }

    private static Xml.Content create(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stacks stacks = cloudFormation.stacks();
        String name = Refusal.matching(input, "StackName", NAME, 128);
        Optional<Stack> existing = stacks.find(name);
        if (existing.isPresent()) {
            if (cloudFormation.tokens().known("CreateStack", name, input)) {
                return begun(existing.get());
            }
            throw AwsError.badRequest("AlreadyExistsException", "Stack [" + name + "] already exists");
        }
        StackSettings settings = Requests.settings(stacks, null, input);
        cloudFormation.tokens().known("CreateStack", name, input);
        String onFailure = input.text("OnFailure");
        if (onFailure != null && input.text("DisableRollback") != null) {
            throw Refusal.validation("You can specify either DisableRollback or OnFailure, but not both.");
        }
        Stack stack = stacks.create(name);
        stack.policy(input.text("StackPolicyBody"));
        stack.terminationProtected(Refusal.flag(input, "EnableTerminationProtection"));
        String minutes = input.text("TimeoutInMinutes");
        stack.timeoutInMinutes(minutes == null ? null : Integer.valueOf(minutes));
        stacks.deploy(stack, settings, options(input, onFailure));
        return begun(stack);
    }

    static DeploymentOptions options(QueryInput input, String onFailure) {
        String mode =
                onFailure != null ? onFailure : Refusal.flag(input, "DisableRollback") ? "DO_NOTHING" : "ROLLBACK";
        return new DeploymentOptions(
                mode, Refusal.flag(input, "RetainExceptOnCreate"), input.text("ClientRequestToken"), Map.of());
    }

    static Xml.Content begun(Stack stack) {
        List<Operation> operations = stack.operations();
        String operation = operations.get(operations.size() - 1).id();
        return xml -> xml.text("StackId", stack.id()).text("OperationId", operation);
    }

    private static Xml.Content update(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stacks stacks = cloudFormation.stacks();
        String name = input.required("StackName");
        Stack stack = stacks.find(name).orElseThrow(() -> Refusal.noStack(name));
        if (cloudFormation.tokens().known("UpdateStack", stack.id(), input)) {
            return begun(stack);
        }
        checkUpdatable(stack, Refusal.flag(input, "DisableRollback"));
        StackSettings settings = Requests.settings(stacks, stack, input);
        try {
            if (cloudFormation.changeSets().empty(stack, settings)) {
                throw Refusal.validation("No updates are to be performed.");
            }
        } catch (TemplateError e) {
            throw Refusal.validation(e.getMessage());
        }
        if (input.text("StackPolicyBody") != null) {
            stack.policy(input.text("StackPolicyBody"));
        }
        cloudFormation.changeSets().obsolete(stack);
        stacks.deploy(stack, settings, options(input, null));
        return begun(stack);
    }

    /** @param keeps whether what is there is kept when the update fails */
    static void checkUpdatable(Stack stack, boolean keeps) throws AwsError {
        StackStatus status = stack.status();
        boolean failed = status == StackStatus.CREATE_FAILED || status == StackStatus.UPDATE_FAILED;
        if (failed && !keeps) {
            throw Refusal.validation("This stack is currently in a non-terminal [" + status
                    + "] state. To update the stack from this state, please use the disable-rollback parameter with"
                    + " update-stack API. To rollback to the last known good state, use the rollback-stack API");
        }
        if (!status.updatable()) {
            throw Refusal.notUpdatable(stack);
        }
    }

    private static Xml.Content delete(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = cloudFormation.stacks().find(input.required("StackName")).orElse(null);
        if (stack == null
                || stack.status() == StackStatus.DELETE_COMPLETE
                || stack.status() == StackStatus.DELETE_IN_PROGRESS
                || cloudFormation.tokens().known("DeleteStack", stack.id(), input)) {
            return null;
        }
        if (stack.terminationProtected()) {
            throw Refusal.validation(
                    "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
        }
        List<String> retained = input.texts("RetainResources");
        boolean force = "FORCE_DELETE_STACK".equals(input.text("DeletionMode"));
        if ((force || !retained.isEmpty()) && stack.status() != StackStatus.DELETE_FAILED) {
            throw Refusal.validation("Invalid operation on stack [" + stack.id() + "]. "
                    + (force ? "DeletionMode FORCE_DELETE_STACK" : "RetainResources")
                    + " can only be specified if the stack is in DELETE_FAILED state.");
        }
        Optional<String> inUse = cloudFormation.stacks().exports().inUse(stack);
        cloudFormation.changeSets().of(stack).forEach(cloudFormation.changeSets()::delete);
        if (inUse.isPresent()) {
            cloudFormation.stacks().refuseDeletion(stack, inUse.get(), input.text("ClientRequestToken"));
            return null;
        }
        if (force) {
            retained = new ArrayList<>(stack.resources().keySet());
            retained.removeIf(
                    logicalId -> !stack.resources().get(logicalId).status().equals("DELETE_FAILED"));
        }
        cloudFormation.stacks().delete(stack, retained, input.text("ClientRequestToken"));
        return null;
    }

    private static Xml.Content protect(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackName");
        Stack stack = cloudFormation.stacks().find(name).orElseThrow(() -> Refusal.noStack(name));
        stack.terminationProtected(Refusal.flag(input, "EnableTerminationProtection"));
        return xml -> xml.text("StackId", stack.id());
    }

    private static Xml.Content setPolicy(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        cloudFormation.stack(input).policy(input.text("StackPolicyBody"));
        return null;
    }

    private static Xml.Content signal(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = cloudFormation.stack(input);
        boolean success = input.required("Status").equals("SUCCESS");
        String resource = input.required("LogicalResourceId");
        if (!cloudFormation.stacks().signal(stack, resource, input.required("UniqueId"), success)) {
            throw Refusal.validation(
                    "Stack " + stack.id() + " is in " + stack.status() + " state and can not be signaled");
        }
        return null;
    }
}
