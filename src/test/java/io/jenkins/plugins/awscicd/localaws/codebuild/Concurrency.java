package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many builds of an account run at once. The others are queued, five times as many at most ("Quotas for AWS CodeBuild" in the
 * user guide).
 */
final class Concurrency {

    private static final int QUEUE_FACTOR = 5;

    private final int limit;
    private final Set<Build> admitted = new HashSet<>();
    private final Set<Build> running = new HashSet<>();
    private final Deque<Build> waiting = new ArrayDeque<>();
    private final Consumer<Build> turn;

    /** @param turn told, outside of any lock, when a build may be provisioned */
    Concurrency(int limit, Consumer<Build> turn) {
        this.limit = limit;
        this.turn = turn;
    }

    /** Whether another build may be queued at all. */
    synchronized void check() throws AwsError {
        int most = limit * QUEUE_FACTOR;
        if (admitted.size() - running.size() >= most) {
            throw AwsError.badRequest(
                    "AccountLimitExceededException",
                    "Cannot have more than " + most + " builds in queue for the account");
        }
    }

    synchronized void admit(Build build) {
        admitted.add(build);
    }

    /** The build is ready to be provisioned; its turn comes now or when another one has ended. */
    void ready(Build build) {
        synchronized (this) {
            if (!admitted.contains(build)) {
                return;
            }
            if (running.size() >= limit) {
                waiting.add(build);
                return;
            }
            running.add(build);
        }
        turn.accept(build);
    }

    /** The build has ended, whether it ever ran or not. */
    void ended(Build build) {
        Build next = null;
        synchronized (this) {
            admitted.remove(build);
            waiting.remove(build);
            if (running.remove(build) && running.size() < limit && !waiting.isEmpty()) {
                next = waiting.remove();
                running.add(next);
            }
        }
        if (next != null) {
            turn.accept(next);
        }
    }

    synchronized int running() {
        return running.size();
    }
}
