package io.jenkins.plugins.awscicd.engine.access.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
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
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Something in S3 at an address that AWS has signed. Whoever knows the address may read it: so it is in nothing that is printed or
 * thrown here.
 */
public final class SignedAddress {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Pattern CODE = Pattern.compile("<Code>(\\w{1,60})</Code>");
    private static final int ERROR_BYTES = 4096;

    /** A bucket's host, or S3's own, in any region, by IPv6 and FIPS too; what follows is the partition's suffix. */
    private static final Pattern S3_HOST = Pattern.compile(
            "(?:[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\.)?s3(?:-fips)?(?:\\.dualstack)?(?:[.-][a-z]{2,4}(?:-[a-z]{2,9}){1,3}-\\d{1,2})?\\.");

    private SignedAddress() {}

    /**
     * Whether it is an https address on a host of Amazon S3 in the region's partition. See
     * <a href="https://docs.aws.amazon.com/general/latest/gr/s3.html">Amazon S3 endpoints</a>.
     */
    public static boolean isOfS3(@NonNull String address, @NonNull Region region) {
        URI uri = uri(address);
        String host = uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        String suffix = PartitionMetadata.of(region).dnsSuffix();
        return uri != null
                && "https".equalsIgnoreCase(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && uri.getRawUserInfo() == null
                && host.endsWith("." + suffix)
                && S3_HOST.matcher(host.substring(0, host.length() - suffix.length()))
                        .matches();
    }

    /** Whether it is on the endpoint's own host and port. */
    public static boolean isAt(@NonNull String address, @NonNull URI endpoint) {
        URI uri = uri(address);
        return uri != null
                && uri.getRawUserInfo() == null
                && endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
                && endpoint.getHost().equalsIgnoreCase(uri.getHost())
                && endpoint.getPort() == uri.getPort();
    }

    @CheckForNull
    private static URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Reads from its beginning. Blocks.
     *
     * @param most bytes that are read; what comes after them is left
     * @throws AwsServiceException if S3 refuses
     * @throws SdkClientException if it does not answer, or the address is none
     */
    public static byte[] read(SdkHttpClient http, Scheduler scheduler, @NonNull String address, int most) {
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
            throw SdkClientException.create("AWS returned an invalid address");
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
