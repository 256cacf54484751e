package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack through something that once says something of its own, though AWS has carried out what was asked. */
@Timeout(60)
class RelayedStackTest extends SteppedStacks {

    private static final String HTML = "<html><head><title>Gateway</title></head><body><p>Not now</p></body></html>";

    private static final Map<String, byte[]> ANSWERS = Map.of(
            "empty", Relay.answer("200 OK", ""),
            "html", Relay.answer("200 OK\r\nContent-Type: text/html", HTML),
            "403", Relay.answer("403 Forbidden\r\nContent-Type: text/html", HTML),
            "404", Relay.answer("404 Not Found\r\nContent-Type: text/html", HTML));

    private Relay relay(Step step, String operation, int which, String answer) {
        AtomicInteger asked = new AtomicInteger();
        Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] own = onward.answer();
            boolean hit = request.contains("Action=" + operation + "&") && asked.incrementAndGet() == which;
            return hit ? ANSWERS.get(answer) : own;
        });
        AwsAccess access = new AwsAccess(
                "eu-west-1", null, null, null, null, relay.address().toString());
        step.kept.connect(bench.clients().open(access, Bench.ALICE));
        return relay;
    }

    private void survives(Step step, String operation, int which, String answer) {
        try (Relay relay = relay(step, operation, which, answer)) {
            step.run();
            assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.why() + step.lines());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CreateChangeSet, 1, empty",
        "CreateChangeSet, 1, html",
        "DescribeChangeSet, 1, empty",
        "DescribeStacks, 3, 403",
        "DescribeStacks, 3, 404",
        "ExecuteChangeSet, 1, 404"
    })
    void aStackIsMade(String operation, int which, String answer) {
        survives(deploy(TWO), operation, which, answer);
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void aStepEndsThatIsToldNoChangeSet() {
        Step step = deploy(TWO);
        try (Relay relay = relay(step, "CreateChangeSet", 1, "empty")) {
            step.begin();
            for (int seconds = 0; seconds < 3600 && !step.kept.isOver(); seconds += 10) {
                try {
                    bench.advance(Duration.ofSeconds(10));
                } catch (RuntimeException e) {
                    // the engine's scheduler writes it into Jenkins' log and goes on
                }
            }
            assertTrue(step.kept.isOver(), () -> "no end after an hour: " + step.lines());
        }
    }

    @ParameterizedTest
    @CsvSource({"empty", "html"})
    void aStackThatIsThereIsDeleted(String answer) {
        deployed(TWO);
        survives(step().with("delete", true), "DescribeStacks", 1, answer);
        assertEquals(1, calls("DeleteStack"));
    }
}
