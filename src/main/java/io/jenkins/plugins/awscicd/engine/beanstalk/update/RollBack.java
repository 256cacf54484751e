package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Map;

/**
 * Deploys the version that an environment had before, after an update of it has failed, unless AWS has brought it back itself. It is
 * followed to its end, also when the step is aborted meanwhile.
 */
public final class RollBack implements Sequel {

    private static final String NOTE = "note";
    private static final String BACK = "back";
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Step step;
    private final UpdateJournal journal;
    private final UpdateJournal part;
    private final FollowedUpdate update;
    private final PreviousVersion previous;
    private Runnable reconsider = () -> {};
    private Scheduler.Task alarm = () -> {};
    private boolean calling;
    /** Nobody waits for it any more: what was not begun is not to be. */
    private volatile boolean left;

    public RollBack(Step step) {
        this.step = step;
        this.journal = step.journal();
        this.part = journal.rollBack();
        this.update = new FollowedUpdate(step.of(part), step.request().health(), true);
        this.previous = new PreviousVersion(step, part, () -> !left);
    }

    @Override
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
        update.reconsider(again);
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        if (part.request() != null) {
            update.looked(now);
        }
    }

    @Override
    public synchronized boolean isOver(@NonNull EnvironmentSnapshot now, @CheckForNull String cause, boolean stopping) {
        Map<String, String> marks = part.read();
        if (cause == null || marks.containsKey(NOTE) || now.ended()) {
            return true;
        }
        if (part.request() != null) {
            boolean reported = update.isReported(now, false); // what runs in the end is worth the wait
            if (!reported) {
                update.observed(now);
            }
            return reported;
        }
        if (stopping && part.asked() == null && !calling) {
            return true; // who aborts, aborts: AWS takes its own update back
        }
        if (!calling) {
            begin(now);
        }
        return false;
    }

    private void begin(EnvironmentSnapshot now) {
        calling = true;
        step.callWhile(() -> !left, PreviousVersion.ACTION, () -> previous.bringBack(now.id()))
                .whenComplete((found, failure) -> answered(now, found, failure));
    }

    private void answered(EnvironmentSnapshot now, PreviousVersion.State found, @CheckForNull Throwable failure) {
        synchronized (this) {
            calling = false;
            if (left) {
                return;
            }
            String label = journal.previous();
            if (failure != null) {
                note("it was not rolled back: "
                        + step.failure(PreviousVersion.ACTION, now.name(), failure)
                                .getMessage());
            } else {
                switch (found) {
                    case ASKED -> step.console().line("Rolling " + now.name() + " back to " + label);
                    case THERE -> {
                        part.put(BACK, label);
                        note("AWS rolled back to '" + label + "' itself");
                    }
                    case EARLY -> {
                        alarm = step.scheduler().schedule(AGAIN, reconsider);
                        return;
                    }
                }
            }
        }
        reconsider.run();
    }

    private void note(String what) {
        part.put(NOTE, what);
    }

    @Override
    public synchronized void leave() {
        left = true;
        alarm.cancel();
        update.abandon();
    }

    @Override
    @CheckForNull
    public String cause(@CheckForNull String cause) {
        if (cause == null) {
            return null;
        }
        Map<String, String> marks = part.read();
        String note = marks.get(NOTE);
        if (note != null) {
            return cause + "; " + note;
        }
        if (!update.hasVerdict()) {
            return cause;
        }
        String again = update.cause();
        String label = journal.previous();
        return cause + (again == null ? "; rolled back to '" + label + "'" : "; the rollback failed, too: " + again);
    }

    @Override
    @CheckForNull
    public String conclusion(@NonNull EnvironmentSnapshot last, @CheckForNull String cause) {
        String whole = cause(cause);
        return whole == null ? null : last.name() + " runs " + last.versionLabel() + ": " + whole;
    }

    @Override
    @CheckForNull
    public String rolledBackTo() {
        return update.hasVerdict() && update.cause() == null
                ? journal.previous()
                : part.read().get(BACK);
    }
}
