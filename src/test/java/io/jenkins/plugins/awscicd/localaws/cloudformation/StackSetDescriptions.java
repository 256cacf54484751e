package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.Instance;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.SetOperation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.StackSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Operations that show stack sets, their instances and what is done to them. */
final class StackSetDescriptions {

    private static final Duration LATE = Duration.ofSeconds(50);

    private StackSetDescriptions() {}

    static void addTo(CloudFormationApi api) {
        api.operation("DescribeStackSet", StackSetDescriptions::describe)
                .operation("ListStackSets", StackSetDescriptions::list)
                .operation("DescribeStackSetOperation", StackSetDescriptions::operation)
                .operation("ListStackSetOperations", StackSetDescriptions::operations)
                .operation("ListStackSetOperationResults", StackSetDescriptions::results)
                .operation("ListStackInstances", StackSetDescriptions::instances)
                .operation("DescribeStackInstance", StackSetDescriptions::instance);
    }

    private static Xml.Content describe(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = described(cloudFormation, input);
        StackSet.Settings settings = set.settings();
        return xml -> xml.element("StackSet", one -> {
            common(set, one);
            one.text("TemplateBody", settings.template().body())
                    .text("StackSetARN", cloudFormation.stacks().place().arn("cloudformation", "stackset/" + set.id()))
                    .text("AdministrationRoleARN", administrationRole(cloudFormation, set))
                    .text(
                            "ExecutionRoleName",
                            ownRoles(cloudFormation, set) ? "stacksets-exec-1a2b3c4d" : settings.executionRole());
            if (settings.autoDeployment() != null) {
                one.element(
                        "AutoDeployment",
                        automatic -> automatic
                                .text("Enabled", settings.autoDeployment().enabled())
                                .text(
                                        "RetainStacksOnAccountRemoval",
                                        settings.autoDeployment().retains()));
            }
            StackXml.texts(one, "OrganizationalUnitIds", set.units());
            StackXml.texts(
                    one,
                    "Regions",
                    set.instances().stream().map(Instance::region).distinct().toList());
            parameters(one, "Parameters", settings.parameters());
            StackXml.texts(one, "Capabilities", settings.capabilities());
            StackXml.list(
                    one,
                    "Tags",
                    settings.tags().entrySet(),
                    (tag, member) -> member.text("Key", tag.getKey()).text("Value", tag.getValue()));
        });
    }

    private static StackSet described(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        List<StackSet> deleted = new ArrayList<>(cloudFormation.stackSets().all());
        deleted.removeIf(set -> !set.deleted()
                || !set.name().equals(input.text("StackSetName"))
                || !set.callAs().equals(input.text("CallAs", "SELF")));
        return cloudFormation.stacks().speaks(Dialect.DELETED_SET_SHOWN)
                        && !deleted.isEmpty()
                        && cloudFormation
                                .stackSets()
                                .find(deleted.get(0).name(), deleted.get(0).callAs())
                                .isEmpty()
                ? deleted.get(0)
                : StackSetOperations.set(cloudFormation, input);
    }

    private static boolean ownRoles(CloudFormation cloudFormation, StackSet set) {
        return set.isServiceManaged() && cloudFormation.stacks().speaks(Dialect.SERVICE_ROLES_SHOWN);
    }

    private static String administrationRole(CloudFormation cloudFormation, StackSet set) {
        return ownRoles(cloudFormation, set)
                ? "arn:aws:iam::" + cloudFormation.stacks().place().account()
                        + ":role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin"
                : set.settings().administrationRole();
    }

    private static void common(StackSet set, Xml xml) throws XMLStreamException {
        xml.text("StackSetName", set.name())
                .text("StackSetId", set.id())
                .text("Description", set.settings().description())
                .text("Status", set.deleted() ? "DELETED" : "ACTIVE")
                .text("PermissionModel", set.settings().permissionModel());
    }

    private static void parameters(Xml xml, String name, List<Parameters.Given> given) throws XMLStreamException {
        StackXml.list(
                xml,
                name,
                given,
                (one, member) -> member.text("ParameterKey", one.key()).text("ParameterValue", one.value()));
    }

    private static <T> Pages<T> page(CloudFormation cloudFormation, List<T> all, QueryInput input) throws AwsError {
        String most = input.text("MaxResults");
        return Pages.of(all, input, most == null ? cloudFormation.pageSize() : Integer.parseInt(most));
    }

