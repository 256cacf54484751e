package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import java.util.concurrent.CompletableFuture;

/** Asks people what a manual approval action of an execution asks. */
@FunctionalInterface
public interface PipelineConsent {

    /**
     * @param about the action, and what is known of what it lets pass
     * @param number of the question about this run of the action, from 0: the same whenever AWS asks the same, also after a restart; with a
     *     higher one AWS asks anew, and the questions before it are of no use any more
     * @return what people answer; fails with {@link io.jenkins.plugins.awscicd.engine.job.Declined} if nobody can be asked. Whoever asks
     *     completes it with {@link io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere} if AWS has its answer, and otherwise if
     *     nobody wants to know any more
     */
    @NonNull
    CompletableFuture<Reply> ask(@NonNull ManualApproval about, int number);
}
