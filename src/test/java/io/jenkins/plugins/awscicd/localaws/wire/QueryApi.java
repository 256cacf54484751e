package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A service that speaks AWS Query: the operation and its parameters in a form, XML out (the "AWS query protocol" of the Smithy
 * specification). Parameters that the service does not know are ignored, as AWS does.
 */
public final class QueryApi implements Api {

    /** An operation: its request's parameters in, its result out; {@code null} for a response without result. */
    @FunctionalInterface
    public interface Operation {
        Xml.Content carryOut(QueryInput input, Caller caller) throws AwsError, IOException;
    }

    /** An operation that is told the id of its request, by which AWS lets later ones ask what became of it. */
    @FunctionalInterface
    public interface TracedOperation {
        Xml.Content carryOut(QueryInput input, Caller caller, String requestId) throws AwsError, IOException;
    }

    /** The service's own words for a refusal. */
    @FunctionalInterface
    public interface Refusal {
        /** @param resource what the operation is about; empty if that is not known */
        AwsError of(String operation, Caller caller, String resource);
    }

    private final String name;
    private final String signingName;
    private final String version;
    private final String namespace;
    private final Map<String, TracedOperation> operations = new LinkedHashMap<>();
    private List<String> resources = List.of();
    private Set<String> anonymous = Set.of();
    private Refusal denied = this::denied;
    private Refusal unseen = this::denied;

    /**
     * @param name in the record of calls
     * @param signingName in signatures, such as {@code sts}
     * @param version of the API, such as {@code 2011-06-15}
     * @param namespace of the responses
     */
    public QueryApi(String name, String signingName, String version, String namespace) {
        this.name = name;
        this.signingName = signingName;
        this.version = version;
        this.namespace = namespace;
    }

    /** Adds an operation to the service. */
    public QueryApi operation(String operation, Operation body) {
        return traced(operation, (input, caller, requestId) -> body.carryOut(input, caller));
    }

    /** Adds an operation to the service that makes use of its request's id. */
    public QueryApi traced(String operation, TracedOperation body) {
        operations.put(operation, body);
        return this;
    }

    /** Names the parameters, plain or lists, that say what a request is about: the first that is there counts. */
    public QueryApi resources(String... parameters) {
        resources = List.of(parameters);
        return this;
    }

    /** Names the operations that need no signature. */
    public QueryApi anonymous(String... names) {
        anonymous = Set.of(names);
        return this;
    }

    /** Says how a caller is refused who may not do something, if not by AccessDenied. */
    public QueryApi denied(Refusal words) {
        denied = words;
        return this;
    }

    /** Says how an operation answers while what it asks for is not visible yet, if not as to a caller who may not see it. */
    public QueryApi unseen(Refusal words) {
        unseen = words;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Exchange open(Request request) {
        Map<String, String> parameters = request.method().equals("GET") ? request.queries() : request.form();
        String action = parameters.get("Action");
        return action != null && isFor(request, action, parameters.get("Version"))
                ? new Query(request.id(), action, new QueryInput(parameters), false)
                : null;
    }

    @Override
    public Exchange open(String requestId, DirectCall call) {
        return new Query(requestId, call.operation(), new QueryInput(QueryPojos.parameters(call.input())), true);
    }

    /** What an operation gives, for somebody in this process. */
    private record Given(XmlTree result) implements Response.Members {

        @Override
        public void into(SdkPojo builder) {
            QueryPojos.fill(builder, result);
        }

        @Override
        public Response.Members kept() {
            return this;
        }
    }

    /** The signature says which service is meant. What is not signed names the version, or is a link in a message. */
    private boolean isFor(Request request, String action, String asked) {
        Optional<Scope> scope = Scope.of(request);
        if (scope.isPresent()) {
            return scope.get().service().equals(signingName);
        }
        return asked == null ? anonymous.contains(action) : asked.equals(version);
    }

    @Override
    public Response error(AwsError error, Request request) {
        String document = Xml.document(
                "ErrorResponse",
                namespace,
                xml -> xml.element(
                                "Error",
                                inner -> inner.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                        .text("Code", error.code())
                                        .text("Message", error.getMessage()))
                        .text("RequestId", request.id()));
        return Response.error(error, "text/xml", document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public AwsError fault(CommonFault fault, String operation, Caller caller) {
        return switch (fault) {
            case THROTTLED -> AwsError.badRequest("Throttling", "Rate exceeded");
            case INTERNAL ->
                new AwsError(500, "InternalFailure", "The request processing has failed because of an unknown error.");
            case UNAVAILABLE ->
                new AwsError(
                        503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
            case EXPIRED_TOKEN ->
                new AwsError(403, "ExpiredToken", "The security token included in the request is expired");
            case ACCESS_DENIED -> denied.of(operation, caller, "");
            case CLOCK ->
                new AwsError(
                        403, "SignatureDoesNotMatch", "Signature expired: the request's time is too far from AWS's");
            case UNSIGNED -> new AwsError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        };
    }

    private AwsError denied(String operation, Caller caller, String resource) {
        return new AwsError(
                403,
                "AccessDenied",
                "User: " + caller.arn() + " is not authorized to perform: " + signingName + ":" + operation
                        + (resource.isEmpty() ? "" : " on resource: " + resource));
    }

    private final class Query implements Exchange {
        private final String requestId;
        private final String operation;
        private final QueryInput input;
        private final boolean direct;

        Query(String requestId, String operation, QueryInput input, boolean direct) {
            this.requestId = requestId;
            this.operation = operation;
            this.input = input;
            this.direct = direct;
        }

        @Override
        public String operation() {
            return operation;
        }

        @Override
        public String resource() {
            return resources.stream()
                    .map(name -> input.text(name) == null ? String.join(",", input.texts(name)) : input.text(name))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String question() {
            return input.parameters().toString();
        }

        @Override
        public boolean anonymous() {
            return anonymous.contains(operation);
        }

        @Override
        public Response carryOut(Caller caller) throws AwsError, IOException {
            TracedOperation known = operations.get(operation);
            if (known == null) {
                throw AwsError.badRequest(
                        "InvalidAction", "Could not find operation " + operation + " for version " + version);
            }
            Xml.Content result = known.carryOut(input, caller, requestId);
            if (direct) {
                return Response.members(new Given(result == null ? new XmlTree("") : Xml.tree(result)));
            }
            String document = Xml.document(operation + "Response", namespace, xml -> {
                if (result != null) {
                    xml.element(operation + "Result", result);
                }
                xml.element("ResponseMetadata", metadata -> metadata.text("RequestId", requestId));
            });
            return Response.ok("text/xml", document.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Response notYetVisible(Caller caller) throws AwsError {
            throw unseen.of(operation, caller, resource());
        }
    }
}
