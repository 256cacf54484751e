package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.List;
import java.util.Set;

/** Checks a request of CreateDeployment and makes of it what DeploymentInfo will say of it for ever. */
final class CreateDeployment {

    private static final Set<String> FILE_EXISTS_BEHAVIORS = Set.of("DISALLOW", "OVERWRITE", "RETAIN");
    /** What comes from the group unless the request says otherwise. */
    private static final List<String> OF_GROUP =
            List.of("deploymentConfigName", "deploymentStyle", "blueGreenDeploymentConfiguration", "loadBalancerInfo");

    private final Group group;
    private final Input input;
    private final Configs configs;
    private final String platform;

    CreateDeployment(Group group, Input input, Configs configs) {
        this.group = group;
        this.input = input;
        this.configs = configs;
        platform = group.application().platform();
    }

    ObjectNode settings() throws AwsError {
        ObjectNode settings = fromGroup(group);
        settings.set("revision", revision().deepCopy());
        description(settings);
        config(settings);
        serverOnly(settings);
        JsonNode rollback = input.get("autoRollbackConfiguration");
        if (rollback != null) {
            GroupSettings.checkAutoRollback(rollback);
            settings.set("autoRollbackConfiguration", rollback.deepCopy());
        }
        JsonNode alarms = input.get("overrideAlarmConfiguration");
        if (alarms != null) {
            GroupSettings.checkAlarms(alarms);
            settings.set("overrideAlarmConfiguration", alarms.deepCopy());
        }
        targetInstances(settings);
        return settings.put("creator", "user");
    }

    /** The settings of a deployment for which nobody has asked for anything. */
    static ObjectNode fromGroup(Group group) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        for (String member : OF_GROUP) {
            if (group.settings().hasNonNull(member)) {
                settings.set(member, group.settings().get(member).deepCopy());
            }
        }
        JsonNode rollback = group.settings().path("autoRollbackConfiguration");
        if (!rollback.isMissingNode()) {
            settings.set("autoRollbackConfiguration", rollback.deepCopy());
        }
        JsonNode previous = group.lastSuccessfulRevision();
        if (previous != null) {
            settings.set("previousRevision", previous.deepCopy());
        }
        settings.put("ignoreApplicationStopFailures", false).put("updateOutdatedInstancesOnly", false);
        settings.put("fileExistsBehavior", "DISALLOW");
        return settings.put("computePlatform", group.application().platform());
    }

    private JsonNode revision() throws AwsError {
        String mode = input.text("deploymentMode", "STANDARD");
        if (mode.equals("RESTART")) {
            if (!platform.equals("Server") || group.blueGreen()) {
                throw Refusal.invalidInput("The deployment mode RESTART is for in-place deployments to instances only");
            }
            if (input.has("revision")) {
                throw Refusal.invalidInput("A deployment with the mode RESTART has no revision");
            }
            JsonNode last = group.lastSuccessfulRevision();
            if (last == null) {
                throw AwsError.badRequest(
                        "RevisionRequiredException",
                        "There is no revision in the deployment group that could be restarted.");
            }
            return last;
        }
        if (!mode.equals("STANDARD")) {
            throw Refusal.invalidInput("Unknown deployment mode: " + mode);
        }
        return RevisionLocation.of(input, platform);
    }

    private void description(ObjectNode settings) throws AwsError {
        if (input.has("deploymentMode")) {
            settings.put("deploymentMode", input.text("deploymentMode"));
        }
        String description = input.text("description");
        if (description != null) {
            checkDescription(description);
            settings.put("description", description);
        }
    }

    static void checkDescription(String description) throws AwsError {
        if (description.length() > 256) {
            throw AwsError.badRequest(
                    "DescriptionTooLongException",
                    "Description is too long. It must be no longer than 256 characters.");
        }
    }

    private void config(ObjectNode settings) throws AwsError {
        if (input.has("deploymentConfigName")) {
            String name = Refusal.configName(input);
            configs.checkUsable(name, platform);
            settings.put("deploymentConfigName", name);
        }
    }

    private void serverOnly(ObjectNode settings) throws AwsError {
        boolean server = platform.equals("Server");
        boolean ignore = input.flag("ignoreApplicationStopFailures", false);
        if (ignore && !server) {
            throw AwsError.badRequest(
                    "InvalidIgnoreApplicationStopFailuresValueException",
                    "The IgnoreApplicationStopFailures value is invalid. For " + platform
                            + " deployments, false is expected.");
        }
        boolean outdatedOnly = input.flag("updateOutdatedInstancesOnly", false);
        if (outdatedOnly && !server) {
            throw AwsError.badRequest(
                    "InvalidUpdateOutdatedInstancesOnlyValueException",
                    "The UpdateOutdatedInstancesOnly value is invalid. For " + platform
                            + " deployments, false is expected.");
        }
        String behavior = input.text("fileExistsBehavior", "DISALLOW");
        if (!FILE_EXISTS_BEHAVIORS.contains(behavior) || !server && input.has("fileExistsBehavior")) {
            throw AwsError.badRequest(
                    "InvalidFileExistsBehaviorException",
                    "An invalid fileExistsBehavior option was specified for " + platform + " deployments: " + behavior);
        }
        settings.put("ignoreApplicationStopFailures", ignore).put("updateOutdatedInstancesOnly", outdatedOnly);
        settings.put("fileExistsBehavior", behavior);
    }

    private void targetInstances(ObjectNode settings) throws AwsError {
        JsonNode instances = input.get("targetInstances");
        if (instances == null) {
            return;
        }
        if (!platform.equals("Server") || !group.blueGreen()) {
            throw AwsError.badRequest(
                    "InvalidTargetInstancesException",
                    "The target instance configuration is invalid: target instances are for blue/green deployments to instances.");
        }
        settings.set("targetInstances", instances.deepCopy());
    }
}
