package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;

/** A deployment group and what has been deployed there. */
final class Group {

    private final Application application;
    private final String id;
    private final ObjectNode info = JsonNodeFactory.instance.objectNode();
    private Fleet fleet;
    private Deployment active;
    private Deployment lastAttempted;
    private Deployment lastSuccessful;

    /** @param fleet what it has for a start */
    Group(Application application, String id, String name, Fleet fleet) {
        this.id = id;
        this.fleet = fleet;
        this.application = application;
        info.put("applicationName", application.name());
        info.put("deploymentGroupId", id).put("deploymentGroupName", name);
        info.put("deploymentConfigName", Configs.defaultFor(application.platform()));
        info.putObject("deploymentStyle")
                .put("deploymentType", "IN_PLACE")
                .put("deploymentOption", "WITHOUT_TRAFFIC_CONTROL");
        info.put("outdatedInstancesStrategy", "UPDATE");
        info.put("computePlatform", application.platform());
        info.put("terminationHookEnabled", false);
    }

    Application application() {
        return application;
    }

    String id() {
        return id;
    }

    String name() {
        return info.path("deploymentGroupName").asText();
    }

    void rename(String name) {
        info.put("deploymentGroupName", name);
    }

    /** Its settings, which {@link GroupSettings} changes. */
    ObjectNode settings() {
        return info;
    }

    boolean blueGreen() {
        return info.path("deploymentStyle").path("deploymentType").asText().equals("BLUE_GREEN");
    }

    Fleet fleet() {
        return fleet;
    }

    void fleet(Fleet value) {
        fleet = value;
    }

    /** The deployment that keeps others from beginning, or {@code null}. */
    Deployment active() {
        return active;
    }

    /** Whether a deployment has succeeded here: its revision, or {@code null}. */
    JsonNode lastSuccessfulRevision() {
        return lastSuccessful == null ? null : lastSuccessful.settings().get("revision");
    }

    Deployment lastSuccessful() {
        return lastSuccessful;
    }

    void begun(Deployment deployment) {
        active = deployment;
        lastAttempted = deployment;
        if (deployment.settings().hasNonNull("revision")) {
            info.set("targetRevision", deployment.settings().get("revision").deepCopy());
        }
    }

    void ended(Deployment deployment) {
        active = null;
        if (deployment.status() == DeploymentStatus.SUCCEEDED) {
            lastSuccessful = deployment;
        }
    }

    /** DeploymentGroupInfo. */
    ObjectNode toJson() {
        ObjectNode node = info.deepCopy();
        last(node, "lastSuccessfulDeployment", lastSuccessful);
        last(node, "lastAttemptedDeployment", lastAttempted);
        return node;
    }

    private static void last(ObjectNode node, String member, Deployment deployment) {
        if (deployment == null) {
            return;
        }
        ObjectNode last = node.putObject(member);
        last.put("deploymentId", deployment.id())
                .put("status", deployment.status().text());
        if (deployment.completeTime() != null) {
            last.put("endTime", Timestamps.epochSeconds(deployment.completeTime()));
        }
        last.put("createTime", Timestamps.epochSeconds(deployment.createTime()));
    }
}
