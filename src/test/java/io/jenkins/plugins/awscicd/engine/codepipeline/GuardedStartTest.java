package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that wait for room in a pipeline, while a stage closes. */
class GuardedStartTest extends SteppedPipelines {

    /** An earlier call of it may have passed, and it has waited since. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWaitsForRoomIsAskedAgainThoughAnAnswerWasLost(boolean restarts) {
        pipeline("QUEUED");
        List<Step> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(step().begin());
            bench.advance(Duration.ofMillis(200));
        }
        AtomicBoolean closed = new AtomicBoolean();
        bench.aws()
                .faults()
                .on("CodePipeline.StartPipelineExecution")
                .error(503)
                .times(1);
        Step last = step().guarded((application, target, revision) -> {
            if (closed.get()) {
                throw new Refused("closed by now");
            }
        });
        last.begin();
        bench.advanceUntil(() -> last.lines().stream().anyMatch(it -> it.contains("waiting for room")), LONG);
        closed.set(true);
        if (restarts) {
            last.restart(3);
        }
        last.untilOver();
        assertEquals(Verdict.End.REFUSED, last.end());
        assertEquals(50, executions().size());
    }
}
