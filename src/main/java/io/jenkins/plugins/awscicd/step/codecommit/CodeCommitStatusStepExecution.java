package io.jenkins.plugins.awscicd.step.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus;
import io.jenkins.plugins.awscicd.engine.codecommit.RunState;
import io.jenkins.plugins.awscicd.engine.codecommit.StatusRequest;
import io.jenkins.plugins.awscicd.scm.BuiltPullRequest;
import io.jenkins.plugins.awscicd.scm.PullRequestReport;
import io.jenkins.plugins.awscicd.step.job.LookExecution;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import io.jenkins.plugins.awscicd.step.job.StageGate;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Tells the pull request, and again after a restart: the comment stays one, and an approval is what it is. */
final class CodeCommitStatusStepExecution extends LookExecution<Void> {

    private static final long serialVersionUID = 1L;

    private final String pullRequest;
    private final String commit;
    private final String state;
    private final String message;
    private final boolean approve;
    private final boolean ownAccess;
    private final String author;

    CodeCommitStatusStepExecution(
            @NonNull StepContext context, @NonNull CodeCommitStatusStep step, @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        this.pullRequest = step.getPullRequest();
        this.commit = step.getCommit();
        this.state = step.getState();
        this.message = step.getMessage();
        this.approve = step.isApprove();
        this.ownAccess = step.hasOwnAccess();
        this.author = ownAccess ? step.getStage() + "|" + step.getCredentialsId() + "|" + step.getRole() : null;
    }

    @Override
    protected String service() {
        return "CodeCommit";
    }

    /** Without an access of its own, that of the branch source: its identity is known to the repository. */
    @Override
    @NonNull
    protected AwsAccess access(@NonNull Run<?, ?> run) throws IOException {
        Optional<BuiltPullRequest> built = ownAccess ? Optional.empty() : BuiltPullRequest.of(run);
        return built.isPresent() ? built.get().source().access() : super.access(run);
    }

    /** A comment changes nothing that is served, but it is the stage that makes it, and may approve. */
    @Override
    protected void admit(@NonNull StageGate asked) {
        asked.admitLook();
    }

    @Override
    @NonNull
    protected CompletableFuture<Void> look(@NonNull AwsSession session, @NonNull StageGate asked) {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            BuiltPullRequest built = BuiltPullRequest.of(run).orElse(null);
            String id = pullRequest != null ? pullRequest : built == null ? null : built.id();
            if (id == null) {
                throw new AbortException("codeCommitStatus pullRequest: this run builds no pull request of CodeCommit;"
                        + " name one, such as codeCommitStatus pullRequest: '7'");
            }
            boolean own = built != null && id.equals(built.id());
            String of = commit != null ? commit : own ? built.commit() : null;
            if (approve && of == null) {
                throw new AbortException("codeCommitStatus commit: name the commit that is approved,"
                        + " such as codeCommitStatus commit: env.GIT_COMMIT");
            }
            RunState told = shown(run);
            PipelineConsole console = new PipelineConsole(getContext().get(TaskListener.class), service());
            PullRequestStatus status = new PullRequestStatus(new CodeCommit(session), id, of);
            return new PullRequestReport(run, session.region(), id, of, author, console::line)
                    .post(status, told, message, approve)
                    .whenComplete((done, failure) -> console.close());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        }
    }

    private RunState shown(Run<?, ?> run) throws AbortException {
        try {
            return new StatusRequest(pullRequest, commit, state, message, approve)
                    .shown(PullRequestReport.state(run.getResult()));
        } catch (IllegalArgumentException e) {
            throw new AbortException("codeCommitStatus " + e.getMessage());
        }
    }
}
