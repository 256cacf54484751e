package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The jobs of runs that go on: one of each run, even if its actions are read anew meanwhile. Written a little later and many changes at
 * once, at the run's end, and before Jenkins goes down; what a crash takes is told by AWS again.
 */
@Extension
public final class LiveJobs extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(LiveJobs.class.getName());
    private static final Duration SOON = Duration.ofSeconds(3);

    private final Map<Run<?, ?>, RunJobs> live = new ConcurrentHashMap<>();
    /** What is going to be written. */
    private final Set<RunJobs> waiting = ConcurrentHashMap.newKeySet();

    @NonNull
    static LiveJobs get() {
        return ExtensionList.lookupSingleton(LiveJobs.class);
    }

    /** The run's jobs, read if they are not known. */
    @NonNull
    RunJobs of(@NonNull Run<?, ?> run, @NonNull Supplier<List<JobRecord>> formerly) {
        RunJobs known = live.get(run);
        if (known != null) {
            return known;
        }
        RunJobs read = new RunJobs(run, formerly.get()); // without a lock: whoever comes second leaves what he has read
        if (!run.isBuilding()) {
            return read;
        }
        known = live.putIfAbsent(run, read);
        return known == null ? read : known;
    }

    /** Writes them before long. */
    void changed(@NonNull RunJobs jobs) {
        if (waiting.add(jobs)) {
            AwsConnections.get()
                    .engine()
                    .scheduler()
                    .schedule(SOON, () -> Computer.threadPoolForRemoting.execute(() -> write(jobs)));
        }
    }

    /** The run has ended. */
    void ended(@NonNull Run<?, ?> run, @NonNull RunJobs jobs) {
        live.remove(run);
        waiting.add(jobs);
        Computer.threadPoolForRemoting.execute(() -> write(jobs));
    }

    private void write(RunJobs jobs) {
        if (!waiting.remove(jobs)) { // before it is written: what changes from now on is written later
            return;
        }
        try {
            jobs.write();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep what " + jobs + " does at AWS");
        }
    }

    @Override
    public void onBeforeShutdown() {
        waiting.forEach(this::write);
    }
}
