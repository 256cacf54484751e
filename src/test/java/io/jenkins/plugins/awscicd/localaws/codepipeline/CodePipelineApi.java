package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.List;
import java.util.function.Function;

/** CodePipeline on the wire (AWS CodePipeline API reference). */
public final class CodePipelineApi {

    /** An operation on the CodePipeline of the caller's place, whose timeline it holds. */
    @FunctionalInterface
    interface Operation {
        ObjectNode carryOut(CodePipeline codePipeline, Input input, Caller caller) throws AwsError;
    }

    private final Function<Place, CodePipeline> places;
    private final JsonApi api = new JsonApi("CodePipeline", "codepipeline", "CodePipeline_20150709");

    private CodePipelineApi(Function<Place, CodePipeline> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, CodePipeline> places) {
        CodePipelineApi api = new CodePipelineApi(places);
        PipelineOperations.addTo(api);
        ExecutionOperations.addTo(api);
        StageOperations.addTo(api);
        JobOperations.addTo(api);
        return api.api;
    }

    CodePipelineApi operation(String name, Operation body) {
        api.operation(name, (input, caller) -> {
            CodePipeline codePipeline = places.apply(caller.place());
            synchronized (codePipeline.timeline()) {
                return body.carryOut(codePipeline, input, caller);
            }
        });
        return this;
    }

    static String required(Input input, String member) throws AwsError {
        String value = input.text(member);
        if (value == null || value.isEmpty()) {
            throw Refusal.validation("1 validation error detected: Value null at '" + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    /** A page of what is listed. */
    static <T> ObjectNode page(Input input, List<T> all, String member, Function<T, ObjectNode> shape) throws AwsError {
        int size = Math.max(1, Math.min(100, input.integer("maxResults", 100)));
        int from;
        try {
            from = Integer.parseUnsignedInt(input.text("nextToken", "0"));
        } catch (NumberFormatException e) {
            throw Refusal.of("InvalidNextTokenException", "The next token is invalid");
        }
        int to = Math.min(all.size(), from + size);
        ObjectNode output = Shapes.object();
        ArrayNode page = output.putArray(member);
        all.subList(Math.min(from, to), to).forEach(one -> page.add(shape.apply(one)));
        if (to < all.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return output;
    }
}
