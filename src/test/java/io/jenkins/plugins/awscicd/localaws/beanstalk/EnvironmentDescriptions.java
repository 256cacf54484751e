package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Operations that tell of environments. */
final class EnvironmentDescriptions {

    /** For how long a terminated environment can be seen, unless more is asked for. */
    private static final Duration SHOWN = Duration.ofHours(1);

    private EnvironmentDescriptions() {}

    static void addTo(BeanstalkApi api) {
        api.operation("DescribeEnvironments", EnvironmentDescriptions::describe)
                .operation("DescribeEnvironmentResources", EnvironmentDescriptions::resources);
    }

    private static Xml.Content describe(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String application = Refusal.text(input, "ApplicationName", 1, 100);
        String label = Refusal.text(input, "VersionLabel", 1, 100);
        List<String> ids = input.texts("EnvironmentIds");
        List<String> names = input.texts("EnvironmentNames");
        boolean deleted = !"false".equals(input.text("IncludeDeleted")); // without a word AWS shows them
        Instant back = Times.of(input, "IncludedDeletedBackTo");
        Instant now = beanstalk.timeline().now();
        List<Environment> found = beanstalk.environments().all().stream()
                .filter(one -> !beanstalk.hidden())
                .filter(one -> application == null || one.applicationName().equals(application))
                .filter(one -> label == null || one.versionLabel().equals(label))
                .filter(one -> ids.isEmpty() || ids.contains(one.id()))
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .filter(one -> one.status() != EnvironmentStatus.TERMINATED
                        || deleted && !one.updated().isBefore(back == null ? now.minus(SHOWN) : back))
                .toList();
        Pages<Environment> page = Pages.of(found, input);
        return xml -> {
            Shapes.list(xml, "Environments", page.items(), (one, member) -> write(member, one, beanstalk.place()));
            xml.text("NextToken", page.next());
        };
    }

    /** EnvironmentDescription, as DescribeEnvironments has it. */
    static void write(Xml xml, Environment environment, Place place) throws XMLStreamException {
        write(xml, environment, environment.shownStatus(), place);
    }

    /** @param shown the status to tell: UpdateEnvironment itself is not as late as DescribeEnvironments */
    static void write(Xml xml, Environment environment, EnvironmentStatus shown, Place place)
            throws XMLStreamException {
        Health health = new EnvironmentHealth(environment).health(shown);
        boolean there = shown != EnvironmentStatus.TERMINATED;
        boolean launched = there && shown != EnvironmentStatus.LAUNCHING;
        boolean abortable = environment.course() != null && shown == EnvironmentStatus.UPDATING;
        String tier = environment.tier();
        xml.text("EnvironmentName", environment.name())
                .text("EnvironmentId", environment.id())
                .text("ApplicationName", environment.applicationName())
                .text("VersionLabel", environment.shownVersionLabel())
                .text("SolutionStackName", environment.platform().stack())
                .text("PlatformArn", environment.platform().arn(place))
                .text("TemplateName", environment.templateName())
                .text("Description", environment.description())
                .text("EndpointURL", launched ? environment.endpoint() : null)
                .text("CNAME", there ? environment.cname() : null)
                .text("DateCreated", Shapes.time(environment.created()))
                .text("DateUpdated", Shapes.time(environment.updated()))
                .text("Status", shown.text())
                .text("AbortableOperationInProgress", abortable)
                .text("Health", health.color())
                .text("HealthStatus", environment.enhanced() ? health.status().text() : null)
                .element(
                        "Tier",
                        element -> element.text("Name", tier)
                                .text("Type", tier.equals("Worker") ? "SQS/HTTP" : "Standard")
                                .text("Version", environment.has(Dialect.BLANK_TIER_VERSION) ? " " : "1.0"))
                .element("EnvironmentLinks", links -> {})
                .text("EnvironmentArn", environment.arn())
                .text("OperationsRole", environment.operationsRole());
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

    private static void named(Xml xml, String list, String member, List<String> names) throws XMLStreamException {
        Shapes.list(xml, list, names, (name, item) -> item.text(member, name));
    }
}
