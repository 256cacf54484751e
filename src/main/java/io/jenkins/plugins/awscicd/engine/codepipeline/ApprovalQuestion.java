package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codepipeline.model.ApprovalAlreadyCompletedException;
import software.amazon.awssdk.services.codepipeline.model.InvalidApprovalTokenException;

/**
 * One run of a manual approval action: people are asked once AWS shows the token of its question, and AWS gets their answer with that token.
 * An answer that AWS does not take with it is to another question: then AWS is looked at again, and people are asked anew once it shows
 * another token. If it goes on to show the same one, the question is the same, and so is its answer.
 */
final class ApprovalQuestion {

    /** Between two attempts to give an answer that AWS has not taken. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final String NOT_TAKEN = "AWS has not taken the answer to %s yet, retrying: ";

    private final ManualApprovals step;
    private ManualApproval about;

    private String token;
    /** With which AWS has not taken the answer that was given; null if there is none. */
    private String refused;
    /** In which words. */
    private Throwable refusal;
    /** Since when AWS shows no token; null if it does, or was not asked. */
    private Moment tokenless;

    private CompletableFuture<Reply> reply;
    private Reply given;
    private boolean calling;
    /** AWS has an answer, ours or not. */
    private boolean answered;
    /** It has ours. */
    private boolean accepted;
    /** Nobody is asked here. */
    private volatile boolean left;

    private Moment tryAgain;
    private boolean troubleReported;

    ApprovalQuestion(@NonNull ManualApprovals step, @NonNull ManualApproval about) {
        this.step = step;
        this.about = about;
    }

    /** AWS says that the action still waits. */
    synchronized void waits(@NonNull ManualApproval now) {
        about = now;
        if (calling || answered || left || tryAgain != null && step.moment().isBefore(tryAgain)) {
            return;
        }
        if (token == null) {
            readToken();
        } else if (given != null) {
            answer();
        }
    }

    private void readToken() {
        calling = true;
        step.calls().token(about).whenComplete(this::read);
    }

    private synchronized void read(@CheckForNull Optional<String> found, @CheckForNull Throwable failure) {
        calling = false;
        if (failure != null) {
            trouble(ApprovalCalls.STATE, "Nobody can be asked about %s yet, retrying: ", failure);
        } else if (!left && found.isEmpty()) {
            tokenIsMissing();
        } else if (!left && found.get().equals(refused)) {
            token = refused;
            trouble(ApprovalCalls.ANSWER, NOT_TAKEN, refusal);
        } else if (!left) {
            token = found.get();
            given = null;
            reply = step.ask(about, token);
            reply.whenComplete(this::replied);
        }
    }

    private void tokenIsMissing() {
        if (tokenless == null) {
            tokenless = step.moment();
        } else if (!troubleReported && tokenless.plus(AGAIN).isBefore(step.moment())) {
            troubleReported = true;
            step.line("AWS does not show with which token " + about.path()
                    + " is answered: nobody can be asked here before it does. It can be answered in AWS");
        }
    }

    private void trouble(String action, String words, Throwable failure) {
        tryAgain = step.moment().plus(AGAIN);
        if (!troubleReported) {
            troubleReported = true;
            step.line(words.formatted(about.path())
                    + AwsCallException.of(action, about.path() + " of pipeline '" + about.pipeline() + "'", failure)
                            .getMessage());
        }
    }

    private synchronized void replied(@CheckForNull Reply answer, @CheckForNull Throwable failure) {
        if (left || answered) {
            return;
        }
        if (failure == null) {
            given = answer;
            answer();
        } else if (!(AwsCallException.unwrap(failure) instanceof AnsweredElsewhere)) {
            left = true;
            step.line("Nobody is asked about " + about.path() + " here any more, answer it in AWS: "
                    + AwsCallException.unwrap(failure).getMessage());
        }
    }

    private void answer() {
        calling = true;
        step.calls()
                .answer(about, token, given, step::pass, this::isWanted)
                .whenComplete((done, failure) -> put(failure == null ? null : AwsCallException.unwrap(failure)));
    }

    /** Asked under a lock of the calls: waits for nothing. */
    private boolean isWanted() {
        return !left;
    }

    private synchronized void put(@CheckForNull Throwable failure) {
        calling = false;
        if (failure == null || failure instanceof ApprovalAlreadyCompletedException) {
            answered = true; // who was first is about to be seen
            accepted = failure == null;
            step.expedite();
        } else if (failure instanceof InvalidApprovalTokenException) {
            refused = token;
            refusal = failure;
            token = null;
            step.expedite();
        } else if (failure instanceof Refused refused) {
            left = true;
            step.line(about.path() + " is left open, and can be answered in AWS");
            step.refused(refused);
        } else if (!(failure instanceof CancellationException)) {
            trouble(ApprovalCalls.ANSWER, NOT_TAKEN, failure);
        }
    }

    /** AWS says how the action has ended; null if it does not wait any more, and AWS does not say why. */
    synchronized void ended(@CheckForNull ActionSnapshot last) {
        if (last != null && given != null && !accepted && !isOurs(last)) {
            step.line("AWS has had another answer to " + about.path() + " first, and not that of "
                    + String.join(", ", given.people()));
        }
        left = true;
        withdraw(elsewhere(last));
    }

    /** Also if the answer to a call of ours was lost. */
    private boolean isOurs(ActionSnapshot last) {
        return last.succeeded() == given.approved()
                && (last.summary().isEmpty() || last.summary().equals(ApprovalCalls.summary(given)));
    }

    @NonNull
    private static RuntimeException elsewhere(@CheckForNull ActionSnapshot last) {
        if (last == null || last.status().equals("Abandoned")) {
            return new CancellationException("The execution waits for it no more");
        }
        AnsweredElsewhere.How how = last.succeeded()
                ? AnsweredElsewhere.How.APPROVED
                : last.isRejection() ? AnsweredElsewhere.How.REJECTED : AnsweredElsewhere.How.EXPIRED;
        return new AnsweredElsewhere(
                how,
                last.updatedBy().isEmpty() ? null : last.updatedBy(),
                last.summary().isEmpty() ? null : last.summary());
    }

    /** Nobody wants to know any more. */
    synchronized void close() {
        left = true;
        withdraw(new CancellationException("Nobody waits for an answer any more"));
    }

    private void withdraw(RuntimeException why) {
        if (reply != null) {
            reply.completeExceptionally(why);
        }
    }
}
