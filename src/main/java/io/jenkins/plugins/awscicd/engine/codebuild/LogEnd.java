package io.jenkins.plugins.awscicd.engine.codebuild;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a build's log was read to its end: CodeBuild closes it with two lines if the build came to its last phase. */
final class LogEnd {

    /** How long after a build's end its last lines may become readable. */
    private static final Duration LATE = Duration.ofSeconds(5);
    /** The same for a build that was stopped: somebody waits, and nobody for its last lines. */
    private static final Duration LATE_WHEN_STOPPED = Duration.ofSeconds(2);

    /** How long from now on lines may still become readable. When AWS says that it ended is by another clock than ours. */
    static Duration late(BuildSnapshot last) {
        return last.status().equals("STOPPED") ? LATE_WHEN_STOPPED : LATE;
    }

    private static final Pattern LAST_PHASE =
            Pattern.compile("\\[Container] \\S+ \\S+ Phase complete: UPLOAD_ARTIFACTS .*\\s*");
    private static final Pattern LAST_LINE =
            Pattern.compile("\\[Container] \\S+ \\S+ Phase context status code: .*\\s*");

    private String last = "";
    private volatile boolean reached;

    /** @param messages that follow those read before; not empty */
    void read(List<String> messages) {
        String previous = messages.size() > 1 ? messages.get(messages.size() - 2) : last;
        last = messages.get(messages.size() - 1);
        reached = LAST_PHASE.matcher(previous).matches()
                && LAST_LINE.matcher(last).matches();
    }

    boolean isReached() {
        return reached;
    }
}
