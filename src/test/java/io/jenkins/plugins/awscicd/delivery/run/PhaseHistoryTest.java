package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The phases that are kept of a job which nobody watches any more. */
class PhaseHistoryTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    private static JobPhase build(String name, Instant begun) {
        Progress.Phase done = new Progress.Phase("INSTALL", "SUCCEEDED", false, begun, Duration.ofSeconds(5), "");
        Progress.Phase now = new Progress.Phase("BUILD", null, false, begun, null, "");
        return JobPhase.of(new Progress.Phase(
                name, null, false, begun, null, "", 0, "https://example.com/" + name, List.of(done, now)));
    }

    @Test
    void nothingOfATreeRunsOn() {
        List<JobPhase> ended = PhaseHistory.ended(
                List.of(build("one", BEGUN), build("two", BEGUN), build("three", null)),
                null,
                false,
                BEGUN.plusSeconds(60));
        for (JobPhase build : ended) {
            assertFalse(build.isRunning(), build.getName());
            build.getParts().forEach(part -> assertFalse(part.isRunning(), build.getName() + " " + part.getName()));
        }
        assertEquals(
                List.of(60_000L, 60_000L, 0L),
                ended.stream().map(JobPhase::getDuration).toList());
        assertEquals(5_000, ended.get(0).getParts().get(0).getDuration(), "what has ended before is as it was");
    }

    /** How long it took may not have been read yet. */
    @Test
    void whatHasEndedDoesNotRunThoughNobodyKnowsForHowLongItDid() {
        JobPhase done = JobPhase.of(new Progress.Phase("one", "SUCCEEDED", false, BEGUN, null, ""));
        assertEquals(List.of(false, "done", 0L), List.of(done.isRunning(), done.getKind(), done.soFar(Long.MAX_VALUE)));
        JobPhase ended = PhaseHistory.ended(List.of(done), null, false, BEGUN.plusSeconds(1))
                .get(0);
        assertEquals(done.getDuration(), ended.getDuration());
    }

    @Test
    void anEndThatIsKnownStays() {
        JobPhase failed = JobPhase.of(new Progress.Phase("one", "FAILED", true, BEGUN, null, "It broke"));
        JobPhase ended = PhaseHistory.ended(List.of(failed), null, false, BEGUN.plusSeconds(1))
                .get(0);
        assertEquals(
                List.of("FAILED", "failed", "It broke"),
                List.of(ended.getStatus(), ended.getKind(), ended.getMessage()));
    }
}
