package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a job is, in the terms of no service: what people are shown of it at a glance.
 *
 * @param id the job's id in its service
 * @param name such as {@code web #42}
 * @param status in AWS's word
 * @param stage what AWS is doing now, in its word. Where AWS tells no phases, the stages that are seen one after another stand for
 *     them
 * @param phases as AWS tells them, in order; empty if it tells none
 * @param facts what is known of it besides, in the order in which it is to be shown
 * @param cause why it failed, in a sentence; empty if it did not
 * @param consoleUrl its page in the AWS console; empty if it has none
 * @param started when AWS began with it; null if AWS does not say
 * @param ended when it ended; null if it has not, or AWS does not say
 * @param wayIn how to enter it; null if it cannot be entered, or not at the moment. Not to be kept
 */
public record Progress(
        @NonNull String id,
        @NonNull String name,
        @NonNull String status,
        @NonNull State state,
        @NonNull String stage,
        @NonNull List<Phase> phases,
        @NonNull List<Fact> facts,
        @NonNull String cause,
        @NonNull String consoleUrl,
        @CheckForNull Instant started,
        @CheckForNull Instant ended,
        @CheckForNull WayIn wayIn) {

    /** What AWS makes of the job. */
    public enum State {
        RUNNING,
        /** AWS does nothing about it at the moment: whether that is the end is for others to say. */
        AT_REST,
        SUCCEEDED,
        FAILED,
        STOPPED
    }

    /**
     * A part of the job's life.
     *
     * @param status in AWS's word; null while it runs
     * @param failed whether it has ended, and not well
     * @param started null if AWS does not say
     * @param took null while it runs
     * @param message what AWS says went wrong; empty if nothing did
     * @param depth how many others it comes after, one after the other; 0 for all in a row
     * @param url its own page at AWS; null if it has none
     * @param parts its own phases, if it is a job itself; empty else
     */
    public record Phase(
            @NonNull String name,
            @CheckForNull String status,
            boolean failed,
            @CheckForNull Instant started,
            @CheckForNull Duration took,
            @NonNull String message,
            int depth,
            @CheckForNull String url,
            @NonNull List<Phase> parts) {

        public Phase {
            parts = List.copyOf(parts);
        }

        /** One of a row, which is no job itself. */
        public Phase(
                @NonNull String name,
                @CheckForNull String status,
                boolean failed,
                @CheckForNull Instant started,
                @CheckForNull Duration took,
                @NonNull String message) {
            this(name, status, failed, started, took, message, 0, null, List.of());
        }
    }

    /**
     * Something that is known of the job.
     *
     * @param url where more of it is; null if nowhere
     */
    public record Fact(
            @NonNull What what,
            @NonNull String value,
            @CheckForNull String url) {

        public Fact(@NonNull What what, @NonNull String value) {
            this(what, value, null);
        }
    }

    /** What a {@link Fact} is about. */
    public enum What {
        /** What was built. */
        SOURCE_VERSION,
        /** What was deployed. */
        REVISION,
        /** How it is deployed, such as {@code CodeDeployDefault.OneAtATime}. */
        CONFIGURATION,
        /** The deployment that this one undoes. */
        ROLLBACK_OF,
        /** How many targets are how far. */
        TARGETS,
        /** The application version that an environment counts as running. */
        VERSION,
        HEALTH,
        /** Where the application answers. */
        ADDRESS,
        /** What a build calls what it has made: the variable {@code VERSION} that it exports. */
        EXPORTED_VERSION,
        /** How a build's tests ended. */
        TESTS,
        /** How much of the code a build's tests have covered. */
        COVERAGE,
        /** Something that was put into S3. */
        ARTIFACT,
        LOG
    }

    /**
     * How people enter a job that runs: a secret of those who may configure it.
     *
     * @param url the page from which a session is opened
     * @param command what opens one from a terminal
     */
    public record WayIn(@NonNull String url, @NonNull String command) {

        /** Without what lets people in. */
        @Override
        @NonNull
        public String toString() {
            return "WayIn";
        }
    }

    /** Of a job that cannot be entered. */
    public Progress(
            @NonNull String id,
            @NonNull String name,
            @NonNull String status,
            @NonNull State state,
            @NonNull String stage,
            @NonNull List<Phase> phases,
            @NonNull List<Fact> facts,
            @NonNull String cause,
            @NonNull String consoleUrl,
            @CheckForNull Instant started,
            @CheckForNull Instant ended) {
        this(id, name, status, state, stage, phases, facts, cause, consoleUrl, started, ended, null);
    }

    public Progress {
        phases = List.copyOf(phases);
        facts = List.copyOf(facts);
    }
}
