package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What lets a build begin is asked when it begins, however long it has waited. */
class BuildGateTest extends SteppedBuilds {

    private boolean closed;

    private void gate() {
        if (closed) {
            throw new Refused("closed");
        }
    }

    private BuildRun guarded() {
        return new BuildRun(bench).behind(this::gate);
    }

    @Test
    void itIsAskedAgainOnceThereIsRoom() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 600));
        run("web");
        BuildRun waits = guarded().start("web");
        bench.advance(300);
        assertFalse(waits.isOver());
        closed = true;
        bench.advanceUntil(waits::isOver, Duration.ofMinutes(20));
        assertEquals("closed", assertInstanceOf(Refused.class, waits.failure()).getMessage());
        assertEquals(1, bench.aws().codeBuild().builds().size());
    }

    /** What AWS has begun already is not to be in nobody's care. */
    @Test
    void whatMayHaveBegunIsLookedForFirst() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        BuildRun crashed = guarded().start("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        closed = true;
        BuildRun run = guarded().after(crashed).start("web");
        bench.advanceUntil(run::isOver, Duration.ofMinutes(20));
        assertTrue(run.last().succeeded());
        assertEquals(run.id(), onlyBuild().id());
    }

    @Test
    void whatIsRefusedIsNotCalled() {
        bench.simulatedProject("web");
        closed = true;
        BuildRun run = guarded().start("web");
        bench.advance(1);
        assertInstanceOf(Refused.class, run.failure());
        assertEquals(0, calls("StartBuild"));
    }
}
