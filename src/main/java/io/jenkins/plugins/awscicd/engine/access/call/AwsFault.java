package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a failed AWS call means for whoever made it. The error codes are those of the services' Common errors
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/CommonErrors.html">CodeBuild's</a>), of
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error responses</a>, and of the retry tables of
 * AWS's SDKs ({@code AwsErrorCode} in that for Java, {@code _retry.json} in botocore).
 */
public enum AwsFault {
    /** AWS asks for fewer calls, or has no room at the moment: the same call will pass later. */
    BUSY,
    /** No answer, or a 5xx: the same call may pass later, and may have been carried out already. */
    TRANSIENT,
    /** The session's temporary credentials have ended, and the call was not carried out: it will pass with new ones. */
    EXPIRED,
    /** No credentials could be loaded, and the call was not made: it will pass when there are some. */
    NO_CREDENTIALS,
    /**
     * This machine's clock is not AWS's, and the call was not carried out: the SDK has learnt the difference from the answer, and
     * the next call is signed with AWS's time.
     */
    CLOCK,
    /** Not allowed, or not known to AWS: trying again changes nothing. */
    DENIED,
    /** The resource does not exist, or not yet. */
    NOT_FOUND,
    /** AWS or the SDK refuses what was asked: trying again changes nothing. */
    REJECTED;

    private static final String NO_ROOM = "AccountLimitExceeded";

    /** S3's words, under the code AccessDenied, for an address whose time is over. */
    private static final String ENDED_ADDRESS = "Request has expired";

    /** STS's words, under the code that a wrong token has too, when it could not ask who vouches for a web identity. */
    private static final String NO_KEY = "retrieve verification key";

    /** Before the codes of AWS KMS, where another service passes on what KMS has told it. */
    private static final String OF_KMS = "KMS.";

    /** By code, without the "Exception" that the JSON services put at its end. */
    private static final Map<String, AwsFault> BY_CODE = table();

    private static Map<String, AwsFault> table() {
        Map<AwsFault, List<String>> codes = new EnumMap<>(AwsFault.class);
        codes.put(
                BUSY,
                List.of(
                        "Throttling",
                        "Throttled",
                        "RequestThrottled",
                        "EC2Throttled",
                        "TooManyRequests",
                        "RequestLimitExceeded",
                        "BandwidthLimitExceeded",
                        "ProvisionedThroughputExceeded",
                        "TransactionInProgress",
                        "PriorRequestNotComplete",
                        "SlowDown",
                        "KMSThrottling",
                        NO_ROOM));
        codes.put(
                TRANSIENT,
                List.of(
                        "InternalError",
                        "InternalFailure",
                        "ServiceUnavailable",
                        "RequestTimeout", // with HTTP 400: S3's word for a sender that was too slow
                        "RequestAborted",
                        "OperationAborted", // another change of the same thing is under way
                        "BadDigest", // changed on its way
                        "IDPCommunicationError")); // STS could not reach who vouches for a web identity
        codes.put(EXPIRED, List.of("ExpiredToken", "TokenRefreshRequired"));
        codes.put(CLOCK, List.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"));
        codes.put(
                DENIED,
                List.of(
                        "AccessDenied",
                        "AllAccessDisabled",
                        "AuthFailure",
                        "AuthorizationError",
                        "IncompleteSignature",
                        "InvalidAccessKeyId",
                        "InvalidClientTokenId",
                        "InvalidSignature",
                        "InvalidToken",
                        "KMSAccessDenied",
                        "MissingAuthenticationToken",
                        "NotAuthorized",
                        "OptInRequired",
                        "RegionDisabled",
                        "SignatureDoesNotMatch",
                        "UnauthorizedAccess",
                        "UnauthorizedOperation",
                        "UnrecognizedClient"));
        codes.put(NOT_FOUND, List.of("AWS.SimpleQueueService.NonExistentQueue"));
        // Some services say so with HTTP 404, and yet nothing is missing.
        codes.put(
                REJECTED,
                List.of("UnknownOperation", "InvalidAction", "InvalidQueryParameter", "MalformedQueryString"));
        Map<String, AwsFault> table = new HashMap<>();
        codes.forEach((fault, names) -> names.forEach(name -> table.put(name, fault)));
        return Map.copyOf(table);
    }

    /** Sorts a failure of an SDK call. */
    @NonNull
    public static AwsFault of(@NonNull Throwable failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(answer);
        }
        if (failure instanceof NoCredentialsException) {
            return NO_CREDENTIALS;
        }
        boolean silence = failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof AbortedException
                || failure instanceof RetryableException
                || failure instanceof Crc32MismatchException
                || failure instanceof SdkClientException && causedByIo(failure)
                || failure instanceof UncheckedIOException cut && !(cut.getCause() instanceof ZipException);
        return silence ? TRANSIENT : REJECTED;
    }

