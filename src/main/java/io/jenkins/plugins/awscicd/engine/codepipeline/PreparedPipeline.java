package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.job.follow.FollowedJobs;
import io.jenkins.plugins.awscicd.engine.job.follow.JobFollower;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An execution that is to be started for a step, or was, or with which something is to be done. */
final class PreparedPipeline implements PreparedJob<PipelineSnapshot> {

    private final Scheduler scheduler;
    private final Connected<PipelineSnapshot> at;
    private final PipelineRequest kept;
    private final Supplier<PipelineRequest> asked;
    private final StartToken token;
    private final Gate gate;
    private final PipelineProgressLog progressLog;
    /** Null if nobody is asked. */
    private final ManualApprovals approvals;

    private final StageRetry retry;
    private final RemoteJob<PipelineSnapshot> job;
    private volatile boolean unwanted;

    PreparedPipeline(
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull Map<String, JobFollower> followers,
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull PipelineRequest kept,
            @NonNull Supplier<PipelineRequest> asked,
            @NonNull StartToken token,
            @NonNull Gate gate,
            @CheckForNull PipelineConsent consent,
            boolean abandons) {
        this.scheduler = scheduler;
        this.at = at;
        this.kept = kept;
        this.asked = asked;
        this.token = token;
        this.gate = gate;
        PipelineOperation operation = kept.operation();
        this.progressLog = new PipelineProgressLog(at.session(), at.console(), at.journal(), operation);
        this.approvals =
                consent == null || !kept.asks() ? null : new ManualApprovals(at, scheduler, consent, this::pass);
        boolean goesOn = operation == PipelineOperation.OVERRIDE;
        PipelineService service = new PipelineService(kept.pipeline(), goesOn || kept.retries() > 0, abandons);
        this.retry = new StageRetry(at, scheduler, service, kept, this::pass);
        EndCondition<PipelineSnapshot> end = goesOn ? new StaleFailure(scheduler, retry) : retry;
        ProgressLog<PipelineSnapshot> log = approvals == null ? progressLog : new ApprovalsLog(progressLog, approvals);
        if (kept.followsActions()) {
            boolean starts = operation == PipelineOperation.START || operation == PipelineOperation.ROLLBACK;
            log = new ActionsLog(
                    log,
                    new FollowedJobs(at.session(), at.console(), at.journal(), scheduler, followers, starts, false));
        }
        this.job = new RemoteJob<>(at.session(), service, log, at.console(), at.listener(), scheduler, watcher, end);
        retry.of(job::isToBeStopped, job::reconsider);
        if (approvals != null) {
            approvals.listen(job::expedite, job::fail);
        }
    }

    /** Fails unless what is asked for may be done now. */
    private void pass() {
        gate.pass(
                new Gate.Where(kept.pipeline(), kept.pipeline(), null),
                new PipelineContent(at.session(), kept).what(gate));
    }

    @Override
    public RemoteJob<PipelineSnapshot> job() {
        return job;
    }

    @Override
    public void unwanted() {
        unwanted = true;
        at.session().letUnwantedLeave();
        retry.unwanted();
        if (approvals != null) {
            approvals.close();
        }
    }

    @Override
    public boolean uploads() {
        return false;
    }

    @Override
    public void upload() {
        throw new IllegalStateException("Nothing is uploaded for a pipeline");
    }

    @Override
    public CompletableFuture<? extends JobResult> start(boolean again) {
        if (!kept.operation().follows()) {
            return Transition.change(at, kept, this::pass, () -> !unwanted);
        }
        if (kept.operation() != PipelineOperation.START) {
            job.start(new ControlStart(at, scheduler, kept, this::pass));
            return null;
        }
        PipelineRequest request = asked.get();
        if (!again) {
            request.doubts().forEach(at.console()::line);
        }
        job.start(new PipelineStarter(
                at.session(), scheduler, request.toStart(token.token()), this::pass, at.console(), at.journal()));
        return null;
    }

    @Override
    public Verdict verdict(List<PipelineSnapshot> executions) {
        PipelineSnapshot first = executions.get(0);
        PipelineResult result = result(executions);
        return new Verdict(end(first), result.summary(), result.getConsoleUrl());
    }

    /** An execution that was to be stopped may have come to any end before. */
    private Verdict.End end(PipelineSnapshot first) {
        if (kept.operation() == PipelineOperation.STOP && first.isAtRest()) {
            return Verdict.End.SUCCEEDED;
        }
        return switch (first.status()) {
            case "Succeeded" -> Verdict.End.SUCCEEDED;
            case "Superseded" -> Verdict.End.SUPERSEDED;
            case "Stopped", "Cancelled" -> Verdict.End.STOPPED;
            default -> first.isRejected() ? Verdict.End.STOPPED : Verdict.End.FAILED;
        };
    }

    @Override
    public PipelineResult result(List<PipelineSnapshot> executions) {
        PipelineSnapshot first = executions.get(0);
        return new PipelineResult(
                executions,
                progressLog.variables(),
                AwsConsole.pipelineExecution(at.session().region(), first.pipeline(), first.id()));
    }
}
