package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.SetOperation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.StackSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.Targets;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Capabilities;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations that change stack sets. */
final class StackSetOperations {

    private StackSetOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("CreateStackSet", StackSetOperations::create)
                .operation("UpdateStackSet", StackSetOperations::update)
                .operation("DeleteStackSet", StackSetOperations::delete)
                .operation(
                        "CreateStackInstances", (cloudFormation, input) -> instances(cloudFormation, input, "CREATE"))
                .operation(
                        "UpdateStackInstances", (cloudFormation, input) -> instances(cloudFormation, input, "UPDATE"))
                .operation(
                        "DeleteStackInstances", (cloudFormation, input) -> instances(cloudFormation, input, "DELETE"))
                .operation("StopStackSetOperation", StackSetOperations::stop);
    }

    static StackSet set(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackSetName");
        return cloudFormation
                .stackSets()
                .find(name, callAs(input))
                .orElseThrow(() -> new AwsError(404, "StackSetNotFoundException", "StackSet " + name + " not found"));
    }

    private static String callAs(QueryInput input) {
        return input.text("CallAs", "SELF");
    }

    static SetOperation operation(StackSet set, QueryInput input) throws AwsError {
        String id = input.required("OperationId");
        return set.operation(id)
                .orElseThrow(() -> new AwsError(
                        404,
                        "OperationNotFoundException",
                        "Operation " + id + " not found for StackSet " + set.name()));
    }

    private static StackSet.Settings settings(CloudFormation cloudFormation, StackSet.Settings before, QueryInput input)
            throws AwsError {
        try {
            Template template = Refusal.flag(input, "UsePreviousTemplate") && before != null
                    ? before.template()
                    : Requests.template(cloudFormation.stacks(), null, input);
            List<String> capabilities = input.texts("Capabilities");
            List<String> missing = new Capabilities(template).missing(capabilities);
            if (!missing.isEmpty()) {
                throw AwsError.badRequest("InsufficientCapabilitiesException", "Requires capabilities : " + missing);
            }
            List<Parameters.Given> given = new ArrayList<>(Requests.parameters(input, "Parameters"));
            given.replaceAll(one -> one.usePrevious() && before != null
                    ? before.parameters().stream()
                            .filter(old -> old.key().equals(one.key()))
                            .findFirst()
                            .orElse(one)
                    : one);
            Map<String, String> tags = Requests.tags(null, input, false);
            return new StackSet.Settings(
                    template,
                    input.text("Description", before == null ? null : before.description()),
                    given,
                    before != null && tags.isEmpty() ? before.tags() : tags,
                    capabilities,
                    input.text("AdministrationRoleARN"),
                    input.text("ExecutionRoleName", before == null ? null : before.executionRole()),
                    input.text("PermissionModel", before == null ? "SELF_MANAGED" : before.permissionModel()),
                    autoDeployment(before, input));
        } catch (TemplateError e) {
            throw Refusal.validation(e.getMessage());
        }
    }

    private static StackSet.AutoDeployment autoDeployment(StackSet.Settings before, QueryInput input) {
        String enabled = input.text("AutoDeployment.Enabled");
        return enabled != null
                ? new StackSet.AutoDeployment(enabled, input.text("AutoDeployment.RetainStacksOnAccountRemoval"))
                : before == null ? null : before.autoDeployment();
    }

    /** What its permission model does not go with. */
    private static void check(StackSet.Settings settings, StackSet.Settings before, QueryInput input) throws AwsError {
        boolean named = input.text("AdministrationRoleARN") != null || input.text("ExecutionRoleName") != null;
        if (settings.permissionModel().equals("SERVICE_MANAGED")) {
            if (named) {
                throw Refusal.validation(
                        "Roles can not be specified for StackSets with SERVICE_MANAGED permission model");
            }
            if (settings.autoDeployment() == null) {
                throw Refusal.validation(
                        "AutoDeployment is required for StackSets with SERVICE_MANAGED permission model");
            }
        } else if (settings.autoDeployment() != null || callAs(input).equals("DELEGATED_ADMIN")) {
            throw Refusal.validation(
                    "AutoDeployment and CallAs are only valid for StackSets with SERVICE_MANAGED permission model");
        } else if (before != null && before.administrationRole() != null && settings.administrationRole() == null) {
            throw Refusal.validation("A customized administrator role has to be specified again");
        }
    }

    private static Xml.Content create(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = Refusal.matching(input, "StackSetName", StackOperations.NAME, 128);
        Optional<StackSet> existing = cloudFormation.stackSets().find(name, callAs(input));
        if (existing.isPresent()) {
            boolean known = cloudFormation.tokens().known("CreateStackSet", name, input);
            Optional<String> before = cloudFormation.tokens().made(name, input);
            boolean isAnswered = before.isPresent()
                    && (before.get().equals(existing.get().id())
                            || cloudFormation.stacks().speaks(Dialect.TOKEN_OUTLIVES_SET));
            if (known && isAnswered) {
                return xml -> xml.text("StackSetId", before.get());
            }
            throw new AwsError(409, "NameAlreadyExistsException", "StackSet " + name + " already exists");
        }
        StackSet.Settings settings = settings(cloudFormation, null, input);
        check(settings, null, input);
        cloudFormation.tokens().known("CreateStackSet", name, input);
        StackSet made = cloudFormation.stackSets().create(name, callAs(input), settings);
        cloudFormation.tokens().made(name, input, made.id());
        return xml -> xml.text("StackSetId", made.id());
    }

    private static Xml.Content update(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = set(cloudFormation, input);
        Optional<SetOperation> known = begun(cloudFormation, set, "UPDATE", input);
        if (known.isPresent()) {
            return xml -> xml.text("OperationId", known.get().id());
        }
        StackSet.Settings settings = settings(cloudFormation, set.settings(), input);
        check(settings, set.settings(), input);
        List<Place> targets = new ArrayList<>();
        List<String> accounts =
                Targets.of(cloudFormation.stackSets(), set, "UPDATE", input).accounts();
        List<String> regions = input.texts("Regions");
        set.instances().stream()
                .filter(one -> !one.status().equals("INOPERABLE"))
                .forEach(one -> targets.add(new Place(one.account(), one.region())));
        targets.removeIf(one -> !accounts.isEmpty() && !accounts.contains(one.account())
                || !regions.isEmpty() && !regions.contains(one.region()));
        checkOrder(cloudFormation, targets, input);
        cloudFormation.stackSets().update(set, settings);
        return begin(cloudFormation, set, "UPDATE", targets, List.of(), input);
    }

    /** The operation that has this id already, which is its token; empty if it is to begin. */
    private static Optional<SetOperation> begun(
            CloudFormation cloudFormation, StackSet set, String action, QueryInput input) throws AwsError {
        String id = input.text("OperationId");
        Optional<SetOperation> known = id == null ? Optional.empty() : set.operation(id);
        if (known.isPresent()) {
            boolean same = known.get().action().equals(action) && cloudFormation.repeated(id, input);
            if (!same) {
                throw new AwsError(
                        409, "OperationIdAlreadyExistsException", "The specified operation ID already exists: " + id);
            }
            return known;
        }
        if (cloudFormation.stackSets().busy(set)) {
            throw new AwsError(
                    409,
                    "OperationInProgressException",
                    "Another Operation on StackSet " + set.id() + " is in progress");
        }
        return Optional.empty();
    }

    private static void checkOrder(CloudFormation cloudFormation, List<Place> targets, QueryInput input)
            throws AwsError {
        List<String> unknown = new ArrayList<>(input.texts("OperationPreferences.RegionOrder"));
        unknown.removeIf(region -> targets.stream().anyMatch(one -> one.region().equals(region)));
        if (!unknown.isEmpty() && cloudFormation.stacks().speaks(Dialect.REGION_ORDER_CHECKED)) {
            throw Refusal.validation("Region order has regions that are not among the regions: " + unknown);
        }
    }

    private static Xml.Content instances(CloudFormation cloudFormation, QueryInput input, String action)
            throws AwsError {
        StackSet set = set(cloudFormation, input);
        Optional<SetOperation> known = begun(cloudFormation, set, action, input);
        if (known.isPresent()) {
            return xml -> xml.text("OperationId", known.get().id());
        }
        Targets named = Targets.of(cloudFormation.stackSets(), set, action, input);
        List<Place> targets = new ArrayList<>();
        for (String region : input.texts("Regions")) {
            for (String account : named.accounts()) {
                boolean there = set.instance(account, region).isPresent();
                if (action.equals("CREATE")
                        && there
                        && cloudFormation.stacks().speaks(Dialect.EXISTING_INSTANCES_SKIPPED)) {
                    continue;
                }
                if (action.equals("CREATE")
                        && there
                        && named.units().isEmpty()
                        && cloudFormation.stacks().speaks(Dialect.EXISTING_INSTANCES_REFUSED)) {
                    throw Refusal.validation(
                            "Stack instance for account " + account + " in " + region + " exists already");
                }
                if (action.equals("CREATE") || set.instance(account, region).isPresent()) {
                    targets.add(new Place(account, region));
                } else if (action.equals("UPDATE")
                        && !cloudFormation.stacks().speaks(Dialect.MISSING_INSTANCES_SKIPPED)) {
                    throw new AwsError(
                            404,
                            "StackInstanceNotFoundException",
                            "Stack instance for account " + account + " in " + region + " does not exist");
                }
            }
        }
        checkOrder(cloudFormation, targets, input);
        return begin(cloudFormation, set, action, targets, Requests.parameters(input, "ParameterOverrides"), input);
    }

    private static Xml.Content begin(
            CloudFormation cloudFormation,
            StackSet set,
            String action,
            List<Place> targets,
            List<Parameters.Given> overrides,
            QueryInput input) {
        String id = input.text("OperationId", cloudFormation.stacks().chance().uuid());
        cloudFormation.repeated(id, input);
        int all = Math.max(1, targets.size());
        SetOperation.Preferences preferences = new SetOperation.Preferences(
                number(input, "FailureTolerance", all, 0), Math.max(1, number(input, "MaxConcurrent", all, 1)));
        boolean retains = Refusal.flag(input, "RetainStacks");
        cloudFormation
                .stackSets()
                .begin(
                        set,
                        id,
                        action,
                        targets,
                        input.texts("DeploymentTargets.OrganizationalUnitIds"),
                        overrides,
                        preferences,
                        retains);
        return xml -> xml.text("OperationId", id);
    }

    private static int number(QueryInput input, String name, int all, int otherwise) {
        String count = input.text("OperationPreferences." + name + "Count");
        String percentage = input.text("OperationPreferences." + name + "Percentage");
        if (count != null) {
            return Integer.parseInt(count);
        }
        return percentage == null ? otherwise : Integer.parseInt(percentage) * all / 100;
    }

    private static Xml.Content delete(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Optional<StackSet> set = cloudFormation.stackSets().find(input.required("StackSetName"), callAs(input));
        if (set.isPresent()) {
            if (cloudFormation.stackSets().busy(set.get())) {
                throw new AwsError(409, "OperationInProgressException", "Another Operation on StackSet is in progress");
            }
            if (!set.get().instances().isEmpty()) {
                throw new AwsError(409, "StackSetNotEmptyException", "StackSet is not empty");
            }
            cloudFormation.stackSets().delete(set.get());
        }
        return xml -> {};
    }

    private static Xml.Content stop(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        SetOperation operation = operation(set(cloudFormation, input), input);
        if (operation.ended()) {
            throw AwsError.badRequest("InvalidOperationException", "Operation " + operation.id() + " has ended");
        }
        cloudFormation.stackSets().stop(operation);
        return xml -> {};
    }
}
