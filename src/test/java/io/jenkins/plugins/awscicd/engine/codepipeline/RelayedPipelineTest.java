package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An execution through something that once says something of its own, though AWS has carried out what was asked. */
@Timeout(60)
class RelayedPipelineTest extends SteppedPipelines {

    @ParameterizedTest
    @CsvSource({
        "StartPipelineExecution, 200 OK",
        "StartPipelineExecution, 404 Not Found",
        "GetPipelineExecution, 200 OK",
        "GetPipelineExecution, 404 Not Found"
    })
    void anExecutionIsNotLost(String operation, String status) {
        pipeline("SUPERSEDED");
        AtomicInteger asked = new AtomicInteger();
        try (Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] own = onward.answer();
            boolean hit =
                    request.contains("CodePipeline_20150709." + operation + "\r\n") && asked.incrementAndGet() == 1;
            return hit ? Relay.answer(status, "") : own;
        })) {
            AwsAccess access = new AwsAccess(
                    "eu-west-1", null, null, null, null, relay.address().toString());
            Step step = step();
            step.kept.connect(bench.clients().open(access, Bench.ALICE));
            step.kept.begin();
            bench.advanceUntil(step.kept::isOver, LONG);
            assertEquals(
                    Verdict.End.SUCCEEDED,
                    step.kept.outcome().verdict().end(),
                    () -> step.kept.outcome().failure() + " " + step.kept.console.lines());
        }
    }
}
