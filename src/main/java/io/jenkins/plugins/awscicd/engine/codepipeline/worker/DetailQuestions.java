package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Who waits for the details of a job, until the job can be asked for. */
final class DetailQuestions {

    private final Queue<CompletableFuture<ActionJob>> open = new ArrayDeque<>();
    private boolean closed;

    CompletableFuture<ActionJob> ask() {
        CompletableFuture<ActionJob> answer = new CompletableFuture<>();
        open.add(answer);
        if (closed) {
            close();
        }
        return answer;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** @param then what follows the answer */
    void answer(OneCall calls, CompletableFuture<ActionJob> details, Runnable then) {
        CompletableFuture<ActionJob> question = open.remove();
        calls.make(details, (job, failure) -> {
            if (failure == null) {
                question.complete(job);
            } else {
                question.completeExceptionally(
                        AwsCallException.of(WorkerCalls.DETAILS, "a job of CodePipeline", failure));
            }
            then.run();
        });
    }

    /** There is no job any more that could be asked for. */
    void close() {
        closed = true;
        while (!open.isEmpty()) {
            open.remove().completeExceptionally(new IllegalStateException("The action of CodePipeline has ended"));
        }
    }
}
