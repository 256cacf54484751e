package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** CodeBuild's batches on the wire (AWS CodeBuild API reference). */
final class BatchApi {

    /** Members of StartBuildBatch that StartBuild has under another name. */
    private static final List<List<String>> RENAMED = List.of(
            List.of("buildTimeoutInMinutesOverride", "timeoutInMinutesOverride"),
            List.of("reportBuildBatchStatusOverride", "reportBuildStatusOverride"));

    private final Function<Place, CodeBuild> places;

    private BatchApi(Function<Place, CodeBuild> places) {
        this.places = places;
    }

    static void addTo(JsonApi codeBuild, Function<Place, CodeBuild> places) {
        BatchApi api = new BatchApi(places);
        codeBuild
                .operation("StartBuildBatch", api::start)
                .operation(
                        "StopBuildBatch",
                        (input, caller) -> batch(api.at(caller).batches().stop(CodeBuildApi.required(input, "id"))))
                .operation("RetryBuildBatch", api::retry)
                .operation("BatchGetBuildBatches", (input, caller) -> api.get(input, caller, true))
                .unseen("BatchGetBuildBatches", (input, caller) -> api.get(input, caller, false))
                .operation("ListBuildBatchesForProject", api::list);
    }

    /** The settings that builds of a batch begin with. */
    static BuildSettings settings(ObjectNode project, ObjectNode request) throws AwsError {
        ObjectNode asBuild = request.deepCopy();
        for (List<String> names : RENAMED) {
            if (asBuild.hasNonNull(names.get(0))) {
                asBuild.set(names.get(1), asBuild.remove(names.get(0)));
            }
        }
        return new StartBuild(project, asBuild).settings();
    }

    /** ProjectBuildBatchConfig, as the project has it and the request overrides it. */
    static ObjectNode config(ObjectNode project, ObjectNode request) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        if (project.path("buildBatchConfig") instanceof ObjectNode own) {
            config.setAll(own.deepCopy());
        }
        if (request.path("buildBatchConfigOverride") instanceof ObjectNode override) {
            config.setAll(override.deepCopy());
        }
        return config;
    }

    private ObjectNode start(Input input, Caller caller) throws AwsError {
        return batch(at(caller).startBatch(input.node(), caller.name()));
    }

    private ObjectNode retry(Input input, Caller caller) throws AwsError {
        String type = input.text("retryType", "RETRY_ALL_BUILDS");
        if (!List.of("RETRY_ALL_BUILDS", "RETRY_FAILED_BUILDS").contains(type)) {
            throw Constraints.invalid("Invalid retry type: " + type);
        }
        return batch(at(caller)
                .retryBatch(CodeBuildApi.required(input, "id"), input.node(), type.equals("RETRY_ALL_BUILDS")));
    }

    private ObjectNode get(Input input, Caller caller, boolean visible) throws AwsError {
        List<String> ids = input.texts("ids");
        if (ids.size() > 100) {
            Constraints.batch("ids", ids);
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode found = output.putArray("buildBatches");
        ArrayNode missing = output.putArray("buildBatchesNotFound");
        for (String id : ids) {
            at(caller)
                    .batches()
                    .find(id)
                    .filter(batch -> visible)
                    .ifPresentOrElse(batch -> found.add(batch.toJson()), () -> missing.add(id));
        }
        return output;
    }

    private ObjectNode list(Input input, Caller caller) throws AwsError {
        ObjectNode project = at(caller).projects().get(CodeBuildApi.required(input, "projectName"));
        List<String> ids =
                new ArrayList<>(at(caller).batches().of(project.path("name").asText()).stream()
                        .map(Batch::id)
                        .toList());
        if (input.text("sortOrder") != null) {
            Collections.sort(ids); // "by identifier", which says nothing of which is newer
        }
        if (!"ASCENDING".equals(input.text("sortOrder"))) {
            Collections.reverse(ids);
        }
        return CodeBuildApi.page(input, ids, "ids");
    }

    private static ObjectNode batch(Batch batch) {
        return JsonNodeFactory.instance.objectNode().set("buildBatch", batch.toJson());
    }

    private CodeBuild at(Caller caller) {
        return places.apply(caller.place());
    }
}
