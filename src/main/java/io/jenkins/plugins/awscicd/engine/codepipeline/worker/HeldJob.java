package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.Claim.Phase;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.InvalidNonceException;
import software.amazon.awssdk.services.codepipeline.model.JobNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.JobStatus;

/**
 * One action on its way from the offer to its result. Whatever it is to tell AWS next, it makes one call at a time, and has on disk before
 * it what the call may bring about. All of it runs on its worker's {@code Serial}.
 */
final class HeldJob {

    /** Before the artifacts' access, or the job's hour, is over, whichever it is. */
    private static final Duration RENEWAL = Duration.ofMinutes(20);

    private final JobWorker worker;
    private final DetailQuestions questions = new DetailQuestions();
    private final PolledTime missing = new PolledTime();
    private final Absence absence = new Absence();
    private final OneCall calls;
    private final CompletableFuture<Boolean> ours = new CompletableFuture<>();
    private Claim claim;
    private boolean wanted;
    private boolean linked; // AWS shows the run
    /** AWS does not let us continue it, and may have done so before. */
    private boolean denied;
    /** Since when it is in this phase. */
    private Moment since;

    HeldJob(@NonNull JobWorker worker, @NonNull Claim claim, boolean restored) {
        this.worker = worker;
        this.claim = claim;
        this.calls = new OneCall(worker::execute, restored && claim.phase() != Phase.OFFERED);
        this.linked = restored && claim.run() != null;
        this.since = worker.moment();
    }

    Claim claim() {
        return claim;
    }

    /** Whether AWS is being told that it is ours, with a nonce that a poll might outdate. */
    boolean isTellingOurs() {
        return claim.phase() == Phase.ACKNOWLEDGING && calls.isBusy();
    }

    /** Whether the next poll matters to it. */
    boolean isWaiting() {
        return claim.phase() == Phase.CONTINUING && !calls.isBusy()
                || claim.phase() == Phase.OFFERED && claim.nonce().isEmpty();
    }

    private void keep(Claim changed) {
        worker.host().keep(changed); // fails if it cannot be kept: then nothing has changed
        if (changed.phase() != claim.phase()) {
            since = worker.moment();
            missing.begin();
            denied = false;
        }
        claim = changed;
    }

    /** Its turn has come: it is to be ours. Tells whether it is. */
    CompletableFuture<Boolean> acknowledge() {
        wanted = true;
        if (claim.phase() == Phase.HELD || claim.phase() == Phase.CONTINUING) {
            ours.complete(claim.isToBegin());
        }
        go();
        return ours;
    }

    void runs(String run) {
        if (claim.run() == null) {
            keep(claim.with(run, claim.result()));
            go();
        }
    }

    /** The first result counts. */
    void end(WorkResult result) {
        if (claim.result() == null) {
            keep(claim.with(claim.run(), result));
            questions.close();
            go();
        }
    }

    CompletableFuture<ActionJob> details() {
        CompletableFuture<ActionJob> answer = questions.ask();
        go();
        return answer;
    }

    /** A poll has brought the job that this one is about to acknowledge. */
    void offered(String nonce) {
        if (isTellingOurs()) {
            calls.came(claim.of(Phase.ACKNOWLEDGING, claim.jobId(), nonce));
        } else if (claim.phase() == Phase.OFFERED && !calls.isBusy()) {
            missing.begin();
            if (!claim.nonce().equals(nonce)) {
                claim = claim.of(Phase.OFFERED, claim.jobId(), nonce); // of use to this process alone, until it is used
            }
            go();
        }
    }

    /** A poll has brought the job by which the action goes on. */
    void continued(String jobId, String nonce) {
        Claim following = claim.of(Phase.ACKNOWLEDGING, jobId, nonce);
        if (calls.isBusy()) {
            calls.came(following);
        } else if (!claim.jobId().equals(jobId) || claim.phase() != Phase.HELD) {
            linked = true;
            calls.certain();
            keep(following);
            go();
        }
    }

    /** A poll has come back; whoever does the work is asked for, as it may be lost. */
    void polled(boolean offered) {
        if (calls.isBusy() || calls.isEnded()) {
            return;
        }
        missing.polled(worker.moment());
        if (claim.phase() == Phase.OFFERED && !offered && missing.isMissing()) {
            lost("Another worker has taken it, or its action has ended");
        } else if (claim.phase() == Phase.CONTINUING && denied && missing.isMissing()) {
            linked = true;
            hold(); // it was never continued
        } else if (claim.phase() == Phase.CONTINUING && missing.isOver()) {
            lost("AWS has made no further job of it: its action has ended");
        } else if (claim.result() == null && absence.lasts(worker.host().standing(claim), worker.moment())) {
            gone();
        }
        go();
    }

