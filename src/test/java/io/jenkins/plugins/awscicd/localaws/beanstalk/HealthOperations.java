package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/** Enhanced health of environments and their instances. */
final class HealthOperations {

    private static final int PAGE = 50;

    private HealthOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("DescribeEnvironmentHealth", HealthOperations::environment)
                .operation("DescribeInstancesHealth", HealthOperations::instances);
    }

    private static Environment of(Beanstalk beanstalk, QueryInput input, String operation) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        if (!environment.enhanced()) {
            throw AwsError.badRequest("InvalidRequestException", operation + " is not supported.");
        }
        return environment;
    }

    /** The attributes that are asked for. */
    private record Asked(List<String> names) {
        boolean has(String name) {
            return names.contains(name) || names.contains("All");
        }
    }

    private static Xml.Content environment(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Environment environment = of(beanstalk, input, "DescribeEnvironmentHealth");
        Asked asked = new Asked(input.texts("AttributeNames"));
        Instant now = beanstalk.timeline().now();
        return xml -> {
            Health health = new EnvironmentHealth(environment).health();
            xml.text("EnvironmentName", environment.name());
            if (asked.has("HealthStatus")) {
                xml.text("HealthStatus", health.status().text());
            }
            if (asked.has("Status")) {
                xml.text("Status", environment.status().text());
            }
            if (asked.has("Color")) {
                xml.text("Color", health.color());
            }
            if (asked.has("Causes")) {
                Shapes.texts(xml, "Causes", health.causes());
            }
            if (asked.has("ApplicationMetrics")) {
                xml.element("ApplicationMetrics", metrics -> metrics.text("RequestCount", 0));
            }
            if (asked.has("InstancesHealth")) {
                summary(xml, environment);
            }
            if (asked.has("RefreshedAt")) {
                xml.text("RefreshedAt", Shapes.time(now));
            }
        };
    }

    private static void summary(Xml xml, Environment environment) throws XMLStreamException {
        Map<HealthStatus, Long> counts = environment.allInstances().stream()
                .collect(Collectors.groupingBy(
                        one -> new EnvironmentHealth(environment).healthOf(one).status(), Collectors.counting()));
        xml.element("InstancesHealth", all -> {
            for (HealthStatus status : HealthStatus.values()) {
                if (status != HealthStatus.SUSPENDED) {
                    all.text(status.text(), counts.getOrDefault(status, 0L));
                }
            }
        });
    }

    private static Xml.Content instances(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Environment environment = of(beanstalk, input, "DescribeInstancesHealth");
        Asked asked = new Asked(input.texts("AttributeNames"));
        Instant now = beanstalk.timeline().now();
        List<Instance> all = environment.allInstances();
        int from = Math.min(Math.max(0, Pages.position(input.text("NextToken"))), all.size());
        int to = Math.min(all.size(), from + PAGE);
        List<Instance> page = all.subList(from, to);
        return xml -> {
            Shapes.list(xml, "InstanceHealthList", page, (one, member) -> write(member, environment, one, asked));
            if (asked.has("RefreshedAt")) {
                xml.text("RefreshedAt", Shapes.time(now));
            }
            xml.text("NextToken", to < all.size() ? Pages.token(to) : null);
        };
    }

    /** SingleInstanceHealth. */
    private static void write(Xml xml, Environment environment, Instance instance, Asked asked)
            throws XMLStreamException {
        Health health = new EnvironmentHealth(environment).healthOf(instance);
        xml.text("InstanceId", instance.id());
        if (asked.has("HealthStatus")) {
            xml.text("HealthStatus", health.status().text());
        }
        if (asked.has("Color")) {
            xml.text("Color", health.color());
        }
        if (asked.has("Causes")) {
            Shapes.texts(xml, "Causes", health.causes());
        }
        if (asked.has("LaunchedAt")) {
            xml.text("LaunchedAt", Shapes.time(instance.launched()));
        }
        if (asked.has("ApplicationMetrics")) {
            xml.element("ApplicationMetrics", metrics -> metrics.text("RequestCount", 0));
        }
        if (asked.has("System")) {
            xml.element("System", system -> Shapes.texts(system, "LoadAverage", List.of("0.0", "0.0")));
        }
        if (asked.has("Deployment") && instance.versionLabel() != null) {
            xml.element(
                    "Deployment",
                    deployment -> deployment
                            .text("VersionLabel", instance.versionLabel())
                            .text("DeploymentId", instance.deploymentId())
                            .text("Status", instance.deploymentStatus())
                            .text("DeploymentTime", Shapes.time(instance.deploymentTime())));
        }
        if (asked.has("AvailabilityZone")) {
            xml.text("AvailabilityZone", "local-1a");
        }
        if (asked.has("InstanceType")) {
            xml.text("InstanceType", "t3.micro");
        }
    }
}
