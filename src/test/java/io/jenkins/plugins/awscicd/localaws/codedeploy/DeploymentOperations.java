package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Operations on deployments. */
final class DeploymentOperations {

    private static final int BATCH = 25;

    private DeploymentOperations() {}

    static void addTo(CodeDeployApi api) {
        api.operation("CreateDeployment", DeploymentOperations::create)
                .operation("GetDeployment", DeploymentOperations::get)
                .unseen("GetDeployment", DeploymentOperations::unseen)
                .operation("BatchGetDeployments", (codeDeploy, input) -> batchGet(codeDeploy, input, true))
                .unseen("BatchGetDeployments", (codeDeploy, input) -> batchGet(codeDeploy, input, false))
                .operation("ListDeployments", DeploymentOperations::list)
                .unseen("ListDeployments", (codeDeploy, input) -> Pages.page(input, List.of(), "deployments"))
                .operation("ContinueDeployment", DeploymentOperations::goOn)
                .operation("StopDeployment", DeploymentOperations::stop);
    }

    private static ObjectNode create(CodeDeploy codeDeploy, Input input) throws AwsError {
        Group group = group(codeDeploy, input);
        ObjectNode settings = new CreateDeployment(group, input, codeDeploy.configs()).settings();
        return object().put(
                        "deploymentId", codeDeploy.all().create(group, settings).id());
    }

    private static Group group(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = codeDeploy.applications().get(Refusal.applicationName(input));
        return application.group(Refusal.groupName(input));
    }

    private static ObjectNode get(CodeDeploy codeDeploy, Input input) throws AwsError {
        Deployment deployment =
                codeDeploy.all().life(Refusal.deploymentId(input)).deployment();
        return object().set("deploymentInfo", deployment.toJson());
    }

    /** The answer to whoever asks for a deployment that is not visible yet. */
    static ObjectNode unseen(CodeDeploy codeDeploy, Input input) throws AwsError {
        throw Deployments.doesNotExist(Refusal.deploymentId(input));
    }

    private static ObjectNode batchGet(CodeDeploy codeDeploy, Input input, boolean visible) throws AwsError {
        List<String> ids = input.texts("deploymentIds");
        if (ids.isEmpty()) {
            throw AwsError.badRequest("DeploymentIdRequiredException", "At least one deployment ID must be specified.");
        }
        if (ids.size() > BATCH) {
            throw AwsError.badRequest(
                    "BatchLimitExceededException",
                    "The maximum number of names or IDs allowed for this request (" + BATCH + ") was exceeded.");
        }
        ObjectNode output = object();
        ArrayNode found = output.putArray("deploymentsInfo");
        for (String id : ids) {
            Refusal.deploymentId(id);
            if (visible) {
                // Ids of nothing are left out, without a word.
                codeDeploy.all().find(id).ifPresent(deployment -> found.add(deployment.toJson()));
            }
        }
        return output;
    }

    private static ObjectNode list(CodeDeploy codeDeploy, Input input) throws AwsError {
        boolean grouped = input.has("applicationName") || input.has("deploymentGroupName");
        Group group = grouped ? group(codeDeploy, input) : null;
        List<String> statuses = input.texts("includeOnlyStatuses");
        for (String status : statuses) {
            if (!DeploymentStatus.known(status)) {
                throw AwsError.badRequest(
                        "InvalidDeploymentStatusException", "The specified deployment status doesn't exist: " + status);
            }
        }
        Instant start = instant(input, "start", Instant.MIN);
        Instant end = instant(input, "end", Instant.MAX);
        if (start.isAfter(end)) {
            throw AwsError.badRequest(
                    "InvalidTimeRangeException", "The specified time range was specified in an invalid format.");
        }
        List<String> ids = new ArrayList<>();
        for (Deployment deployment : codeDeploy.all().newestFirst()) {
            if ((group == null || deployment.group() == group)
                    && (statuses.isEmpty()
                            || statuses.contains(deployment.status().text()))
                    && !deployment.createTime().isBefore(start)
                    && !deployment.createTime().isAfter(end)) {
                ids.add(deployment.id());
            }
        }
        return Pages.page(input, ids, "deployments");
    }

    private static Instant instant(Input input, String bound, Instant otherwise) {
        JsonNode value = input.node().path("createTimeRange").path(bound);
        return value.isNumber()
                ? Instant.ofEpochMilli(
                        value.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue())
                : otherwise;
    }

    private static ObjectNode goOn(CodeDeploy codeDeploy, Input input) throws AwsError {
        DeploymentLife life = codeDeploy.all().life(Refusal.deploymentId(input));
        String waitType = input.text("deploymentWaitType", "READY_WAIT");
        if (!waitType.equals("READY_WAIT") && !waitType.equals("TERMINATION_WAIT")) {
            throw AwsError.badRequest("InvalidDeploymentWaitTypeException", "The wait type is invalid: " + waitType);
        }
        life.goOn(waitType);
        return null;
    }

    private static ObjectNode stop(CodeDeploy codeDeploy, Input input) throws AwsError {
        DeploymentLife life = codeDeploy.all().life(Refusal.deploymentId(input));
        life.stop(input.has("autoRollbackEnabled") ? input.flag("autoRollbackEnabled", false) : null);
        return object().put("status", "Pending")
                .put("statusMessage", "No more commands will be scheduled for execution in the deployment instances");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
