package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of which an answer is lost after its head. */
@Timeout(60)
class RelayedUploadTest {

    @AutoClose
    private final Bench bench = Bench.real(it -> it);

    @TempDir
    private Path root;

    private void uploads(String method, String mark, UnaryOperator<byte[]> loss) throws Exception {
        bench.aws().s3().createBucket("sources", false);
        Files.writeString(root.resolve("a.txt"), "hello");
        AtomicInteger asked = new AtomicInteger();
        try (Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] answer = onward.answer();
            String line = request.lines().findFirst().orElse("");
            boolean it = line.startsWith(method + " ") && line.contains(mark);
            return it && asked.getAndIncrement() == 0 ? loss.apply(answer) : answer;
        })) {
            AwsAccess access = new AwsAccess(
                    "eu-west-1", null, null, null, null, relay.address().toString());
            String key = new BundleUpload(
                            bench.clients().open(access, Bench.ALICE), bench.scheduler(), new RecordedConsole())
                    .upload(
                            Workspace.local(root),
                            Trees.spec(null, null),
                            new S3Location("sources", "web", null),
                            Uploads.of("web"))
                    .key();
            assertEquals(1, bench.aws().s3().keys("sources").size());
        }
        assertEquals(2, asked.get());
    }

    @Test
    void theAnswerToTheCompletionIsCutAfterItsHead() throws Exception {
        uploads("POST", "uploadId=", Relay::headOf);
    }

    @Test
    void theAnswerToTheBeginningIsCutAfterItsHead() throws Exception {
        uploads("POST", "uploads", Relay::headOf);
    }

    @Test
    void theAnswerToTheBeginningIsEmpty() throws Exception {
        uploads("POST", "uploads", answer -> Relay.answer("200 OK", ""));
    }

    @Test
    void theAnswerToThePartIsCut() throws Exception {
        uploads("PUT", "partNumber=", answer -> Relay.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
    }
}
