package io.jenkins.plugins.awscicd.engine.access.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsFaultTest {

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, BUSY",
        "400, ThrottlingException, BUSY",
        "429, TooManyRequestsException, BUSY",
        "503, SlowDown, BUSY",
        "400, RequestLimitExceeded, BUSY",
        "400, AccountLimitExceededException, BUSY",
        "429, Throttled, BUSY",
        "400, KMSThrottling, BUSY",
        "500, InternalFailure, TRANSIENT",
        "503, ServiceUnavailable, TRANSIENT",
        "400, RequestTimeout, TRANSIENT",
        "400, ExpiredTokenException, EXPIRED",
        "403, ExpiredToken, EXPIRED",
        "400, TokenRefreshRequired, EXPIRED",
        "400, RequestExpired, CLOCK",
        "403, RequestTimeTooSkewed, CLOCK",
        "400, RequestInTheFuture, CLOCK",
        "400, ThrottledException, BUSY",
        "400, RequestThrottledException, BUSY",
        "503, EC2ThrottledException, BUSY",
        "400, ProvisionedThroughputExceededException, BUSY",
        "400, TransactionInProgressException, BUSY",
        "400, PriorRequestNotComplete, BUSY",
        "509, BandwidthLimitExceeded, BUSY",
        "509, '', BUSY",
        "403, RequestThrottled, BUSY",
        "429, '', BUSY",
        "408, RequestTimeoutException, TRANSIENT",
        "408, '', TRANSIENT",
        "400, RequestAbortedException, TRANSIENT",
        "400, InternalFailure, TRANSIENT",
        "400, IDPCommunicationError, TRANSIENT",
        "409, OperationAborted, TRANSIENT",
        "400, OperationAbortedException, TRANSIENT",
        "400, BadDigest, TRANSIENT",
        "502, '', TRANSIENT",
        "504, '', TRANSIENT",
        "400, NotAuthorized, DENIED",
        "400, IncompleteSignature, DENIED",
        "403, OptInRequired, DENIED",
        "400, InvalidSignatureException, DENIED",
        "400, InvalidToken, DENIED",
        "403, InvalidAccessKeyId, DENIED",
        "404, UnknownOperationException, REJECTED",
        "404, MalformedQueryString, REJECTED",
        "407, '', REJECTED",
        "400, AccessDeniedException, DENIED",
        "403, AccessDenied, DENIED",
        "403, SomethingNew, DENIED",
        "401, '', DENIED",
        "400, KMSAccessDenied, DENIED",
        "403, AuthorizationError, DENIED",
        "400, UnrecognizedClientException, DENIED",
        "403, SignatureDoesNotMatch, DENIED",
        "403, InvalidClientTokenId, DENIED",
        "400, ResourceNotFoundException, NOT_FOUND",
        "404, NoSuchBucket, NOT_FOUND",
        "404, '', NOT_FOUND",
        "400, ApplicationDoesNotExistException, NOT_FOUND",
        "400, DeploymentGroupDoesNotExistException, NOT_FOUND",
        "400, KMS.NotFoundException, NOT_FOUND",
        "400, KMS.ThrottlingException, BUSY",
        "400, InvalidInputException, REJECTED",
        "400, '', REJECTED",
        "301, PermanentRedirect, REJECTED"
    })
    void answersAreSortedByCodeAndStatus(int status, String code, AwsFault fault) {
        assertEquals(fault, AwsFault.of(CallLaneTest.answer(status, code)));
    }

    @Test
    void silenceIsTransient() {
        assertEquals(
                AwsFault.TRANSIENT,
                AwsFault.of(
                        SdkClientException.create("Unable to execute", new SocketTimeoutException("Read timed out"))));
        assertEquals(AwsFault.TRANSIENT, AwsFault.of(ApiCallTimeoutException.create(60_000)));
        assertEquals(AwsFault.TRANSIENT, AwsFault.of(AbortedException.create("Interrupted")));
        assertEquals(
                AwsFault.TRANSIENT,
                AwsFault.of(SdkClientException.create("wrapped", new IllegalStateException(new IOException("reset")))));
    }

    @Test
    void whatTheSdkOrTheEngineRefusesIsRejected() {
        assertEquals(AwsFault.REJECTED, AwsFault.of(SdkClientException.create("No credentials")));
        assertEquals(AwsFault.REJECTED, AwsFault.of(new IllegalStateException("Other")));
    }

    @Test
    void aKeyThatStsCouldNotFetchIsTransientAndAWrongTokenIsNot() {
        assertEquals(
                AwsFault.TRANSIENT,
                AwsFault.of(
                        webIdentity("Couldn't retrieve verification key from your identity provider,  please reference"
                                + " AssumeRoleWithWebIdentity documentation for requirements")));
        assertEquals(AwsFault.REJECTED, AwsFault.of(webIdentity("Incorrect token audience")));
    }

    private static AwsServiceException webIdentity(String message) {
        return AwsServiceException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InvalidIdentityToken")
                        .errorMessage(message)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidSignatureException, Signature expired: 20140325T143453Z is now earlier than 20140325T143751Z",
        "403, SignatureDoesNotMatch, Signature expired: 20160609T184512Z is now earlier than 20160610T013008Z",
        "403, SignatureDoesNotMatch, Signature not yet current: 20160610T014512Z is still later than 20160610T013008Z"
    })
    void aSignatureThatIsWrongForItsTimeAloneIsAMatterOfTheClock(int status, String code, String message) {
        AwsServiceException refusal = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
        assertEquals(AwsFault.CLOCK, AwsFault.of(refusal));
    }

    @Test
    void whatHealsByItselfIsWaitedFor() {
        assertEquals(
                EnumSet.of(
                        AwsFault.BUSY, AwsFault.TRANSIENT, AwsFault.EXPIRED, AwsFault.NO_CREDENTIALS, AwsFault.CLOCK),
                EnumSet.copyOf(Arrays.stream(AwsFault.values())
                        .filter(AwsFault::passes)
                        .toList()));
    }

    @Test
    void whatTheSdkCallsRetryableIsTransient() {
        assertEquals(AwsFault.TRANSIENT, AwsFault.of(RetryableException.create("again")));
        assertEquals(
                AwsFault.TRANSIENT,
                AwsFault.of(Crc32MismatchException.create("changed on its way", new IllegalStateException())));
    }

    /** Whoever answers an endpoint that somebody has named may say anything, at any length. */
    @Test
    void whatIsSaidIsOneLineOfALengthThatCanBeKept() {
        String said = AwsCallException.said(new IllegalStateException(
                "no\r\n[CodeDeploy] d-1 has succeeded\u001b[8m\u202e" + "x".repeat(10_000_000)));
        assertTrue(said.startsWith("no [CodeDeploy] d-1 has succeeded [8m x"), said.substring(0, 60));
        assertTrue(said.length() < 10_000, () -> said.length() + " characters");
        assertTrue(said.codePoints().noneMatch(Character::isISOControl));
    }

    @Test
    void onlyALimitOfTheAccountIsALackOfRoom() {
        assertTrue(AwsFault.noRoom(CallLaneTest.answer(400, "AccountLimitExceededException")));
        assertFalse(AwsFault.noRoom(CallLaneTest.answer(400, "ThrottlingException")));
        assertFalse(AwsFault.noRoom(new IllegalStateException()));
    }

    @Test
    void messagesSayWhichCallOnWhatAndWhatToDo() {
        AwsCallException denied = AwsCallException.of(
                "codebuild:StartBuild",
                "project 'web' in eu-west-1",
                new CompletionException(CallLaneTest.answer(400, "AccessDeniedException")));
        assertEquals(AwsFault.DENIED, denied.fault());
        assertEquals(
                "codebuild:StartBuild failed for project 'web' in eu-west-1: Said AccessDeniedException."
                        + " Check the credentials, and that they allow the IAM action codebuild:StartBuild on this resource.",
                denied.getMessage());
        assertSame(denied, AwsCallException.of("other:Call", "other", denied));
        assertEquals(null, denied.getCause(), "An SDK exception would be kept with the run");

        assertEquals(
                "a:B failed for c: Said ResourceNotFoundException. Check its name, the region and the account.",
                AwsCallException.of("a:B", "c", CallLaneTest.answer(400, "ResourceNotFoundException"))
                        .getMessage());
        assertEquals(
                "a:B failed for c: Unable to execute (SocketTimeoutException). AWS could not be reached, or did not answer.",
                AwsCallException.of(
                                "a:B",
                                "c",
                                SdkClientException.create("Unable to execute", new SocketTimeoutException("x")))
                        .getMessage());
    }

    @Test
    void anAnswerWithoutAMessageIsStillSaidInWords() {
        AwsServiceException bare = AwsServiceException.builder().statusCode(418).build();
        assertFalse(AwsCallException.said(bare).isBlank());
        assertTrue(AwsCallException.said(new IllegalStateException()).endsWith("."));
    }
}
