package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An execution that is to be started for a step, or was. */
final class PreparedPipeline implements PreparedJob<PipelineSnapshot> {

    private final Scheduler scheduler;
    private final Connected<PipelineSnapshot> at;
    private final Supplier<PipelineRequest> asked;
    private final StartToken token;
    private final Gate gate;
    private final PipelineProgressLog progressLog;
    private final RemoteJob<PipelineSnapshot> job;

    PreparedPipeline(
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull PipelineRequest kept,
            @NonNull Supplier<PipelineRequest> asked,
            @NonNull StartToken token,
            @NonNull Gate gate,
            boolean abandons) {
        this.scheduler = scheduler;
        this.at = at;
        this.asked = asked;
        this.token = token;
        this.gate = gate;
        this.progressLog = new PipelineProgressLog(at.session(), at.console(), at.journal());
        StageRetry retry = new StageRetry(at.session(), scheduler, at.console(), at.journal(), kept.retries());
        this.job = new RemoteJob<>(
                at.session(),
                new PipelineService(kept.pipeline(), kept.retries() > 0, abandons),
                progressLog,
                at.console(),
                at.listener(),
                scheduler,
                watcher,
                retry);
        retry.onAnswer(job::reconsider);
    }

    @Override
    public RemoteJob<PipelineSnapshot> job() {
        return job;
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
    public CompletableFuture<JobResult> start(boolean again) {
        PipelineRequest request = asked.get();
        if (!again) {
            request.doubts().forEach(at.console()::line);
        }
        Runnable guards = () -> gate.pass(
                new Gate.Where(request.pipeline(), request.pipeline(), null),
                new Gate.What(request.revision(), request::revision));
        job.start(new PipelineStarter(
                at.session(), scheduler, request.toStart(token.token()), guards, at.console(), at.journal()));
        return null;
    }

    @Override
    public Verdict verdict(List<PipelineSnapshot> executions) {
        PipelineSnapshot first = executions.get(0);
        PipelineResult result = result(executions);
        return new Verdict(
                switch (first.status()) {
                    case "Succeeded" -> Verdict.End.SUCCEEDED;
                    case "Superseded" -> Verdict.End.SUPERSEDED;
                    case "Stopped", "Cancelled" -> Verdict.End.STOPPED;
                    default -> Verdict.End.FAILED;
                },
                result.summary(),
                result.getConsoleUrl());
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