    private static Xml.Content list(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String status = input.text("Status");
        List<StackSet> all = new ArrayList<>(cloudFormation.stackSets().all());
        all.removeIf(set -> status != null && set.deleted() != status.equals("DELETED")
                || !set.callAs().equals(input.text("CallAs", "SELF")));
        Pages<StackSet> page = page(cloudFormation, all, input);
        return xml -> {
            StackXml.list(xml, "Summaries", page.items(), StackSetDescriptions::common);
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content operation(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = StackSetOperations.set(cloudFormation, input);
        SetOperation operation = StackSetOperations.operation(set, input);
        return xml -> xml.element("StackSetOperation", one -> {
            one.text("StackSetId", set.id());
            operation(operation, one);
            if (operation.action().equals("DELETE")) {
                one.text("RetainStacks", operation.retains());
            }
        });
    }

    private static void operation(SetOperation operation, Xml xml) throws XMLStreamException {
        xml.text("OperationId", operation.id())
                .text("Action", operation.action())
                .text("Status", operation.status())
                .text("CreationTimestamp", StackXml.time(operation.created()))
                .text("EndTimestamp", StackXml.time(operation.endedAt()))
                .element("StatusDetails", details -> details.text("FailedStackInstancesCount", operation.failed()))
                .element(
                        "OperationPreferences",
                        preferences -> preferences
                                .text(
                                        "FailureToleranceCount",
                                        operation.preferences().tolerated())
                                .text(
                                        "MaxConcurrentCount",
                                        operation.preferences().concurrent()));
    }

    private static Xml.Content operations(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        List<SetOperation> all =
                new ArrayList<>(StackSetOperations.set(cloudFormation, input).operations());
        if (!cloudFormation.stacks().speaks(Dialect.OLDEST_SET_OPERATION_FIRST)) {
            Collections.reverse(all);
        }
        Pages<SetOperation> page = page(cloudFormation, all, input);
        return xml -> {
            StackXml.list(xml, "Summaries", page.items(), StackSetDescriptions::operation);
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content results(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = StackSetOperations.set(cloudFormation, input);
        SetOperation operation = StackSetOperations.operation(set, input);
        Instant then = cloudFormation.stacks().timeline().now().minus(LATE);
        boolean late = cloudFormation.stacks().speaks(Dialect.RESULTS_LATE)
                && (operation.endedAt() == null || operation.endedAt().isAfter(then));
        List<SetOperation.Result> all = new ArrayList<>(late ? List.of() : operation.results());
        List<String> wanted = new ArrayList<>();
        input.items("Filters.member").forEach(filter -> wanted.add(filter.text("Values")));
        all.removeIf(one -> !wanted.isEmpty() && !wanted.contains(one.status()));
        Pages<SetOperation.Result> page = page(cloudFormation, all, input);
        return xml -> {
            StackXml.list(
                    xml,
                    "Summaries",
                    page.items(),
                    (one, member) -> member.text("Account", one.account())
                            .text("Region", one.region())
                            .text("Status", one.status())
                            .text("StatusReason", one.reason()));
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content instances(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = StackSetOperations.set(cloudFormation, input);
        String account = input.text("StackInstanceAccount");
        String region = input.text("StackInstanceRegion");
        List<Instance> all = cloudFormation.stacks().speaks(Dialect.INSTANCES_LATE)
                ? set.instances(cloudFormation.stacks().timeline().now().minus(LATE))
                : set.instances();
        all.removeIf(one -> account != null && !one.account().equals(account)
                || region != null && !one.region().equals(region));
        Pages<Instance> page = page(cloudFormation, all, input);
        return xml -> {
            StackXml.list(xml, "Summaries", page.items(), (one, member) -> instance(cloudFormation, set, one, member));
            xml.text("NextToken", page.next());
        };
    }

    private static void instance(CloudFormation cloudFormation, StackSet set, Instance one, Xml xml)
            throws XMLStreamException {
        xml.text("StackSetId", set.id())
                .text("Region", one.region())
                .text("Account", one.account())
                .text(
                        "OrganizationalUnitId",
                        one.unit() != null && cloudFormation.stacks().speaks(Dialect.UNIT_OF_ACCOUNT_SHOWN)
                                ? cloudFormation.stackSets().unitOf(one.account())
                                : one.unit())
                .text("StackId", one.stackId())
                .text("Status", one.status())
                .text("StatusReason", one.reason())
                .element("StackInstanceStatus", status -> status.text("DetailedStatus", one.detailedStatus()))
                .text("DriftStatus", "NOT_CHECKED")
                .text("LastOperationId", one.lastOperation());
    }

    private static Xml.Content instance(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        StackSet set = StackSetOperations.set(cloudFormation, input);
        String account = input.required("StackInstanceAccount");
        String region = input.required("StackInstanceRegion");
        Instance found = set.instance(account, region)
                .orElseThrow(() -> new AwsError(
                        404,
                        "StackInstanceNotFoundException",
                        "Stack instance for account " + account + " in " + region + " does not exist"));
        return xml -> xml.element("StackInstance", one -> {
            instance(cloudFormation, set, found, one);
            parameters(one, "ParameterOverrides", found.overrides());
        });
    }
}
