package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Consumer;

/** Waits until AWS is done with a stack, whoever has asked for it. */
final class StackWait {

    private final AwsSession session;
    private final Watcher watcher;
    private final Serial serial;
    private Watcher.Handle watch;

    StackWait(AwsSession session, Watcher watcher, Serial serial) {
        this.session = session;
        this.watcher = watcher;
        this.serial = serial;
    }

    /** In order with all else. */
    void begin(@NonNull String stackId, @NonNull Runnable then, @NonNull Consumer<Throwable> failed) {
        leave();
        watch = watcher.watch(session, new CloudFormationService(), stackId, new Observer<>() {
            @Override
            public void observed(StackSnapshot now) {
                if (!StackSnapshot.isBusy(now.status())) {
                    serial.execute(() -> {
                        leave();
                        then.run();
                    });
                }
            }

            @Override
            public void lost(AwsCallException why) {
                serial.execute(() -> {
                    leave();
                    if (why.fault() == AwsFault.NOT_FOUND) {
                        then.run(); // it is gone
                    } else {
                        failed.accept(why);
                    }
                });
            }

            @Override
            public void onRetry(AwsFault fault, Throwable failure) {
                // it is looked at again
            }
        });
    }

    void leave() {
        if (watch != null) {
            watch.forget();
            watch = null;
        }
    }
}
