package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;

/** Operations that tell of environments. */
final class EnvironmentDescriptions {

    private EnvironmentDescriptions() {}

    static void addTo(BeanstalkApi api) {
        api.operation("DescribeEnvironments", EnvironmentDescriptions::describe)
                .operation("DescribeEnvironmentResources", EnvironmentDescriptions::resources);
    }

    private static Xml.Content describe(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String application = Refusal.text(input, "ApplicationName", 1, 100);
        String label = Refusal.text(input, "VersionLabel", 1, 100);
        List<String> ids = ApplicationOperations.texts(input, "EnvironmentIds");
        List<String> names = ApplicationOperations.texts(input, "EnvironmentNames");
        boolean deleted = Boolean.parseBoolean(input.text("IncludeDeleted"));
        var back = Times.of(input, "IncludedDeletedBackTo");
        List<Environment> found = beanstalk.environments().all().stream()
                .filter(one -> !beanstalk.hidden())
                .filter(one -> application == null || one.applicationName().equals(application))
                .filter(one -> label == null || one.versionLabel().equals(label))
                .filter(one -> ids.isEmpty() || ids.contains(one.id()))
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .filter(one -> one.status() != EnvironmentStatus.TERMINATED
                        || deleted && (back == null || !one.updated().isBefore(back)))
                .toList();
        Pages<Environment> page = Pages.of(found, input);
        return xml -> {
            Shapes.list(
                    xml,
                    "Environments",
                    page.items(),
                    (one, member) -> one.writeTo(member, one.platform().arn(beanstalk.place())));
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content resources(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        String stack = "awseb-" + environment.id() + "-stack-";
        return xml -> xml.element("EnvironmentResources", resources -> {
            resources.text("EnvironmentName", environment.name());
            named(resources, "AutoScalingGroups", "Name", List.of(stack + "AWSEBAutoScalingGroup"));
            named(
                    resources,
                    "Instances",
                    "Id",
                    environment.allInstances().stream().map(Instance::id).toList());
            named(resources, "LaunchConfigurations", "Name", List.of());
            named(resources, "LaunchTemplates", "Id", List.of());
            named(resources, "LoadBalancers", "Name", List.of(stack + "AWSEBLoadBalancer"));
            named(resources, "Triggers", "Name", List.of());
            named(resources, "Queues", "Name", List.of());
        });
    }

    private static void named(Xml xml, String list, String member, List<String> names)
            throws javax.xml.stream.XMLStreamException {
        Shapes.list(xml, list, names, (name, item) -> item.text(member, name));
    }
}
