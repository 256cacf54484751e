package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Saves runs whose jobs have changed, a little later and many changes at once. What a crash takes is told by AWS again; that a run
 * is saved at its end is for Jenkins.
 */
@Extension
public class RunSaver extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(RunSaver.class.getName());
    private static final Duration SOON = Duration.ofSeconds(3);
    /** A run is the larger the more jobs it has. */
    private static final Duration FOR_EACH_JOB = Duration.ofMillis(50);

    private final Set<Run<?, ?>> waiting = new HashSet<>();

    @NonNull
    static RunSaver get() {
        return ExtensionList.lookupSingleton(RunSaver.class);
    }

    /** Saves the run before long. */
    void soon(@NonNull Run<?, ?> run) {
        synchronized (waiting) {
            if (!waiting.add(run)) {
                return;
            }
        }
        Duration wait = FOR_EACH_JOB.multipliedBy(AwsAction.of(run).getJobs().size());
        AwsConnections.get()
                .engine()
                .scheduler()
                .schedule(
                        wait.compareTo(SOON) < 0 ? SOON : wait,
                        () -> Computer.threadPoolForRemoting.execute(() -> save(run)));
    }

    private void save(Run<?, ?> run) {
        synchronized (waiting) {
            if (!waiting.remove(run)) { // before it is saved: what changes from now on is saved later
                return;
            }
        }
        if (!run.isLogUpdated()) {
            return; // it has ended and is saved
        }
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep what " + run + " does at AWS");
        }
    }

    @Override
    public void onBeforeShutdown() {
        Set<Run<?, ?>> left;
        synchronized (waiting) {
            left = Set.copyOf(waiting);
        }
        left.forEach(this::save);
    }
}
