package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The deployment configurations of one place, each a DeploymentConfigInfo: AWS's own ones, and those that were created. */
final class Configs {

    static final String ONE_AT_A_TIME = "CodeDeployDefault.OneAtATime";
    static final String HALF_AT_A_TIME = "CodeDeployDefault.HalfAtATime";
    private static final String PREFIX = "CodeDeployDefault.";

    private final Map<String, ObjectNode> byName = new LinkedHashMap<>();

    private final Chance chance;

    Configs(Chance chance) {
        this.chance = chance;
        // AWS tells this one's minimum in terms of its own; the API model has no word for it.
        predefined("OneAtATime", "Server");
        minimum(predefined("HalfAtATime", "Server"), "FLEET_PERCENT", 50);
        minimum(predefined("AllAtOnce", "Server"), "FLEET_PERCENT", 0);
        routing("LambdaAllAtOnce", "Lambda", "AllAtOnce", 0, 0);
        for (int minutes : List.of(5, 10, 15, 30)) {
            routing("LambdaCanary10Percent" + minutes + "Minutes", "Lambda", "TimeBasedCanary", 10, minutes);
        }
        for (int minutes : List.of(1, 2, 3, 10)) {
            String unit = minutes == 1 ? "Minute" : "Minutes";
            routing("LambdaLinear10PercentEvery" + minutes + unit, "Lambda", "TimeBasedLinear", 10, minutes);
        }
        routing("ECSAllAtOnce", "ECS", "AllAtOnce", 0, 0);
        for (int minutes : List.of(5, 15)) {
            routing("ECSCanary10Percent" + minutes + "Minutes", "ECS", "TimeBasedCanary", 10, minutes);
        }
        for (int minutes : List.of(1, 3)) {
            routing("ECSLinear10PercentEvery" + minutes + "Minutes", "ECS", "TimeBasedLinear", 10, minutes);
        }
    }

    private ObjectNode predefined(String shortName, String platform) {
        return add(PREFIX + shortName, platform, Instant.parse("2014-11-12T00:00:00Z"));
    }

    private ObjectNode add(String name, String platform, Instant created) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("deploymentConfigId", chance.uuid());
        config.put("deploymentConfigName", name).put("computePlatform", platform);
        config.put("createTime", Timestamps.epochSeconds(created));
        byName.put(name, config);
        return config;
    }

    private static void minimum(ObjectNode config, String type, int value) {
        config.putObject("minimumHealthyHosts").put("type", type).put("value", value);
    }

    private void routing(String shortName, String platform, String type, int percent, int minutes) {
        ObjectNode routing = predefined(shortName, platform)
                .putObject("trafficRoutingConfig")
                .put("type", type);
        if (type.equals("TimeBasedCanary")) {
            routing.putObject("timeBasedCanary")
                    .put("canaryPercentage", percent)
                    .put("canaryInterval", minutes);
        } else if (type.equals("TimeBasedLinear")) {
            routing.putObject("timeBasedLinear")
                    .put("linearPercentage", percent)
                    .put("linearInterval", minutes);
        }
    }

    /** The configuration for which a group or deployment names none. */
    static String defaultFor(String platform) {
        return switch (platform) {
            case "Lambda" -> PREFIX + "LambdaAllAtOnce";
            case "ECS" -> PREFIX + "ECSAllAtOnce";
            default -> ONE_AT_A_TIME;
        };
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    ObjectNode get(String name) throws AwsError {
        ObjectNode config = byName.get(name);
        if (config == null) {
            throw AwsError.badRequest(
                    "DeploymentConfigDoesNotExistException", "No deployment configuration found for name: " + name);
        }
        return config;
    }

    /** AWS's own cannot be deleted. */
    void delete(String name) throws AwsError {
        if (name.startsWith(PREFIX)) {
            throw AwsError.badRequest(
                    "InvalidOperationException", "Deployment configuration " + name + " cannot be deleted.");
        }
        byName.remove(name);
    }

    /** A configuration that a group or deployment of this platform may use. */
    void checkUsable(String name, String platform) throws AwsError {
        String of = get(name).path("computePlatform").asText();
        if (!of.equals(platform)) {
            throw AwsError.badRequest(
                    "InvalidDeploymentConfigNameException",
                    "The deployment configuration " + name + " is for the compute platform " + of + ", not for "
                            + platform);
        }
    }

    /** @param request of CreateDeploymentConfig */
    ObjectNode create(String name, ObjectNode request, Instant now) throws AwsError {
        if (byName.containsKey(name)) {
            throw AwsError.badRequest(
                    "DeploymentConfigAlreadyExistsException", "Deployment configuration " + name + " already exists");
        }
        if (name.startsWith(PREFIX)) {
            throw AwsError.badRequest(
                    "InvalidDeploymentConfigNameException", "Names beginning with " + PREFIX + " are reserved.");
        }
        String platform = request.path("computePlatform").asText("Server");
        checkMinimum(request.path("minimumHealthyHosts"), platform);
        checkRouting(request.path("trafficRoutingConfig"), platform);
        ObjectNode config = add(name, platform, now);
        for (String member : List.of("minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig")) {
            if (request.hasNonNull(member)) {
                config.set(member, request.get(member).deepCopy());
            }
        }
        return config;
    }

    private static void checkMinimum(JsonNode minimum, String platform) throws AwsError {
        if (!platform.equals("Server")) {
            return;
        }
        String type = minimum.path("type").asText();
        int value = minimum.path("value").asInt(-1);
        boolean percent = type.equals("FLEET_PERCENT");
        if (!percent && !type.equals("HOST_COUNT") || value < 0 || percent && value > 99) {
            throw AwsError.badRequest(
                    "InvalidMinimumHealthyHostValueException",
                    "The minimum healthy instance value was specified in an invalid format.");
        }
    }

    private static void checkRouting(JsonNode routing, String platform) throws AwsError {
        if (!platform.equals("Server") && routing.path("type").asText().isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidTrafficRoutingConfigurationException",
                    "A traffic routing configuration must be specified for the compute platform " + platform);
        }
    }
}
