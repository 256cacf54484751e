package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import io.jenkins.plugins.awscicd.step.job.RunJournal;
import io.jenkins.plugins.awscicd.step.job.Verdict;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A build on CodeBuild in the life of a Pipeline. */
final class CodeBuildStepExecution extends RemoteJobExecution<BuildSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to start, its variables apart; null once it is started. */
    private volatile BuildRequest request;
    /** The request's environment variables; null once it is started. */
    private volatile SealedVariables variables;
    /** What the console shows of the build's log. */
    private final LogMode log;

    CodeBuildStepExecution(
            @NonNull StepContext context, @NonNull CodeBuildStep step, @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        BuildRequest wanted = step.request(stage);
        this.request = wanted.withoutVariables();
        this.variables = new SealedVariables(wanted.variables());
        this.log = LogMode.of(step.getLog());
    }

    @Override
    protected String service() {
        return "CodeBuild";
    }

    @Override
    protected String subject() {
        BuildRequest wanted = request;
        return wanted == null ? "" : wanted.project();
    }

    @Override
    protected void admit() {
        gate().admitBuild(request.project());
    }

    @Override
    protected RemoteJob<BuildSnapshot> job(
            AwsSession session, JobConsole console, RunJournal journal, RemoteJob.Listener<BuildSnapshot> listener) {
        return codeBuild().job(session, console, journal, log, listener);
    }

    @Override
    protected void launch(RemoteJob<BuildSnapshot> job, AwsSession session, JobConsole console, boolean again) {
        BuildRequest whole = request.withVariables(variables.open());
        // An aborted step has nothing to upload any more: what it may have started before a restart is only looked for.
        if (!whole.fromWorkspace() || isAborted()) {
            job.start(codeBuild().starter(session, whole, token(), chosen(), again, console));
            return;
        }
        fromWorkspace(job, again, () -> codeBuild().started(session, whole, token(), chosen()), (workspace, owner) -> {
            BuildRequest uploaded = codeBuild().upload(session, whole, workspace, owner, console);
            // Again or not: whether there is a build of ours is known by now.
            job.start(codeBuild().starter(session, uploaded, token(), chosen(), false, console));
        });
    }

    @Override
    protected void launched() {
        request = null;
        variables = null;
    }

    @Override
    protected JobResult result(AwsSession session, List<BuildSnapshot> builds) {
        return CodeBuild.result(session, last(builds));
    }

    @Override
    protected Verdict verdict(AwsSession session, List<BuildSnapshot> builds) {
        BuildSnapshot last = last(builds);
        String url = CodeBuild.consoleUrl(session, last);
        if (last.succeeded()) {
            return new Verdict(Result.SUCCESS, last.name(), url);
        }
        return new Verdict(
                "STOPPED".equals(last.status()) ? Result.ABORTED : Result.FAILURE,
                Messages.CodeBuildStepExecution_failed(last.name(), last.cause()),
                url);
    }

    /** Of a build that AWS has tried again by itself, the last try counts. */
    private static BuildSnapshot last(List<BuildSnapshot> builds) {
        return builds.get(builds.size() - 1);
    }

    private static CodeBuild codeBuild() {
        return AwsConnections.get().engine().codeBuild();
    }
}
