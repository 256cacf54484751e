package io.jenkins.plugins.awscicd.localaws.direct;

import io.jenkins.plugins.awscicd.localaws.wire.DirectCall;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Scope;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** What is behind the interface of one of the SDK's clients. */
final class DirectClient implements InvocationHandler {

    private static final String REQUEST_ID = "x-amzn-RequestId";
    /** By the methods of the SDK's interfaces that make a call. */
    private static final Map<Method, Operation> OPERATIONS = new ConcurrentHashMap<>();

    private final DirectClients clients;
    private final DirectClients.Service service;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Consumer<Instant> dated;

    /** @param builder makes the builder of a response */
    private record Operation(String name, Method builder) {

        static Operation of(Method method) {
            String name = method.getName();
            try {
                Method builder = method.getReturnType().getMethod("builder");
                return new Operation(Character.toUpperCase(name.charAt(0)) + name.substring(1), builder);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    DirectClient(
            DirectClients clients,
            DirectClients.Service service,
            Region region,
            AwsCredentialsProvider credentials,
            Consumer<Instant> dated) {
        this.clients = clients;
        this.service = service;
        this.region = region;
        this.credentials = credentials;
        this.dated = dated;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] instanceof SdkRequest request
                && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
            return call(method, request);
        }
        return switch (method.getName()) {
            case "close" -> null;
            case "serviceName" -> service.signing();
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> service.name();
            default -> InvocationHandler.invokeDefault(proxy, method, arguments); // one of those that make requests
        };
    }

    private SdkResponse call(Method method, SdkRequest request) throws ReflectiveOperationException {
        if (request instanceof AwsRequest own
                && own.overrideConfiguration()
                        .filter(it -> !it.plugins().isEmpty())
                        .isPresent()) {
            throw new UnsupportedOperationException(method.getName() + " is changed on its way to a network");
        }
        Operation operation = OPERATIONS.computeIfAbsent(method, Operation::of);
        Scope scope = new Scope(credentials.resolveCredentials().accessKeyId(), region.id(), service.signing());
        Response answer = carryOut(new DirectCall(service.name(), operation.name(), request, scope));
        String requestId = answer.headers().get(REQUEST_ID);
        dated.accept(clients.time().now().truncatedTo(ChronoUnit.SECONDS));
        if (answer.error() != null) {
            throw Refusals.exception(service, answer, requestId);
        }
        AwsResponse.Builder response = (AwsResponse.Builder) operation.builder().invoke(null);
        ((Response.Members) answer.body()).into((SdkPojo) response);
        return response.responseMetadata(DefaultAwsResponseMetadata.create(Map.of("AWS_REQUEST_ID", requestId)))
                .build();
    }

    private Response carryOut(DirectCall call) {
        try {
            return clients.aws().answer(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw SdkClientException.builder()
                    .message("Unable to execute HTTP request: " + e.getMessage())
                    .cause(e)
                    .numAttempts(1)
                    .build();
        }
    }
}
