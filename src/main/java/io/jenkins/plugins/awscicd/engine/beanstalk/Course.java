package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one update of an environment has come to, as far as can be said: by the events of that very request, by the version label and
 * by the health. An environment that is Ready and Green may have been rolled back, and just after the call it reads as if nothing had
 * been asked for.
 */
final class Course {

    /** How long events and environment may differ from each other, or events be missing. */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Supplier<String> label;
    private final Supplier<String> previous;
    private final Health wanted;
    /** Whether it was seen at work. */
    private boolean busy;

    private boolean success;
    private Event failure;
    private final List<Event> bad = new ArrayList<>();
    /** Since when it has the health that is wanted, without a break; null if it has not. */
    private Instant healthySince;
    /** Since when the update itself is over; null if it is not. */
    private Instant overSince;

    private Instant again;

    /**
     * The health that an environment is to have after an update.
     *
     * @param colours those that will do
     * @param hold for how long it has to have one of them
     * @param patience how long it may take to get there
     */
    record Health(
            @NonNull List<String> colours,
            @NonNull Duration hold,
            @NonNull Duration patience) {}

    /** @param journal knows the version that is deployed, and the one before, as soon as anybody does */
    Course(@NonNull Journal journal, @NonNull Health wanted) {
        this.label = () -> journal.read().getOrDefault(Marks.LABEL, "");
        this.previous = () -> journal.read().getOrDefault(Marks.PREVIOUS, "");
        this.wanted = wanted;
    }

    synchronized void told(@NonNull Event event) {
        success |= event.success();
        if (event.failure() && failure == null) {
            failure = event;
        }
        if (event.bad()) {
            bad.add(event);
        }
    }

    /**
     * Whether nothing more is to be waited for.
     *
     * @param stopping whether the step was aborted: then the health is not waited for, nor what others do to the environment
     */
    synchronized boolean isOver(@NonNull EnvironmentSnapshot now, @NonNull Instant at, boolean stopping) {
        again = null;
        if (now.ended() || stopping && success) {
            return true;
        }
        busy = busy || !now.ready();
        if (!now.ready() || !busy && !success && failure == null) {
            overSince = null;
            return false;
        }
        overSince = overSince == null ? at : overSince;
        boolean agreed = failure != null || success && label.get().equals(now.versionLabel()) || replaced(now);
        if (!agreed && isBefore(at, overSince.plus(SETTLE))) {
            return false;
        }
        if (failed(now) || replaced(now) || stopping) {
            return true;
        }
        boolean healthy = wanted.colours().isEmpty() || wanted.colours().contains(now.health());
        healthySince = !healthy ? null : healthySince == null ? at : healthySince;
        return !isBefore(
                at, healthySince == null ? overSince.plus(wanted.patience()) : healthySince.plus(wanted.hold()));
    }

    private boolean isBefore(Instant at, Instant end) {
        again = at.isBefore(end) ? end : null;
        return again != null;
    }

    /** When to look again although nothing is seen to change; null if that is not needed. */
    @CheckForNull
    synchronized Instant again() {
        return again;
    }

    /** What has gone wrong, as AWS has told it. */
    @NonNull
    synchronized List<Event> bad() {
        return List.copyOf(bad);
    }

    /** Of what went wrong, that which says most: what an instance has said. */
    private Event worst() {
        return bad.stream()
                .filter(event -> event.message().startsWith("[Instance: "))
                .findFirst()
                .orElse(bad.get(0));
    }

    private boolean failed(EnvironmentSnapshot last) {
        return failure != null || !label.get().equals(last.versionLabel()) && !replaced(last);
    }

    /**
     * Whether the update came to a good end, and another one has brought a third version before it was seen: the health there is now is
     * that version's. What AWS takes back becomes the version before again.
     */
    synchronized boolean replaced(@NonNull EnvironmentSnapshot now) {
        String before = previous.get();
        return success
                && failure == null
                && !before.isEmpty()
                && !now.versionLabel().isEmpty()
                && !now.versionLabel().equals(before)
                && !now.versionLabel().equals(label.get());
    }

    /** Why the update is no success, in a sentence; null if it is one. */
    @CheckForNull
    synchronized String cause(@NonNull EnvironmentSnapshot last) {
        if (last.ended()) {
            return "the environment was terminated";
        }
        if (failed(last)) {
            String why = bad.isEmpty() ? (failure == null ? "" : failure.message()) : worst().message();
            String runs = label.get().equals(last.versionLabel())
                    ? ""
                    : "; it counts as running '" + last.versionLabel() + "'";
            // what follows goes on with the sentence
            return (why.isEmpty() ? "AWS has taken the update back" : why.replaceFirst("[.\\s]+$", "")) + runs;
        }
        if (healthySince == null && !replaced(last)) {
            return "'" + label.get() + "' is deployed, but the environment is " + last.healthInWords() + " instead of "
                    + String.join(" or ", wanted.colours());
        }
        return null;
    }
}
