package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Something in S3 at an address that AWS has signed. Whoever knows the address may read it: so it is in nothing that is printed or
 * thrown here.
 */
final class SignedAddress {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Pattern CODE = Pattern.compile("<Code>(\\w{1,60})</Code>");
    private static final int ERROR_BYTES = 4096;

    private SignedAddress() {}

    /**
     * Reads from its beginning. Blocks.
     *
     * @param most bytes that are read; what comes after them is left
     * @throws AwsServiceException if S3 refuses
     * @throws SdkClientException if it does not answer, or the address is none
     */
    static byte[] read(SdkHttpClient http, Scheduler scheduler, @NonNull String address, int most) {
        ExecutableHttpRequest request = http.prepareRequest(
                HttpExecuteRequest.builder().request(request(address)).build());
        // A sender that says a little now and then is never silent for long, and would keep this thread.
        Scheduler.Task alarm = scheduler.schedule(LONGEST, request::abort);
        try {
            HttpExecuteResponse response = request.call();
            int status = response.httpResponse().statusCode();
            boolean good = status == 200;
            byte[] body = new byte[0];
            if (response.responseBody().isPresent()) {
                try (InputStream in = response.responseBody().get()) {
                    body = in.readNBytes(good ? most : ERROR_BYTES);
                    request.abort(); // else what is left of it would be read before the connection is used again
                }
            }
            if (!good) {
                throw refusal(status, body);
            }
            return body;
        } catch (IOException e) {
            IOException nameless = new IOException(e.getClass().getSimpleName());
            throw SdkClientException.create("S3 could not be reached, or did not answer", nameless);
        } finally {
            alarm.cancel();
        }
    }

    private static SdkHttpRequest request(String address) {
        try {
            URI uri = URI.create(address);
            return SdkHttpRequest.builder()
                    .method(SdkHttpMethod.GET)
                    .uri(uri)
                    .putHeader("Host", uri.getRawAuthority())
                    .build();
        } catch (RuntimeException e) { // it would say the address
            throw SdkClientException.create("AWS has given an address that is none");
        }
    }

    private static AwsServiceException refusal(int status, byte[] body) {
        Matcher matcher = CODE.matcher(new String(body, StandardCharsets.UTF_8));
        String code = matcher.find() ? matcher.group(1) : "HTTP " + status;
        return AwsServiceException.builder()
                .statusCode(status)
                .message(code)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage("S3 answered " + code)
                        .build())
                .build();
    }
}
