package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/**
 * What S3 demands of a request signed in its query ("Authenticating requests: using query parameters" in the S3 API reference). The
 * signature itself is not checked.
 */
final class PresignedUrl {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> PARAMETERS = List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Signature");
    /** Whoever signs may be ahead by this much. */
    private static final Duration EARLIEST = Duration.ofMinutes(15);

    private static final Duration LONGEST = Duration.ofDays(7);

    private PresignedUrl() {}

    /** Passes every request that is not signed in its query. */
    static void check(Request request, Instant now) throws AwsError {
        if (request.hasQuery("AWSAccessKeyId")) {
            checkVersion2(request, now);
            return;
        }
        if (!request.hasQuery("X-Amz-Signature") && !request.hasQuery("X-Amz-Credential")) {
            return;
        }
        for (String parameter : PARAMETERS) {
            if (!request.hasQuery(parameter)) {
                throw malformed("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                        + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
            }
        }
        checkExpiry(request, now);
        List<String> signed = List.of(request.query("X-Amz-SignedHeaders").split(";"));
        for (String header : signed) {
            if (request.header(header) == null) {
                throw new AwsError(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. Check your key and signing"
                                + " method. (the signed header " + header + " is missing)");
            }
        }
        for (String name : request.headers().keySet()) {
            String header = name.toLowerCase(Locale.ROOT);
            if (header.startsWith("x-amz-") && !header.equals("x-amz-content-sha256") && !signed.contains(header)) {
                throw new AwsError(
                        403, "AccessDenied", "There were headers present in the request which were not signed");
            }
        }
    }

    private static void checkVersion2(Request request, Instant now) throws AwsError {
        try {
            if (now.isAfter(
                    Instant.ofEpochSecond(Long.parseLong(request.queries().getOrDefault("Expires", ""))))) {
                throw expired();
            }
        } catch (NumberFormatException e) {
            throw new AwsError(403, "AccessDenied", "Invalid date (should be seconds since epoch)");
        }
    }

    private static void checkExpiry(Request request, Instant now) throws AwsError {
        Instant date;
        Duration validity;
        try {
            date = Instant.from(DATE.parse(request.query("X-Amz-Date")));
            validity = Duration.ofSeconds(Long.parseLong(request.query("X-Amz-Expires")));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw malformed(
                    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\" and X-Amz-Expires a number");
        }
        if (validity.isNegative() || validity.compareTo(LONGEST) > 0) {
            throw malformed(
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than"
                            + " 604800 seconds");
        }
        if (now.isAfter(date.plus(validity))) {
            throw expired();
        }
        if (date.isAfter(now.plus(EARLIEST))) {
            throw new AwsError(403, "AccessDenied", "Request is not yet valid");
        }
    }

    private static AwsError expired() {
        return new AwsError(403, "AccessDenied", "Request has expired");
    }

    private static AwsError malformed(String message) {
        return AwsError.badRequest("AuthorizationQueryParametersError", message);
    }
}
