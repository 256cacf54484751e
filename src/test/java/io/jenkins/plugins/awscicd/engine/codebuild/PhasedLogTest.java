package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Phases stand in the log where they ended, whichever of the two AWS reports first. */
class PhasedLogTest {

    private static final Instant START = Instant.parse("2026-11-23T16:45:00Z");
    private static final List<String> TYPES =
            List.of("SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD");

    private final List<String> printed = new ArrayList<>();
    private final JobConsole console = new JobConsole() {

        @Override
        public void flush() {
            // all is in memory
        }

        @Override
        protected void printLine(String text) {
            printed.add(text.replaceAll(" .*", ""));
        }

        @Override
        protected void printLink(String text, String url) {
            printed.add(text);
        }

        @Override
        protected void printRaw(List<String> parts) {
            printed.addAll(parts);
        }
    };

    private Instant now = START;
    private PhasedLog log = new PhasedLog(console, () -> now, null, 0, 0);

    private static String container(String text) {
        return "[Container] 2026/11/23 16:45:32.166685 " + text;
    }

    private static String entering(String phase) {
        return container("Entering phase " + phase);
    }

    private static String complete(String phase) {
        return container("Phase complete: " + phase + " State: SUCCEEDED");
    }

    /** All up to this one, which runs, as AWS reports them. */
    private static List<BuildSnapshot.Phase> upTo(String running) {
        int last = TYPES.indexOf(running);
        return IntStream.rangeClosed(0, last)
                .mapToObj(at -> new BuildSnapshot.Phase(
                        TYPES.get(at),
                        at < last ? "SUCCEEDED" : null,
                        START,
                        at < last ? Duration.ofSeconds(1) : null,
                        ""))
                .toList();
    }

    private void printed(String... lines) {
        assertEquals(List.of(lines), printed);
    }

    @Test
    void theLogWaitsForThePhasesThatItHasLeft() {
        log.phases(upTo("QUEUED"));
        log.page(List.of(container("Waiting for agent ping"), entering("DOWNLOAD_SOURCE")), "a");
        printed();
        log.phases(upTo("PROVISIONING"));
        printed("QUEUED", container("Waiting for agent ping"));
        log.page(List.of(complete("DOWNLOAD_SOURCE"), entering("INSTALL"), "installing"), "b");
        log.phases(upTo("DOWNLOAD_SOURCE"));
        printed(
                "QUEUED",
                container("Waiting for agent ping"),
                "PROVISIONING",
                entering("DOWNLOAD_SOURCE"),
                complete("DOWNLOAD_SOURCE"));
        assertEquals("a", log.token());
        assertEquals(1, log.printed());
        log.phases(upTo("INSTALL"));
        assertEquals(
                List.of("DOWNLOAD_SOURCE", entering("INSTALL"), "installing"),
                printed.subList(printed.size() - 3, printed.size()));
        assertEquals("b", log.token());
        assertEquals(0, log.printed());
    }

    @Test
    void aPhaseWaitsForTheLogToLeaveItButNotForLong() {
        log.phases(upTo("INSTALL"));
        log.page(List.of("first", entering("INSTALL")), "a");
        now = START.plusSeconds(2);
        log.phases(upTo("BUILD"));
        log.caughtUp();
        printed("QUEUED", "first", "PROVISIONING", "DOWNLOAD_SOURCE", entering("INSTALL"));
        log.page(List.of(complete("INSTALL")), "b");
        assertEquals("INSTALL", printed.get(printed.size() - 1));
        log.caughtUp();
        assertEquals("INSTALL", printed.get(printed.size() - 1), "the log is still in PRE_BUILD");
        now = START.plusSeconds(12);
        log.caughtUp();
        assertEquals("PRE_BUILD", printed.get(printed.size() - 1));
    }

    @Test
    void whatIsHeldIsPrintedWhenAwsReportsNothing() {
        log.phases(upTo("INSTALL"));
        log.page(List.of("first", entering("BUILD"), "building"), "a");
        log.caughtUp();
        printed("QUEUED", "first");
        log.caughtUp();
        assertEquals("building", printed.get(3));
        assertEquals("a", log.token());
        log.phases(upTo("BUILD"));
        log.close();
        assertEquals("PRE_BUILD", printed.get(printed.size() - 1));
    }

    @Test
    void aLogIsTakenUpInTheMiddleOfAPage() {
        log = new PhasedLog(console, () -> now, "a", 1, 4);
        log.phases(upTo("INSTALL"));
        log.page(List.of(complete("DOWNLOAD_SOURCE"), entering("INSTALL"), "installing"), "b");
        printed(entering("INSTALL"), "installing");
    }

    @Test
    void aLogWithoutPhasesHoldsNothing() {
        log.phases(upTo("BUILD"));
        log.page(List.of("one", "two"), "a");
        printed("QUEUED", "one", "two", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD");
    }
}
