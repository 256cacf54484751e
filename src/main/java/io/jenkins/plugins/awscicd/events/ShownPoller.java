package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.engine.events.PollerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A queue that is heard, as the page shows it. */
public record ShownPoller(PollerStatus status) {

    @NonNull
    public String getQueue() {
        return status.queue().toString();
    }

    @NonNull
    public String getSince() {
        return ago(status.since());
    }

    /** How long ago AWS answered. */
    @NonNull
    public String getAnswered() {
        return ago(status.answered());
    }

    /** How long ago a message came. */
    @NonNull
    public String getEvent() {
        return ago(status.event());
    }

    private static String ago(@CheckForNull Instant then) {
        return then == null
                ? Messages.ShownPoller_never()
                : Messages.ShownPoller_ago(Util.getTimeSpanString(
                        Duration.between(then, Instant.now()).toMillis()));
    }

    /** Kinds of events and how many came, each as one line. */
    @NonNull
    public List<String> getKinds() {
        return status.kinds().entrySet().stream().map(ShownPoller::line).toList();
    }

    private static String line(Map.Entry<String, Integer> kind) {
        return kind.getKey() + ": " + kind.getValue();
    }

    public int getMalformed() {
        return status.malformed();
    }

    @CheckForNull
    public String getError() {
        return status.error();
    }

    /** Whether somebody else seems to take messages. */
    public boolean isShared() {
        return status.isShared();
    }
}
