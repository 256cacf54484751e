package io.jenkins.plugins.awscicd.localaws.direct;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What the SDK throws when AWS refuses: the exception that the service has for the code, or the service's general one. */
final class Refusals {

    /** By service and code. Codes are few. */
    private static final Map<String, Class<?>> TYPES = new ConcurrentHashMap<>();

    private Refusals() {}

    static AwsServiceException exception(DirectClients.Service service, Response answer, String requestId)
            throws ReflectiveOperationException {
        AwsError error = answer.error();
        Class<?> type = TYPES.computeIfAbsent(service.title() + " " + error.code(), of -> type(service, error.code()));
        AwsServiceException.Builder builder =
                (AwsServiceException.Builder) type.getMethod("builder").invoke(null);
        return builder.message(error.getMessage())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(error.code())
                        .errorMessage(error.getMessage())
                        .serviceName(service.title())
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(answer.status())
                                .build())
                        .build())
                .requestId(requestId)
                .statusCode(answer.status())
                .numAttempts(1)
                .build();
    }

    private static Class<?> type(DirectClients.Service service, String code) {
        String model = service.client().getPackageName() + ".model.";
        for (String name : new String[] {code, code + "Exception", service.title() + "Exception"}) {
            try {
                Class<?> type = Class.forName(model + name);
                if (AwsServiceException.class.isAssignableFrom(type)) {
                    return type;
                }
            } catch (ClassNotFoundException e) {
                // no exception of its own has this name
            }
        }
        throw new IllegalStateException(service + " has no exceptions");
    }
}
