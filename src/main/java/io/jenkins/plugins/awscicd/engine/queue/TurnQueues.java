package io.jenkins.plugins.awscicd.engine.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;

/**
 * The queues of all places that take one deployment at a time. A place is in an AWS account, whichever credentials it is reached with.
 *
 * @param <P> the place within its account and region, such as a group of an application: a value
 */
public final class TurnQueues<P> {

    private final Line<P> line = new Line<>();

    /** The way into the queues of places, for one that deploys to them. */
    @NonNull
    public TurnQueue<P> of(@NonNull AwsSession session) {
        return new TurnQueue<>(line, session);
    }
}
