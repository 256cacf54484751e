package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Consumer;

/** The environment that is to be replaced, watched beside the one that replaces it. */
final class BlueWatch {

    private final Watcher.Handle handle;
    private volatile EnvironmentSnapshot now;
    private volatile boolean gone;

    /**
     * @param changed run after each change
     * @param lost told, before that, that it can no longer be watched
     */
    BlueWatch(
            @NonNull AwsSession session,
            @NonNull Watcher watcher,
            @NonNull EnvironmentService service,
            @NonNull String id,
            @NonNull Runnable changed,
            @NonNull Consumer<AwsCallException> lost) {
        handle = watcher.watch(session, service, id, new Observer<>() {
            @Override
            public void observed(EnvironmentSnapshot seen) {
                now = seen;
                changed.run();
            }

            @Override
            public void lost(AwsCallException why) {
                gone = true;
                lost.accept(why);
                changed.run();
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                // green's watch tells of it
            }
        });
    }

    /** As it was seen last; null before. */
    @CheckForNull
    EnvironmentSnapshot now() {
        return now;
    }

    /** Whether it can no longer be watched. */
    boolean isGone() {
        return gone;
    }

    void expedite() {
        handle.expedite();
    }

    void forget() {
        handle.forget();
    }
}
