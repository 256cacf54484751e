package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a failed AWS call means for whoever made it. See
 * <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/CommonErrors.html">Common errors</a>, which are alike for all services.
 */
public enum AwsFault {
    /** AWS asks for fewer calls, or has no room at the moment: the same call will pass later. */
    BUSY,
    /** No answer, or a 5xx: the same call may pass later, and may have been carried out already. */
    TRANSIENT,
    /** The session's temporary credentials have ended: the call will pass with new ones. */
    EXPIRED,
    /** Not allowed, or not known to AWS: trying again changes nothing. */
    DENIED,
    /** The resource does not exist, or not yet. */
    NOT_FOUND,
    /** AWS or the SDK refuses what was asked: trying again changes nothing. */
    REJECTED;

    private static final String NO_ROOM = "AccountLimitExceededException";
    private static final Set<String> BUSY_CODES = Set.of(
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "SlowDown",
            "KMSThrottling",
            NO_ROOM);
    /** S3's word for a sender that was too slow: HTTP 400, but no fault of what was sent. */
    private static final String TOO_SLOW = "RequestTimeout";

    private static final Set<String> EXPIRED_CODES = Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");

    /** Sorts a failure of an SDK call. */
    @NonNull
    public static AwsFault of(@NonNull Throwable failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(answer);
        }
        boolean silence = failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof AbortedException
                || failure instanceof SdkClientException && causedByIo(failure);
        return silence ? TRANSIENT : REJECTED;
    }

    private static AwsFault ofAnswer(AwsServiceException answer) {
        String code = code(answer);
        if (BUSY_CODES.contains(code) || answer.isThrottlingException()) {
            return BUSY;
        }
        if (EXPIRED_CODES.contains(code)) {
            return EXPIRED;
        }
        if (answer.statusCode() >= 500 || code.equals(TOO_SLOW)) {
            return TRANSIENT;
        }
        if (answer.statusCode() == 404 || code.contains("NotFound") || code.startsWith("NoSuch")) {
            return NOT_FOUND;
        }
        return answer.statusCode() == 401 || answer.statusCode() == 403 || deniedByCode(code) ? DENIED : REJECTED;
    }

    /** Whether AWS is busy with things it was asked to do, rather than with being asked: others need not wait. */
    static boolean noRoom(Throwable failure) {
        return failure instanceof AwsServiceException answer && code(answer).equals(NO_ROOM);
    }

    private static boolean deniedByCode(String code) {
        return code.startsWith("AccessDenied")
                || code.startsWith("KMSAccessDenied")
                || code.startsWith("UnrecognizedClient")
                || code.startsWith("InvalidClientTokenId")
                || code.startsWith("InvalidSignature")
                || code.startsWith("SignatureDoesNotMatch")
                || code.startsWith("MissingAuthenticationToken")
                || code.startsWith("UnauthorizedOperation");
    }

    static String code(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private static boolean causedByIo(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
