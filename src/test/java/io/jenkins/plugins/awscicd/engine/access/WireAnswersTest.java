package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Answers over raw sockets that end before their first byte, or are not packed as they say. */
@Timeout(100)
class WireAnswersTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    private static final String BY_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n";
    private static final String BY_CHUNKS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private AwsFault of(byte[] answer, Consumer<S3Client> call) {
        try (Relay relay = new Relay(null, (request, onward) -> answer)) {
            AwsSession session = session(relay);
            S3Client s3 = session.client(S3Client.class, S3Client::builder);
            return AwsFault.of(assertThrows(RuntimeException.class, () -> call.accept(s3)));
        }
    }

    private AwsSession session(Relay relay) {
        return bench.clients()
                .open(
                        new AwsAccess(
                                "eu-west-1",
                                null,
                                null,
                                null,
                                null,
                                relay.address().toString()),
                        Bench.ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_LENGTH, BY_CHUNKS})
    void aListThatIsCutBeforeItsFirstByteIsNoRefusal(String head) {
        assertEquals(AwsFault.TRANSIENT, of(Relay.raw(head), s3 -> s3.listObjectsV2(it -> it.bucket("b"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_LENGTH, BY_CHUNKS})
    void aCompletionThatIsCutBeforeItsFirstByteMayHaveBeenCarriedOut(String head) {
        assertEquals(
                AwsFault.TRANSIENT,
                of(
                        Relay.raw(head),
                        s3 -> s3.completeMultipartUpload(
                                it -> it.bucket("b").key("k").uploadId("u"))));
    }

    /** Each of those who name an endpoint shares the connections with all others. */
    @Test
    void answersThatAreNotPackedAsTheySayTakeNoConnectionForEver() {
        try (AwsClients clients = new AwsClients(bench.scheduler(), () -> null, endpoint -> false, "engine-tests/1");
                Relay bad = new Relay(
                        null, (q, o) -> Relay.answer("200 OK\r\nx-amzn-RequestId: 1\r\nContent-Encoding: gzip", "{}"));
                Relay good = new Relay(
                        null, (q, o) -> Relay.answer("200 OK\r\nx-amzn-RequestId: 1", "{\"projects\":[\"web\"]}"))) {
            CodeBuildClient stranger = codeBuild(clients, bad);
            for (int i = 0; i < 20; i++) {
                assertThrows(RuntimeException.class, () -> stranger.listProjects(it -> {}));
            }
            assertEquals(
                    List.of("web"),
                    codeBuild(clients, good).listProjects(it -> {}).projects());
        }
    }

    private static CodeBuildClient codeBuild(AwsClients clients, Relay relay) {
        return clients.open(
                        new AwsAccess(
                                "eu-west-1",
                                null,
                                null,
                                null,
                                null,
                                relay.address().toString()),
                        Bench.ALICE)
                .client(CodeBuildClient.class, CodeBuildClient::builder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amzn-ErrorType: com.amazonaws.codebuild#ThrottlingException|{}",
                "x-amzn-ErrorType: com.amazonaws.codebuild#ThrottlingException:http://internal.amazon.com/coral/|{}",
                "X: y|{\"__type\":\"com.amazonaws.codebuild#ThrottlingException:http://internal.amazon.com/coral/\"}",
                "X: y|{\"__type\":\"com.amazonaws.codebuild#ThrottlingException\"}"
            })
    void aCodeIsKnownInEachWayThatAwsWritesIt(String answer) {
        String[] parts = answer.split("\\|");
        try (Relay relay = new Relay(null, (request, onward) -> Relay.answer("400 X\r\n" + parts[0], parts[1]))) {
            CodeBuildClient client = session(relay).client(CodeBuildClient.class, CodeBuildClient::builder);
            assertEquals(
                    AwsFault.BUSY,
                    AwsFault.of(assertThrows(RuntimeException.class, () -> client.listProjects(it -> {}))));
        }
    }

    @Test
    void ofSqsThatIsThrottledByKms() {
        try (Relay relay = new Relay(
                null,
                (request, onward) -> Relay.answer(
                        "400 X\r\nx-amzn-query-error: KMS.ThrottlingException;Sender",
                        "{\"__type\":\"com.amazonaws.sqs#KmsThrottled\"}"))) {
            SqsClient client = session(relay).client(SqsClient.class, SqsClient::builder);
            assertEquals(
                    AwsFault.BUSY,
                    AwsFault.of(assertThrows(
                            RuntimeException.class, () -> client.receiveMessage(it -> it.queueUrl("http://x/1/q")))));
        }
    }

    /** Not followed: what is signed goes nowhere else. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        AtomicInteger led = new AtomicInteger();
        try (Relay other = new Relay(null, (q, o) -> {
                    led.incrementAndGet();
                    return Relay.answer("200 OK", "{}");
                });
                Relay relay =
                        new Relay(null, (q, o) -> Relay.answer(status + " X\r\nLocation: " + other.address(), ""))) {
            CodeBuildClient client = codeBuild(bench.clients(), relay);
            assertThrows(RuntimeException.class, () -> client.listProjects(it -> {}));
            S3Client s3 = session(relay).client(S3Client.class, S3Client::builder);
            assertThrows(
                    RuntimeException.class,
                    () -> s3.getObjectAsBytes(it -> it.bucket("b").key("k")));
            assertThrows(RuntimeException.class, () -> session(relay).read(relay.address() + "/x", 100));
            assertEquals(0, led.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "http://nowhere.invalid"})
    void noConnectionIsTransient(String address) {
        CodeBuildClient client = bench.clients()
                .open(new AwsAccess("eu-west-1", null, null, null, null, address), Bench.ALICE)
                .client(CodeBuildClient.class, CodeBuildClient::builder);
        RuntimeException e = assertThrows(RuntimeException.class, () -> client.listProjects(it -> {}));
        assertEquals(AwsFault.TRANSIENT, AwsFault.of(e));
    }
}
