package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Something in S3 at an address that is signed here. The SDK's presigners date what they sign by this machine's clock, whatever the
 * SDK has learnt of AWS's, and S3 takes no address that is dated more than some minutes ahead, or that has ended by AWS's clock.
 */
public final class PresignedAddress {

    private static final String DATE = "X-Amz-Date";
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);
    private static final Set<String> OF_SIGNATURE = Set.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            DATE,
            "X-Amz-Expires",
            "X-Amz-Security-Token",
            "X-Amz-Signature",
            "X-Amz-SignedHeaders");

    /** A clock may differ by this much: a third of what S3 bears. */
    private static final Duration TAKEN = Duration.ofMinutes(5);

    private PresignedAddress() {}

    /**
     * The address as it was signed, or signed anew by AWS's time where this machine's clock is far from it.
     *
     * @param presigned by the session's {@linkplain AwsSession#presigner presigner}
     * @param life how long it is good for
     */
    @NonNull
    public static String of(@NonNull AwsSession session, @NonNull PresignedRequest presigned, @NonNull Duration life) {
        return of(session, presigned, session.credentials().resolveCredentials(), life);
    }

    /** The same of what was signed with other credentials than the session's. */
    @NonNull
    public static String of(
            @NonNull AwsSession session,
            @NonNull PresignedRequest presigned,
            @NonNull AwsCredentials by,
            @NonNull Duration life) {
        SdkHttpRequest request = presigned.httpRequest();
        Instant signed = request.firstMatchingRawQueryParameter(DATE)
                .map(date -> FORM.parse(date, Instant::from))
                .orElse(Instant.EPOCH);
        Instant now = session.time().now();
        return Duration.between(signed, now).abs().compareTo(TAKEN) <= 0
                ? presigned.url().toString()
                : sign(request, by, session.region().id(), now, life);
    }

    static String sign(SdkHttpRequest presigned, AwsCredentials by, String region, Instant at, Duration life) {
        SdkHttpRequest.Builder plain = presigned.toBuilder();
        OF_SIGNATURE.forEach(plain::removeQueryParameter);
        return AwsV4HttpSigner.create()
                .sign(it -> it.identity(by)
                        .request(plain.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, life)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request()
                .getUri()
                .toString();
    }
}
