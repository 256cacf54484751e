package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** An approval of what changes nothing: nobody is asked, and the Pipeline goes on. */
final class NothingToApprove extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final String stage;

    NothingToApprove(@NonNull StepContext context, @CheckForNull String stage) {
        super(context);
        this.stage = stage;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        new PipelineConsole(getContext().get(TaskListener.class), Messages.AwsApprovalStep_console())
                .line(Messages.AwsApprovalStep_nothing());
        getContext()
                .onSuccess(ApprovalResult.unasked(
                        stage, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        return true;
    }
}
