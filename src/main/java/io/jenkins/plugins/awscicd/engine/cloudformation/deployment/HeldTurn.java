package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A step's turn at its stack: it is over when the step is, or when the step is left. */
record HeldTurn(@NonNull TurnQueue<String> queue) {

    @NonNull
    RemoteJob.Listener<StackSnapshot> of(@NonNull RemoteJob.Listener<StackSnapshot> listener) {
        return new RemoteJob.Listener<>() {
            @Override
            public void started(String id) {
                listener.started(id);
            }

            @Override
            public void observed(StackSnapshot now) {
                listener.observed(now);
            }

            @Override
            public Duration usual() {
                return listener.usual();
            }

            @Override
            public void ended(List<StackSnapshot> stacks) {
                queue.leave();
                listener.ended(stacks);
            }

            @Override
            public void failed(RuntimeException why) {
                queue.leave();
                listener.failed(why);
            }
        };
    }

    @NonNull
    ProgressLog<StackSnapshot> of(@NonNull ProgressLog<StackSnapshot> progressLog) {
        return new ProgressLog<>() {
            @Override
            public void looked(StackSnapshot now) {
                progressLog.looked(now);
            }

            @Override
            public void observed(StackSnapshot now) {
                progressLog.observed(now);
            }

            @Override
            public String running(StackSnapshot now, Instant at) {
                return progressLog.running(now, at);
            }

            @Override
            public CompletableFuture<Void> ended(StackSnapshot last) {
                return progressLog.ended(last);
            }

            @Override
            public void abandon() {
                queue.leave();
                progressLog.abandon();
            }
        };
    }
}
