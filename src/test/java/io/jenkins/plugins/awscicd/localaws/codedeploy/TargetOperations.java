package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations on the targets of deployments. */
final class TargetOperations {

    private static final int BATCH = 25;

    private TargetOperations() {}

    static void addTo(CodeDeployApi api) {
        api.operation("ListDeploymentTargets", TargetOperations::list)
                .unseen("ListDeploymentTargets", DeploymentOperations::unseen)
                .operation("GetDeploymentTarget", TargetOperations::get)
                .unseen("GetDeploymentTarget", DeploymentOperations::unseen)
                .operation("BatchGetDeploymentTargets", TargetOperations::batchGet)
                .unseen("BatchGetDeploymentTargets", DeploymentOperations::unseen);
    }

    private static Deployment deployment(CodeDeploy codeDeploy, Input input) throws AwsError {
        return codeDeploy.all().life(Refusal.deploymentId(input)).deployment();
    }

    private static ObjectNode list(CodeDeploy codeDeploy, Input input) throws AwsError {
        Set<String> statuses = new HashSet<>();
        Set<String> labels = new HashSet<>();
        JsonNode filters = input.node().path("targetFilters");
        for (Map.Entry<String, JsonNode> filter : filters.properties()) {
            Set<String> values =
                    switch (filter.getKey()) {
                        case "TargetStatus" -> statuses;
                        case "ServerInstanceLabel" -> labels;
                        default ->
                            throw AwsError.badRequest(
                                    "InvalidTargetFilterNameException",
                                    "The target filter name is invalid: " + filter.getKey());
                    };
            filter.getValue().forEach(value -> values.add(value.asText()));
        }
        for (String status : statuses) {
            if (!TargetStatus.known(status)) {
                throw AwsError.badRequest(
                        "InvalidInstanceStatusException", "The specified instance status does not exist: " + status);
            }
        }
        List<String> ids = new ArrayList<>();
        for (Target target : deployment(codeDeploy, input).targets()) {
            if ((statuses.isEmpty() || statuses.contains(target.status().text()))
                    && (labels.isEmpty() || labels.contains(target.label()))) {
                ids.add(target.id());
            }
        }
        return Pages.page(input, ids, "targetIds");
    }

    private static ObjectNode get(CodeDeploy codeDeploy, Input input) throws AwsError {
        Deployment deployment = deployment(codeDeploy, input);
        String id = input.text("targetId");
        if (id == null || id.isEmpty()) {
            throw idRequired();
        }
        return object().set("deploymentTarget", deployment.target(id).toJson(deployment.id()));
    }

    private static ObjectNode batchGet(CodeDeploy codeDeploy, Input input) throws AwsError {
        Deployment deployment = deployment(codeDeploy, input);
        List<String> ids = input.texts("targetIds");
        if (ids.isEmpty()) {
            throw idRequired();
        }
        if (ids.size() > BATCH) {
            throw AwsError.badRequest(
                    "DeploymentTargetListSizeExceededException",
                    "The maximum number of targets that can be associated with a request (" + BATCH
                            + ") was exceeded.");
        }
        ObjectNode output = object();
        ArrayNode targets = output.putArray("deploymentTargets");
        for (String id : ids) {
            targets.add(deployment.target(id).toJson(deployment.id()));
        }
        return output;
    }

    private static AwsError idRequired() {
        return AwsError.badRequest("DeploymentTargetIdRequiredException", "A deployment target ID was not provided.");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
