package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;

/**
 * Waits until nothing is being done to an environment any more. What an older run of the same job does there is aborted, where that is
 * asked for. Its methods are called in order.
 */
final class EnvironmentWait {

    /** Hears how the wait ends, on any thread; nothing more once it was left. */
    interface Listener {
        /** Nothing is being done to the environment. */
        void ready();

        /** It can no longer be watched. */
        void lost(@NonNull AwsCallException why);
    }

    private final AwsSession session;
    private final Watcher watcher;
    private final EnvironmentService service;
    private final OtherUpdates others;
    private final boolean abortsOlder;
    private final JobConsole console;
    private final Listener listener;
    /** Null unless it is under way. */
    private volatile Watcher.Handle watch;

    /** @param abortsOlder whether the update of an older run is to be aborted */
    EnvironmentWait(
            AwsSession session,
            Watcher watcher,
            EnvironmentService service,
            OtherUpdates others,
            boolean abortsOlder,
            JobConsole console,
            Listener listener) {
        this.session = session;
        this.watcher = watcher;
        this.service = service;
        this.others = others;
        this.abortsOlder = abortsOlder;
        this.console = console;
        this.listener = listener;
    }

    void begin(@NonNull String environmentId) {
        watch = watcher.watch(session, service, environmentId, new Observer<>() {
            private boolean asked;

            @Override
            public void observed(EnvironmentSnapshot now) {
                if (now.ready() || now.ended()) {
                    listener.ready();
                } else if (abortsOlder && now.abortable() && !asked) {
                    asked = true;
                    abortOlder(now);
                }
            }

            @Override
            public void lost(AwsCallException why) {
                listener.lost(why);
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                // it only takes longer
            }
        });
    }

    private void abortOlder(EnvironmentSnapshot now) {
        session.call(UpdateAbort.ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> others.abortOlder(now))
                .whenComplete((whose, failure) -> tell(now, whose, failure));
    }

    private void tell(EnvironmentSnapshot now, @CheckForNull Turn whose, @CheckForNull Throwable failure) {
        if (watch == null) {
            return;
        }
        if (failure != null) {
            Throwable why = AwsCallException.unwrap(failure);
            console.line("Waiting for it instead of aborting it: "
                    + (why instanceof IllegalStateException
                            ? why.getMessage()
                            : AwsCallException.of(UpdateAbort.ACTION, now.name(), why)
                                    .getMessage()));
        } else if (whose != null) {
            console.line("Aborting the update of " + whose.name());
        }
    }

    /** Waits no longer. */
    void leave() {
        Watcher.Handle before = watch;
        watch = null;
        if (before != null) {
            before.forget();
        }
    }
}
