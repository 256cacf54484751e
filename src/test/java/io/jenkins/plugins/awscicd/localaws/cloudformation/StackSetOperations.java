package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.SetOperation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.StackSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Capabilities;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
                .find(name)
                .orElseThrow(() -> new AwsError(404, "StackSetNotFoundException", "StackSet " + name + " not found"));
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
                    input.text("Description"),
                    given,
                    before != null && tags.isEmpty() ? before.tags() : tags,
                    capabilities,
                    input.text("AdministrationRoleARN"),
                    input.text("ExecutionRoleName"),
                    input.text("PermissionModel", "SELF_MANAGED"));
        } catch (TemplateError e) {
            throw Refusal.validation(e.getMessage());
        }
    }

    private static Xml.Content create(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = Refusal.matching(input, "StackSetName", StackOperations.NAME, 128);
        Optional<StackSet> existing = cloudFormation.stackSets().find(name);
        if (existing.isPresent()) {
            if (cloudFormation.tokens().known("CreateStackSet", name, input)) {
                return xml -> xml.text("StackSetId", existing.get().id());
            }
            throw new AwsError(409, "NameAlreadyExistsException", "StackSet " + name + " already exists");
        }
        StackSet.Settings settings = settings(cloudFormation, null, input);
        cloudFormation.tokens().known("CreateStackSet", name, input);
        StackSet made = cloudFormation.stackSets().create(name, settings);
        return xml -> xml.text("StackSetId", made.id());
    }

    private static Xml.Content update(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = set(cloudFormation, input);
        Optional<SetOperation> known = begun(cloudFormation, set, "UPDATE", input);
        if (known.isPresent()) {
            return xml -> xml.text("OperationId", known.get().id());
        }
        cloudFormation.stackSets().update(set, settings(cloudFormation, set.settings(), input));
        List<Place> targets = new ArrayList<>();
        List<String> accounts = accounts(cloudFormation, input);
        List<String> regions = input.texts("Regions");
        set.instances().forEach(one -> targets.add(new Place(one.account(), one.region())));
        targets.removeIf(one -> !accounts.isEmpty() && !accounts.contains(one.account())
                || !regions.isEmpty() && !regions.contains(one.region()));
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

    private static List<String> units(QueryInput input) {
        return input.texts("DeploymentTargets.OrganizationalUnitIds");
    }

    private static List<String> accounts(CloudFormation cloudFormation, QueryInput input) {
        List<String> named = input.texts("DeploymentTargets.Accounts");
        Set<String> accounts = new LinkedHashSet<>(input.texts("Accounts"));
        units(input).forEach(unit -> accounts.addAll(cloudFormation.stackSets().accounts(unit)));
        switch (input.text("DeploymentTargets.AccountFilterType", "NONE")) {
            case "INTERSECTION" -> accounts.retainAll(named);
            case "DIFFERENCE" -> named.forEach(accounts::remove);
            case "UNION" -> accounts.addAll(named);
            default -> {
                if (units(input).isEmpty()) {
                    accounts.addAll(named);
                }
            }
        }
        return new ArrayList<>(accounts);
    }

    private static Xml.Content instances(CloudFormation cloudFormation, QueryInput input, String action)
            throws AwsError {
        StackSet set = set(cloudFormation, input);
        Optional<SetOperation> known = begun(cloudFormation, set, action, input);
        if (known.isPresent()) {
            return xml -> xml.text("OperationId", known.get().id());
        }
        List<Place> targets = new ArrayList<>();
        for (String region : input.texts("Regions")) {
            for (String account : accounts(cloudFormation, input)) {
                boolean there = set.instance(account, region).isPresent();
                if (action.equals("CREATE")
                        && there
                        && cloudFormation.stacks().speaks(Dialect.EXISTING_INSTANCES_SKIPPED)) {
                    continue;
                }
                if (action.equals("CREATE")
                        && there
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
        cloudFormation.stackSets().begin(set, id, action, targets, units(input), overrides, preferences, retains);
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
        Optional<StackSet> set = cloudFormation.stackSets().find(input.required("StackSetName"));
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
