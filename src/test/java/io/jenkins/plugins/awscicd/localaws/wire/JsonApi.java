package io.jenkins.plugins.awscicd.localaws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A service that speaks AWS JSON 1.1: the operation in {@code X-Amz-Target}, one JSON object each way (the "AWS JSON 1.1 protocol"
 * of the Smithy specification). Members that the service does not know are ignored, as AWS does.
 */
public final class JsonApi implements Api {

    /** An operation: its request's members in, its response's members out; {@code null} for a response without body. */
    @FunctionalInterface
    public interface Operation {
        ObjectNode carryOut(Input input, Caller caller) throws AwsError, IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Members that say what a request is about, in the order of their weight. */
    private static final List<String> RESOURCES = List.of(
            "projectName",
            "id",
            "ids",
            "name",
            "names",
            "reportArns",
            "applicationName",
            "deploymentGroupName",
            "deploymentId",
            "deploymentIds",
            "logGroupName",
            "logGroupIdentifier",
            "logStreamName",
            "QueueUrl",
            "QueueName");

    private final String name;
    private final String signingName;
    private final String targetPrefix;
    private String contentType = "application/x-amz-json-1.1";
    /** By the code that the query protocol has for an error, the name of its shape; empty if the service never spoke that protocol. */
    private final Map<String, String> queryErrors = new LinkedHashMap<>();

    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Operation> unseen = new LinkedHashMap<>();

    /**
     * @param name in the record of calls
     * @param signingName in IAM actions, such as {@code codebuild}
     * @param targetPrefix in {@code X-Amz-Target}, such as {@code CodeBuild_20161006}
     */
    public JsonApi(String name, String signingName, String targetPrefix) {
        this.name = name;
        this.signingName = signingName;
        this.targetPrefix = targetPrefix;
    }

    /** Has it speak another version of the protocol than 1.1. */
    public JsonApi version(String version) {
        contentType = "application/x-amz-json-" + version;
        return this;
    }

    /** Has errors carry the codes that they had in the query protocol, as of a service that spoke it before. */
    public JsonApi queryErrors(Map<String, String> shapes) {
        queryErrors.putAll(shapes);
        return this;
    }

    /** Adds an operation to the service. */
    public JsonApi operation(String operation, Operation body) {
        operations.put(operation, body);
        return this;
    }

    /** Says how an operation answers while what it asks for is not visible yet, if not by ResourceNotFoundException. */
    public JsonApi unseen(String operation, Operation body) {
        unseen.put(operation, body);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Exchange open(Request request) throws IOException {
        String target = request.header("X-Amz-Target");
        if (target == null || !target.startsWith(targetPrefix + ".")) {
            return null;
        }
        return new JsonExchange(
                target.substring(targetPrefix.length() + 1), request.body().readAllBytes());
    }

    @Override
    public Exchange open(String requestId, DirectCall call) {
        return new JsonExchange(call.operation(), JsonPojos.node(call.input()));
    }

    /** What an operation gives, for somebody in this process. */
    private record Given(ObjectNode output) implements Response.Members {

        @Override
        public void into(SdkPojo builder) {
            if (output != null) {
                JsonPojos.fill(builder, output);
            }
        }

        @Override
        public Response.Members kept() {
            return output == null ? this : new Given(output.deepCopy());
        }
    }

    @Override
    public Response error(AwsError error, Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String query = queryErrors.get(error.code());
        String type = query == null ? error.code() : query;
        body.put("__type", type);
        body.put("message", error.getMessage());
        Response response = Response.error(error, contentType, bytes(body));
        return queryErrors.isEmpty()
                ? response.with("x-amzn-ErrorType", type)
                : response.with("x-amzn-query-error", error.code() + (error.status() < 500 ? ";Sender" : ";Receiver"));
    }

    @Override
    public AwsError fault(CommonFault fault, String operation, Caller caller) {
        return switch (fault) {
            case THROTTLED -> AwsError.badRequest("ThrottlingException", "Rate exceeded");
            case INTERNAL ->
                new AwsError(500, "InternalFailure", "The request processing has failed because of an unknown error.");
            case UNAVAILABLE ->
                new AwsError(
                        503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
            case EXPIRED_TOKEN ->
                AwsError.badRequest("ExpiredTokenException", "The security token included in the request is expired");
            case ACCESS_DENIED ->
                AwsError.badRequest(
                        "AccessDeniedException",
                        "User: " + caller.arn() + " is not authorized to perform: " + signingName + ":" + operation
                                + " because no identity-based policy allows the " + signingName + ":" + operation
                                + " action");
            case CLOCK ->
                AwsError.badRequest(
                        "InvalidSignatureException", "Signature expired: the request's time is too far from AWS's");
            case UNSIGNED -> AwsError.badRequest("MissingAuthenticationTokenException", "Missing Authentication Token");
        };
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class JsonExchange implements Exchange {
        private final String operation;
        /** Null if it came without a network. */
        private final byte[] body;

        private final ObjectNode direct;

        JsonExchange(String operation, byte[] body) {
            this.operation = operation;
            this.body = body;
            this.direct = null;
        }

        JsonExchange(String operation, ObjectNode direct) {
            this.operation = operation;
            this.body = null;
            this.direct = direct;
        }

        @Override
        public String operation() {
            return operation;
        }

        @Override
        public String resource() {
            try {
                return resource(input());
            } catch (AwsError e) {
                return "";
            }
        }

        @Override
        public String question() {
            return body == null ? direct.toString() : new String(body, StandardCharsets.UTF_8);
        }

        private String resource(Input input) {
            List<String> parts = new ArrayList<>();
            for (String member : RESOURCES) {
                JsonNode value = input.node().path(member);
                if (value.isTextual()) {
                    parts.add(value.textValue());
                } else if (value.isArray()) {
                    parts.add(value.size() == 1 ? value.path(0).asText() : value.size() + " " + member);
                }
            }
            return String.join(" ", parts);
        }

        @Override
        public Response carryOut(Caller caller) throws AwsError, IOException {
            Operation known = operations.get(operation);
            if (known == null) {
                throw AwsError.badRequest(
                        "UnknownOperationException", "Local AWS does not offer " + name + "." + operation);
            }
            return answer(known, caller);
        }

        @Override
        public Response notYetVisible(Caller caller) throws AwsError, IOException {
            Operation other = unseen.get(operation);
            if (other == null) {
                throw AwsError.badRequest("ResourceNotFoundException", "The specified resource does not exist.");
            }
            return answer(other, caller);
        }

        private Response answer(Operation carried, Caller caller) throws AwsError, IOException {
            ObjectNode output = carried.carryOut(input(), caller);
            if (body == null) {
                return Response.members(new Given(output));
            }
            return Response.ok(contentType, output == null ? new byte[0] : bytes(output));
        }

        private Input input() throws AwsError {
            if (body == null) {
                return new Input(direct);
            }
            try {
                JsonNode node = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
                if (node instanceof ObjectNode object) {
                    return new Input(object);
                }
            } catch (IOException e) {
                // Said below, in AWS's words.
            }
            throw AwsError.badRequest("SerializationException", "Start of structure or map found where not expected.");
        }
    }
}
