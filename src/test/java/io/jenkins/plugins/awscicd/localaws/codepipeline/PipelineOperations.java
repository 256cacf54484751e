package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.util.List;

/** Pipelines are created, changed, shown and listed. */
final class PipelineOperations {

    private PipelineOperations() {}

    static void addTo(CodePipelineApi api) {
        api.operation("CreatePipeline", PipelineOperations::create)
                .operation("UpdatePipeline", PipelineOperations::update)
                .operation("GetPipeline", PipelineOperations::get)
                .operation("DeletePipeline", PipelineOperations::delete)
                .operation("ListPipelines", PipelineOperations::list);
    }

    private static ObjectNode declared(Input input) throws AwsError {
        if (!(input.get("pipeline") instanceof ObjectNode pipeline)) {
            throw Refusal.validation("1 validation error detected: Value null at 'pipeline' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        String name = pipeline.path("name").asText();
        if (!name.matches("[A-Za-z0-9.@\\-_]{1,100}")) {
            throw Refusal.validation("1 validation error detected: Value '" + name + "' at 'pipeline.name' failed to"
                    + " satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+");
        }
        if (pipeline.path("stages").size() < 2) {
            throw Refusal.of(
                    "InvalidStructureException",
                    "Pipeline has " + pipeline.path("stages").size()
                            + " stage(s). There should be a minimum of 2 stages in a pipeline");
        }
        for (JsonNode stage : pipeline.path("stages")) {
            if (stage.path("actions").isEmpty()) {
                throw Refusal.of(
                        "InvalidStageDeclarationException",
                        "Stage '" + stage.path("name").asText() + "' has no actions");
            }
        }
        return pipeline;
    }

    private static ObjectNode create(CodePipeline at, Input input, Caller caller) throws AwsError {
        ObjectNode declared = declared(input);
        String name = declared.path("name").asText();
        if (at.pipelines().containsKey(name)) {
            throw Refusal.of(
                    "PipelineNameInUseException",
                    "A pipeline with the name '" + name + "' already exists in" + " account '"
                            + at.place().account() + "'");
        }
        Pipeline pipeline = new Pipeline(declared, at.timeline().now());
        at.pipelines().put(name, pipeline);
        Execution first = at.create(pipeline, "CreatePipeline", caller.arn(), null);
        at.course().begin(first, first.stageNames().get(0));
        return Shapes.object().set("pipeline", pipeline.definition());
    }

    private static ObjectNode update(CodePipeline at, Input input, Caller caller) throws AwsError {
        ObjectNode declared = declared(input);
        Pipeline pipeline = at.get(declared.path("name").asText());
        pipeline.define(declared, at.timeline().now());
        return Shapes.object().set("pipeline", pipeline.definition());
    }

    private static ObjectNode get(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "name"));
        ObjectNode output = Shapes.object();
        output.set("pipeline", pipeline.definition());
        output.putObject("metadata")
                .put("pipelineArn", at.place().arn("codepipeline", pipeline.name()))
                .put("created", Timestamps.epochSeconds(pipeline.created()))
                .put("updated", Timestamps.epochSeconds(pipeline.updated()));
        return output;
    }

    private static ObjectNode delete(CodePipeline at, Input input, Caller caller) throws AwsError {
        at.pipelines().remove(CodePipelineApi.required(input, "name"));
        return null;
    }

    private static ObjectNode list(CodePipeline at, Input input, Caller caller) throws AwsError {
        return CodePipelineApi.page(
                input,
                List.copyOf(at.pipelines().values()),
                "pipelines",
                pipeline -> Shapes.object()
                        .put("name", pipeline.name())
                        .put("version", pipeline.version())
                        .put(
                                "pipelineType",
                                pipeline.definition().path("pipelineType").asText())
                        .put(
                                "executionMode",
                                pipeline.definition().path("executionMode").asText())
                        .put("created", Timestamps.epochSeconds(pipeline.created()))
                        .put("updated", Timestamps.epochSeconds(pipeline.updated())));
    }
}
