package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.engine.events.EarStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A queue that is heard, as the page shows it. */
public record ShownEar(EarStatus status) {

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
    public String getHeard() {
        return ago(status.heard());
    }

    /** How long ago a message came. */
    @NonNull
    public String getEvent() {
        return ago(status.event());
    }

    private static String ago(@CheckForNull Instant then) {
        return then == null
                ? Messages.ShownEar_never()
                : Messages.ShownEar_ago(Util.getTimeSpanString(
                        Duration.between(then, Instant.now()).toMillis()));
    }

    /** Kinds of events and how many came, each as one line. */
    @NonNull
    public List<String> getKinds() {
        return status.kinds().entrySet().stream().map(ShownEar::line).toList();
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