    /**
     * Sorts an answer that refuses, got without the SDK.
     *
     * @param code as in the answer; empty if there is none
     * @param message as in the answer
     */
    @NonNull
    public static AwsFault ofAnswer(int status, @NonNull String code, @NonNull String message) {
        if (message.equals(ENDED_ADDRESS)) {
            return EXPIRED;
        }
        AwsFault known = BY_CODE.get(shortCode(code));
        return known == null ? byStatus(status, code) : known;
    }

    private static AwsFault ofAnswer(AwsServiceException answer) {
        AwsFault known = BY_CODE.get(shortCode(code(answer)));
        if (known == DENIED && ofTheClock(answer)) {
            return CLOCK;
        }
        if (known == null && answer.isThrottlingException()) {
            return BUSY;
        }
        if (known == null && (isOfProxy(answer) || AwsCallException.said(answer).contains(NO_KEY))) {
            return TRANSIENT;
        }
        return known == null ? byStatus(answer.statusCode(), code(answer)) : known;
    }

    /**
     * A proxy, or whatever else is between us and AWS, refuses as well: that says nothing of what AWS has done, or would. Without its own
     * credentials it lets nothing pass.
     */
    private static boolean isOfProxy(AwsServiceException answer) {
        return code(answer).isEmpty()
                && answer.requestId() == null
                && answer.statusCode() != 407
                && byStatus(answer.statusCode(), "") != BUSY;
    }

    /** What is signed with another time than AWS's is refused like what is signed with a wrong key, but for the words. */
    private static boolean ofTheClock(AwsServiceException answer) {
        String said = AwsCallException.said(answer);
        return answer.isClockSkewException()
                || said.startsWith("Signature expired")
                || said.startsWith("Signature not yet current");
    }

    private static AwsFault byStatus(int status, String code) {
        if (status == 429 || status == 509) {
            return BUSY;
        }
        if (status >= 500 || status == 408) {
            return TRANSIENT;
        }
        if (status == 404 || code.contains("NotFound") || code.contains("DoesNotExist") || code.startsWith("NoSuch")) {
            return NOT_FOUND;
        }
        return status == 401 || status == 403 ? DENIED : REJECTED;
    }

    /** Whether the same call may pass later without anybody doing anything about it. */
    public boolean passes() {
        return switch (this) {
            case BUSY, TRANSIENT, EXPIRED, NO_CREDENTIALS, CLOCK -> true;
            case DENIED, NOT_FOUND, REJECTED -> false;
        };
    }

    /** Whether AWS is busy with things it was asked to do, rather than with being asked: others need not wait. */
    static boolean noRoom(Throwable failure) {
        return failure instanceof AwsServiceException answer
                && shortCode(code(answer)).equals(NO_ROOM);
    }

    /** Protocols in JSON may have a namespace before it and an address after it (Smithy, awsJson1_1: operation error serialization). */
    private static String shortCode(String code) {
        String named = code.substring(code.indexOf('#') + 1).replaceFirst(":.*", "");
        String own = named.startsWith(OF_KMS) ? named.substring(OF_KMS.length()) : named;
        return own.endsWith("Exception") ? own.substring(0, own.length() - "Exception".length()) : own;
    }

    static String code(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /** An answer that was cut off midway is one that cannot be read: of JSON that is an {@link IOException} as well. */
    private static boolean causedByIo(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof XMLStreamException) {
                return true;
            }
        }
        return false;
    }
}
