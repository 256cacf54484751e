package io.jenkins.plugins.awscicd.engine.codebuild;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a build's log was read to its end: CodeBuild closes it with two lines if the build came to its last phase. */
final class LogEnd {

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
