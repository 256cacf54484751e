package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Artifact;
import io.jenkins.plugins.awscicd.localaws.codepipeline.job.Job;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.LinkedHashMap;
import java.util.Map;

/** Custom action types, and the jobs of their actions. */
final class JobOperations {

    private JobOperations() {}

    static void addTo(CodePipelineApi api) {
        api.operation("CreateCustomActionType", JobOperations::create)
                .operation("DeleteCustomActionType", JobOperations::delete)
                .operation("ListActionTypes", JobOperations::list)
                .operation("PollForJobs", JobOperations::poll)
                .operation("AcknowledgeJob", JobOperations::acknowledge)
                .operation("GetJobDetails", JobOperations::details)
                .operation("PutJobSuccessResult", JobOperations::succeed)
                .operation("PutJobFailureResult", JobOperations::fail);
    }

    private static ObjectNode create(CodePipeline at, Input input, Caller caller) throws AwsError {
        ObjectNode definition = input.node().deepCopy();
        definition.remove("tags");
        at.jobs().types().create(definition);
        return Shapes.object().set("actionType", type(definition));
    }

    private static ObjectNode type(ObjectNode definition) {
        ObjectNode type = Shapes.object();
        type.set("id", id(definition));
        for (String member : new String[] {"settings", "inputArtifactDetails", "outputArtifactDetails"}) {
            if (definition.has(member)) {
                type.set(member, definition.get(member));
            }
        }
        type.set("actionConfigurationProperties", definition.withArray("configurationProperties"));
        return type;
    }

    private static ObjectNode id(JsonNode of) {
        return Shapes.object()
                .put("category", of.path("category").asText())
                .put("owner", "Custom")
                .put("provider", of.path("provider").asText())
                .put("version", of.path("version").asText());
    }

    private static ObjectNode delete(CodePipeline at, Input input, Caller caller) throws AwsError {
        for (String member : new String[] {"category", "provider", "version"}) {
            CodePipelineApi.required(input, member);
        }
        at.jobs().types().delete(input.node());
        return null;
    }

    /** Only custom ones are here. */
    private static ObjectNode list(CodePipeline at, Input input, Caller caller) throws AwsError {
        ObjectNode output = Shapes.object();
        ArrayNode types = output.putArray("actionTypes");
        if (input.text("actionOwnerFilter", "Custom").equals("Custom")) {
            at.jobs().types().list().forEach(one -> types.add(type(one)));
        }
        return output;
    }

    private static ObjectNode poll(CodePipeline at, Input input, Caller caller) throws AwsError {
        JsonNode type = input.node().path("actionTypeId");
        if (!type.path("owner").asText().equals("Custom")) {
            throw Refusal.validation("PollForJobs is for action types of owner Custom alone");
        }
        ObjectNode output = Shapes.object();
        ArrayNode jobs = output.putArray("jobs");
        for (Job job : at.jobs().poll(type, texts(input.node().path("queryParam")), input.integer("maxBatchSize", 1))) {
            ObjectNode shown = shape(at, job);
            shown.put("nonce", job.nonce);
            jobs.add(shown);
        }
        return output;
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.fields()
                .forEachRemaining(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }

    private static ObjectNode shape(CodePipeline at, Job job) {
        ActionRun action = job.action;
        Execution execution = action.execution;
        ObjectNode node = Shapes.object();
        node.put("id", job.id);
        node.put("accountId", at.place().account());
        ObjectNode data = node.putObject("data");
        data.set("actionTypeId", id(action.declaration.path("actionTypeId")));
        ObjectNode configuration = data.putObject("actionConfiguration").putObject("configuration");
        action.configuration.forEach(configuration::put);
        ObjectNode context = data.putObject("pipelineContext")
                .put("pipelineName", execution.pipelineName())
                .put("pipelineArn", at.place().arn("codepipeline", execution.pipelineName()))
                .put("pipelineExecutionId", execution.id);
        context.putObject("stage").put("name", action.stage);
        context.putObject("action").put("name", action.name()).put("actionExecutionId", action.id);
        action.inputs.forEach(one -> artifact(data.withArray("inputArtifacts"), one));
        action.outputs.forEach(one -> artifact(data.withArray("outputArtifacts"), one));
        if (!action.inputs.isEmpty() || !action.outputs.isEmpty()) {
            Sessions.Session session = at.credentials(action);
            data.putObject("artifactCredentials")
                    .put("accessKeyId", session.accessKeyId())
                    .put("secretAccessKey", session.secretAccessKey())
                    .put("sessionToken", session.sessionToken());
        }
        JsonNode key = execution.definition.path("artifactStore").path("encryptionKey");
        if (!key.isMissingNode()) {
            data.set("encryptionKey", key);
        }
        if (job.continuation != null) {
            data.put("continuationToken", job.continuation);
        }
        return node;
    }

    private static void artifact(ArrayNode artifacts, Artifact one) {
        artifacts
                .addObject()
                .put("name", one.name())
                .putObject("location")
                .put("type", "S3")
                .putObject("s3Location")
                .put("bucketName", one.bucket())
                .put("objectKey", one.key());
    }

    private static ObjectNode acknowledge(CodePipeline at, Input input, Caller caller) throws AwsError {
        String id = CodePipelineApi.required(input, "jobId");
        String nonce = CodePipelineApi.required(input, "nonce");
        return Shapes.object().put("status", at.jobs().acknowledge(id, nonce));
    }

    private static ObjectNode details(CodePipeline at, Input input, Caller caller) throws AwsError {
        Job job = at.jobs().get(CodePipelineApi.required(input, "jobId"));
        return Shapes.object().set("jobDetails", shape(at, job));
    }

    private static ObjectNode succeed(CodePipeline at, Input input, Caller caller) throws AwsError {
        String id = CodePipelineApi.required(input, "jobId");
        String continuation = input.text("continuationToken");
        if (continuation != null && (continuation.isEmpty() || continuation.length() > 2048)) {
            throw Refusal.validation("1 validation error detected: Value at 'continuationToken' failed to satisfy"
                    + " constraint: Member must have length between 1 and 2048");
        }
        Map<String, String> variables = texts(input.node().path("outputVariables"));
        if (continuation != null && !variables.isEmpty()) {
            throw Refusal.validation("outputVariables can be included only when there is no continuation token");
        }
        for (String name : variables.keySet()) {
            if (!name.matches("[A-Za-z0-9@\\-_]+")) {
                throw Refusal.validation("1 validation error detected: Value '" + name + "' at 'outputVariables' failed"
                        + " to satisfy constraint: Map keys must satisfy constraint: [A-Za-z0-9@\\-_]+");
            }
        }
        at.jobs().succeed(id, continuation, input.node().path("executionDetails"), variables);
        return null;
    }

    private static ObjectNode fail(CodePipeline at, Input input, Caller caller) throws AwsError {
        String id = CodePipelineApi.required(input, "jobId");
        JsonNode failure = input.node().path("failureDetails");
        String message = failure.path("message").asText();
        if (message.isEmpty()
                || message.length() > 5000
                || failure.path("type").asText().isEmpty()) {
            throw Refusal.validation("1 validation error detected: Value at 'failureDetails.message' failed to satisfy"
                    + " constraint: Member must have length between 1 and 5000");
        }
        at.jobs().fail(id, failure);
        return null;
    }
}
