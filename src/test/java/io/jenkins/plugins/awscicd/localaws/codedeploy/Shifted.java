package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The function or service to which traffic is shifted, as its deployment's target tells it. */
final class Shifted {

    private final boolean ecs;
    private final JsonNode settings;
    private final ShiftSpec spec;
    private final Set<Dialect> dialects;
    private final Target target;

    /** @param group its settings */
    Shifted(String platform, JsonNode group, ShiftSpec spec, Place place, Set<Dialect> dialects, Instant now) {
        ecs = platform.equals("ECS");
        settings = group;
        this.spec = spec;
        this.dialects = dialects;
        List<String> events = new ArrayList<>(beforeTraffic());
        events.addAll(InstanceEvents.ALLOW_TRAFFIC);
        String cluster = group.at("/ecsServices/0/clusterName").asText("default");
        String service = group.at("/ecsServices/0/serviceName").asText();
        String function =
                spec.properties().get("Name") + ":" + spec.properties().get("Alias");
        target = ecs
                ? new Target(
                        Target.Kind.ECS,
                        cluster + ":" + service,
                        place.arn("ecs", "service/" + cluster + "/" + service),
                        null,
                        events,
                        now)
                : new Target(
                        Target.Kind.LAMBDA, function, place.arn("lambda", "function:" + function), null, events, now);
        describe();
    }

    Target target() {
        return target;
    }

    /** The events before anything is done to the traffic of production. */
    List<String> beforeTraffic() {
        if (!ecs) {
            return List.of();
        }
        List<String> events = new ArrayList<>(List.of("BeforeInstall", "Install", "AfterInstall"));
        if (settings.at("/loadBalancerInfo/targetGroupPairInfoList/0").has("testTrafficRoute")) {
            events.addAll(List.of("AllowTestTraffic", "AfterAllowTestTraffic"));
        }
        return events;
    }

    private void describe() {
        if (ecs) {
            ArrayNode sets = target.details().putArray("taskSetsInfo");
            taskSet(sets, Target.BLUE, 0, "PRIMARY", 100);
            taskSet(sets, Target.GREEN, 1, "ACTIVE", 0);
            return;
        }
        ObjectNode info = target.details().putObject("lambdaFunctionInfo");
        info.put("functionName", spec.properties().get("Name"))
                .put("functionAlias", spec.properties().get("Alias"));
        info.put("currentVersion", spec.properties().get("CurrentVersion"))
                .put("targetVersion", spec.properties().get("TargetVersion"))
                .put("targetVersionWeight", 0.0);
    }

    private void taskSet(ArrayNode sets, String label, int position, String status, double weight) {
        ObjectNode set = sets.addObject();
        // The API itself spells it so.
        set.put("identifer", "ecs-svc/" + String.format("%019d", position + 1));
        set.put("desiredCount", 1).put("pendingCount", 0).put("runningCount", 1);
        set.put("status", status).put("trafficWeight", weight).put("taskSetLabel", label);
        set.putObject("targetGroup")
                .put(
                        "name",
                        settings.at("/loadBalancerInfo/targetGroupPairInfoList/0/targetGroups/" + position + "/name")
                                .asText());
    }

    /** @param percent of the traffic of production that goes to what is new */
    void weight(double percent) {
        if (!ecs) {
            ((ObjectNode) target.details().get("lambdaFunctionInfo"))
                    .put(
                            "targetVersionWeight",
                            dialects.contains(Dialect.LAMBDA_WEIGHT_IN_PERCENT) ? percent : percent / 100);
            return;
        }
        taskSet(0).put("trafficWeight", 100 - percent);
        taskSet(1).put("trafficWeight", percent).put("status", percent == 100 ? "PRIMARY" : "ACTIVE");
        if (percent == 100) {
            taskSet(0).put("status", "ACTIVE");
        }
    }

    /** The task set that was there is ended. */
    void terminateOriginal() {
        if (ecs) {
            taskSet(0).put("status", "DRAINING").put("desiredCount", 0).put("runningCount", 0);
        }
    }

    private ObjectNode taskSet(int position) {
        return (ObjectNode) target.details().get("taskSetsInfo").get(position);
    }
}