    private void gone() {
        if (claim.phase() == Phase.OFFERED && !wanted) {
            leave(); // the next poll offers it again
        } else {
            end(WorkResult.lost());
        }
    }

    /** Nobody begins with anything any more. */
    void giveBack() {
        if (claim.phase() == Phase.OFFERED && !wanted && claim.result() == null) {
            lost("Its action type is not configured any more");
        }
    }

    /** Does what comes next. */
    void go() {
        if (!calls.isFree() || !worker.isConnected()) {
            return;
        }
        switch (claim.phase()) {
            case OFFERED -> {
                if ((wanted || claim.result() != null) && !claim.nonce().isEmpty()) {
                    keep(claim.in(Phase.ACKNOWLEDGING));
                    reportOurs();
                }
            }
            case ACKNOWLEDGING -> reportOurs();
            case HELD -> held();
            case CONTINUING -> {
                if (calls.isUncertain()) {
                    reportContinued();
                }
            }
        }
    }

    private void held() {
        if (claim.result() != null) {
            reportEnd();
        } else if (!questions.isEmpty()) {
            questions.answer(calls, worker.calls().details(claim), this::go);
        } else if (claim.run() != null
                && (!linked || since.until(worker.moment()).compareTo(RENEWAL) > 0)) {
            keep(claim.in(Phase.CONTINUING));
            reportContinued();
        }
    }

    private void reportOurs() {
        calls.make(worker.calls().acknowledge(claim, calls::unanswered), (status, failure) -> {
            if (status == JobStatus.IN_PROGRESS) {
                hold();
            } else if (failure == null) {
                lost("AWS says that it is " + status);
            } else if (failure instanceof InvalidNonceException) {
                refused();
            } else if (failure instanceof JobNotFoundException) {
                lost("AWS does not know it any more");
            } else {
                later(WorkerCalls.ACKNOWLEDGE, failure);
            }
        });
    }

    private void hold() {
        calls.certain();
        keep(claim.in(Phase.HELD));
        ours.complete(claim.isToBegin());
        go();
    }

    /** Others have it, or the nonce is an old one, or AWS had heard us the first time. */
    private void refused() {
        Claim again = calls.whatCame();
        if (again != null) {
            keep(again); // it is still anybody's, with another nonce
            go();
        } else if (!calls.isUncertain()) {
            keep(claim.of(claim.run() == null ? Phase.OFFERED : Phase.CONTINUING, claim.jobId(), ""));
        } else {
            keep(worker.source().exclusive() || claim.run() != null ? claim : claim.with(null, WorkResult.uncertain()));
            hold();
        }
    }

    private void reportContinued() {
        calls.make(
                worker.calls().continueWith(claim, worker.source().token(claim.id()), linked, calls::unanswered),
                (none, failure) -> {
                    Claim following = calls.whatCame();
                    if (following != null
                            || failure == null
                            || failure instanceof InvalidJobStateException && calls.isUncertain()) {
                        calls.certain();
                        linked = true;
                        if (following == null) {
                            worker.nudge();
                        } else {
                            continued(following.jobId(), following.nonce());
                        }
                    } else if (failure instanceof InvalidJobStateException || failure instanceof JobNotFoundException) {
                        lost("AWS has ended the action: " + AwsCallException.said(failure));
                    } else if (calls.isUncertain()) {
                        denied = AwsFault.of(failure) == AwsFault.DENIED;
                        later(WorkerCalls.SUCCEED, failure);
                    } else {
                        worker.failed(WorkerCalls.SUCCEED, failure);
                        linked = true; // there is no link, and the work goes on
                        hold();
                    }
                });
    }

    private void reportEnd() {
        WorkResult result = Objects.requireNonNull(claim.result(), "asked for before");
        calls.make(worker.calls().end(claim, result, calls::unanswered), (none, failure) -> {
            switch (ResultAnswer.of(result, failure)) {
                case TAKEN -> leave();
                case ENDED -> {
                    if (!calls.isUncertain()) {
                        worker.failed(WorkerCalls.ending(result), failure);
                    }
                    leave();
                }
                case REFUSED -> {
                    keep(claim.with(claim.run(), WorkResult.refused(AwsCallException.said(failure))));
                    go();
                }
                case LATER -> later(WorkerCalls.ending(result), failure);
            }
        });
    }

    private void later(String action, Throwable failure) {
        worker.failed(action, failure);
        calls.pause(worker::later, this::go);
    }

    private void lost(String why) {
        worker.host().lost(claim, why);
        leave();
    }

    private void leave() {
        calls.end();
        ours.complete(false);
        questions.close();
        worker.host().forget(claim);
        worker.held().remove(this);
    }
}
