package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * An AppSpec for Amazon ECS or AWS Lambda
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html">AppSpec
 * 'resources' section</a>). It is read by CodeDeploy itself, whose rules are not published beyond that: only what cannot work
 * is a problem. AWS writes its names in small letters and with capitals, so either is taken.
 */
final class ResourceRules {

    private static final String ECS = "AWS::ECS::Service";
    private static final String LAMBDA = "AWS::Lambda::Function";
    private static final List<String> LAMBDA_HOOKS = List.of("BeforeAllowTraffic", "AfterAllowTraffic");
    private static final List<String> ECS_HOOKS = List.of(
            "BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic");

    private final Findings findings;

    ResourceRules(Findings findings) {
        this.findings = findings;
    }

    void read(Map<?, ?> root) {
        Object resources = Document.anyCase(root, "resources");
        if (resources == null && root.get("os") != null) {
            findings.problem("is for instances, as it has an os; it goes into an archive with what it installs, such as"
                    + " revision: 'workspace'");
            return;
        }
        Object version = Document.anyCase(root, "version");
        if (!AppSpec.isZero(version) && !"0.0".equals(version)) {
            findings.doubt("has version " + version + "; AWS's reference only has version: 0.0");
        }
        if (!(resources instanceof List<?> list) || list.isEmpty()) {
            findings.problem("names no Resources; list what is deployed, as in AWS's AppSpec reference");
            return;
        }
        String type = null;
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> named) || named.size() != 1) {
                findings.problem("has an item in Resources that is not one name with Type and Properties");
                return;
            }
            type = resource(
                    String.valueOf(named.keySet().iterator().next()),
                    named.values().iterator().next());
        }
        if (type != null) {
            hooks(Document.anyCase(root, "hooks"), type.equals(LAMBDA) ? LAMBDA_HOOKS : ECS_HOOKS);
        }
    }

    @CheckForNull
    private String resource(String name, @CheckForNull Object given) {
        Object type = given instanceof Map<?, ?> resource ? Document.anyCase(resource, "type") : null;
        Object properties = given instanceof Map<?, ?> resource ? Document.anyCase(resource, "properties") : null;
        if (!ECS.equals(type) && !LAMBDA.equals(type)) {
            findings.problem("has the type " + type + " for " + name + " in Resources; use " + ECS + " or " + LAMBDA);
            return null;
        }
        if (!(properties instanceof Map<?, ?> map)) {
            findings.problem("has no Properties for " + name + " in Resources");
        } else if (type.equals(LAMBDA)) {
            function(name, map);
        } else {
            service(name, map);
        }
        return type.toString();
    }

    private void function(String name, Map<?, ?> properties) {
        required(name, properties, "Name");
        required(name, properties, "Alias");
        for (String property : List.of("CurrentVersion", "TargetVersion")) {
            Object version = required(name, properties, property);
            if (version != null && !version.toString().matches("[1-9][0-9]*")) {
                findings.problem("has the " + property + " '" + version + "' for " + name
                        + "; it must be the number of a published version");
            }
        }
    }

    private void service(String name, Map<?, ?> properties) {
        Object task = required(name, properties, "TaskDefinition");
        if (task != null && task.toString().matches("<.*>")) {
            findings.problem(
                    "has " + task + " as TaskDefinition, which only CodePipeline fills in; put the ARN of the task"
                            + " definition there");
        } else if (task != null && !task.toString().startsWith("arn:")) {
            findings.doubt("has the TaskDefinition '" + task + "'; AWS's reference wants an ARN");
        }
        if (required(name, properties, "LoadBalancerInfo") instanceof Map<?, ?> balancer) {
            required(name, balancer, "ContainerName");
            Object port = required(name, balancer, "ContainerPort");
            if (port != null && !port.toString().matches("[0-9]{1,5}")) {
                findings.problem("has the ContainerPort '" + port + "' for " + name + "; it must be a number");
            }
        }
        if (Document.anyCase(properties, "NetworkConfiguration") instanceof Map<?, ?> network
                && Document.anyCase(network, "AwsvpcConfiguration") instanceof Map<?, ?> vpc
                && !List.of("Subnets", "SecurityGroups", "AssignPublicIp").stream()
                        .allMatch(it -> Document.anyCase(vpc, it) != null)) {
            findings.doubt("names some of Subnets, SecurityGroups and AssignPublicIp for " + name
                    + "; AWS wants all of them or none");
        }
    }

    @CheckForNull
    private Object required(String name, Map<?, ?> properties, String property) {
        Object value = Document.anyCase(properties, property);
        if (value == null || value.toString().isBlank()) {
            findings.problem("has no " + property + " for " + name + " in Resources");
            return null;
        }
        return value;
    }

    private void hooks(@CheckForNull Object hooks, List<String> known) {
        if (hooks == null) {
            return;
        }
        if (!(hooks instanceof List<?> list)) {
            findings.doubt(
                    "has Hooks that are not a list; AWS's reference has each as an item: - " + known.get(0) + ": …");
            return;
        }
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> hook)) {
                findings.problem("has an item in Hooks that names no lifecycle event");
                continue;
            }
            hook.forEach((event, function) -> {
                if (known.stream().noneMatch(String.valueOf(event)::equalsIgnoreCase)) {
                    findings.doubt("has a hook for " + event
                            + ", which is not a lifecycle event of its kind; known are " + String.join(", ", known));
                }
                if (function == null || function.toString().isBlank()) {
                    findings.problem("names no function for " + event + " in Hooks");
                }
            });
        }
    }
}
