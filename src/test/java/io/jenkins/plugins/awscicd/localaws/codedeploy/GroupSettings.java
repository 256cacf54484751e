package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.List;
import java.util.Set;

/** Checks and takes over what CreateDeploymentGroup and UpdateDeploymentGroup say of a group. */
final class GroupSettings {

    private static final List<String> TAKEN_OVER = List.of(
            "deploymentConfigName",
            "ec2TagFilters",
            "onPremisesInstanceTagFilters",
            "serviceRoleArn",
            "triggerConfigurations",
            "alarmConfiguration",
            "autoRollbackConfiguration",
            "outdatedInstancesStrategy",
            "deploymentStyle",
            "blueGreenDeploymentConfiguration",
            "loadBalancerInfo",
            "ec2TagSet",
            "ecsServices",
            "onPremisesTagSet",
            "terminationHookEnabled");
    private static final Set<String> ROLLBACK_EVENTS = Set.of(Ending.ON_FAILURE, Ending.ON_ALARM, Ending.ON_REQUEST);

    private final Configs configs;

    GroupSettings(Configs configs) {
        this.configs = configs;
    }

    /** @param info the DeploymentGroupInfo that is changed; unchanged when the request is refused */
    void apply(ObjectNode info, ObjectNode request) throws AwsError {
        ObjectNode changed = info.deepCopy();
        for (String member : TAKEN_OVER) {
            if (request.hasNonNull(member)) {
                changed.set(member, request.get(member).deepCopy());
            }
        }
        if (request.hasNonNull("autoScalingGroups")) {
            ArrayNode groups = changed.putArray("autoScalingGroups");
            request.get("autoScalingGroups")
                    .forEach(name -> groups.addObject()
                            .put("name", name.asText())
                            .put("hook", "CodeDeploy-managed-automatic-launch-deployment-hook-" + name.asText()));
        }
        String platform = info.path("computePlatform").asText();
        configs.checkUsable(changed.path("deploymentConfigName").asText(), platform);
        checkAutoRollback(changed.path("autoRollbackConfiguration"));
        checkAlarms(changed.path("alarmConfiguration"));
        checkStyle(changed, platform);
        info.removeAll();
        info.setAll(changed);
    }

    static void checkAutoRollback(JsonNode configuration) throws AwsError {
        boolean enabled = configuration.path("enabled").asBoolean();
        JsonNode events = configuration.path("events");
        if (enabled && events.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidAutoRollbackConfigException",
                    "The auto-rollback configuration was specified in an invalid format: it is enabled, but an event type was not listed.");
        }
        for (JsonNode event : events) {
            if (!ROLLBACK_EVENTS.contains(event.asText())) {
                throw AwsError.badRequest(
                        "InvalidAutoRollbackConfigException",
                        "The auto-rollback configuration has an invalid event type: " + event.asText());
            }
        }
    }

    static void checkAlarms(JsonNode configuration) throws AwsError {
        JsonNode alarms = configuration.path("alarms");
        if (configuration.path("enabled").asBoolean() && alarms.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidAlarmConfigException",
                    "The format of the alarm configuration is invalid: it is enabled, but no alarms are listed.");
        }
        if (alarms.size() > 10) {
            throw AwsError.badRequest(
                    "AlarmsLimitExceededException",
                    "The maximum number of alarms for a deployment group (10) was exceeded.");
        }
    }

    private static void checkStyle(ObjectNode group, String platform) throws AwsError {
        JsonNode style = group.path("deploymentStyle");
        boolean blueGreen = style.path("deploymentType").asText().equals("BLUE_GREEN");
        boolean traffic = style.path("deploymentOption").asText().equals("WITH_TRAFFIC_CONTROL");
        if (!platform.equals("Server") && !(blueGreen && traffic)) {
            throw AwsError.badRequest(
                    "InvalidDeploymentStyleException",
                    "For " + platform
                            + " deployment groups, deploymentType must be BLUE_GREEN and deploymentOption must be"
                            + " WITH_TRAFFIC_CONTROL");
        }
        if (platform.equals("ECS") && group.path("ecsServices").isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidECSServiceException", "For ECS deployment group, ecsServices must be specified");
        }
        if (!platform.equals("Lambda")
                && traffic
                && group.path("loadBalancerInfo").isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidLoadBalancerInfoException",
                    "Load balancer information must be specified for deployments with traffic control");
        }
        if (platform.equals("Server")
                && blueGreen
                && group.path("blueGreenDeploymentConfiguration").isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidBlueGreenDeploymentConfigurationException",
                    "For Server deployment group, blue/green deployments need a blueGreenDeploymentConfiguration");
        }
    }
}
