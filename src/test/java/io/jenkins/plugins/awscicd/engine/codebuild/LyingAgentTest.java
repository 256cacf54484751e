package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that an agent says of the artifacts that it was to fetch is taken as it comes. */
class LyingAgentTest extends SteppedBuilds {

    private final class Liar extends SteppedReceiver {

        private final Fetched lie;
        private int asked;

        Liar(Fetched lie) {
            this.lie = lie;
        }

        @Override
        public DownloadRequest wanted() {
            return DownloadRequest.of(null, true);
        }

        @Override
        public Fetched fetch(FetchPlan plan) {
            if (asked++ > 100) {
                throw new IllegalStateException("asked for ever");
            }
            return lie;
        }
    }

    private String told(int done, String... paths) {
        Liar liar = new Liar(new Fetched(done, new ArrayList<>(List.of(paths)), 1, null));
        KeptStep<BuildSnapshot> step = step("web", TestRecorder.NONE, liar);
        step.begin(bench.scheduler());
        bench.advance(1);
        bench.aws().s3().put("builds", "web/a", new byte[1]);
        bench.advanceUntil(step::isOver, Duration.ofHours(2));
        assertEquals(List.of(), liar.archived);
        return String.valueOf(step.outcome().verdict().reason());
    }

    @Test
    void whatCannotBeIsNotArchived() {
        bench.aws().s3().createBucket("builds", false);
        bench.simulatedProject("web", spec -> {
            spec.artifacts("builds", "web");
            return spec;
        });
        for (int done : List.of(0, -1, 7)) {
            String told = told(done);
            assertTrue(told.contains("The agent does not say what it has fetched of 1 files"), told);
        }
        String outside = told(1, "../../../secrets/master.key");
        assertTrue(outside.contains("outside of its workspace"), outside);
    }
}
