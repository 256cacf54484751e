package io.jenkins.plugins.awscicd.engine.watch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;

/** Whoever has a job watched. Called on the engine's threads and to return at once. */
public interface Observer<S extends Snapshot> {

    /** Something has changed; after a snapshot that has ended nothing more comes. */
    void observed(@NonNull S snapshot);

    /** The job was looked at again, and is as it was. */
    default void confirmed() {}

    /** The job can no longer be watched; nothing more comes. */
    void lost(@NonNull AwsCallException why);

    /** AWS could not be asked just now; the watcher tries again. */
    void onRetry(@NonNull AwsFault fault, @NonNull Throwable failure);
}
