package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.TestResultAction;
import hudson.tasks.junit.pipeline.JUnitResultsStepExecution;
import hudson.tasks.test.PipelineTestDetails;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Records the tests of builds as Jenkins' test results. Only where the JUnit plugin is there: nothing else here needs it. */
final class JUnitRecorder implements TestRecorder {

    private static final Logger LOGGER = Logger.getLogger(JUnitRecorder.class.getName());

    private final StepContext context;
    private final TestResults mode;

    JUnitRecorder(@NonNull StepContext context, @NonNull TestResults mode) {
        this.context = context;
        this.mode = mode;
    }

    /** Whether the JUnit plugin is there. */
    static boolean isAvailable() {
        return Jenkins.get().getPlugin("junit") != null;
    }

    @Override
    public TestResults mode() {
        return mode;
    }

    @Override
    public CompletableFuture<Void> record(String build, Path folder) {
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        AwsConnections connections = AwsConnections.get();
        connections.uploads().execute(() -> {
            Throwable failure = null;
            try {
                publish(build, folder);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = e;
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
            if (failure == null) {
                recorded.complete(null);
            } else if (!connections
                    .isClosing()) { // else it fails for that reason alone, and is done again after the restart
                recorded.completeExceptionally(failure);
            }
        });
        return recorded;
    }

    private void publish(String build, Path folder) throws IOException, InterruptedException {
        if (!isAvailable()) {
            throw new AbortException(Messages.CodeBuildStep_noJUnit());
        }
        Run<?, ?> run = Objects.requireNonNull(context.get(Run.class));
        if (isRecorded(run, build)) {
            return;
        }
        JUnitResultArchiver archiver = new JUnitResultArchiver("*.xml");
        archiver.setAllowEmptyResults(true);
        TaskListener listener = Objects.requireNonNull(context.get(TaskListener.class));
        JUnitResultArchiver.parseAndSummarize(
                archiver,
                details(context.get(FlowNode.class)),
                run,
                new FilePath(folder.toFile()),
                new Launcher.LocalLauncher(listener),
                listener);
        run.save(); // the step keeps that they are recorded, which has to be true after a crash
    }

    /** Recorded before a restart, which came before that was kept. */
    private static boolean isRecorded(Run<?, ?> run, String build) {
        TestResultAction action = run.getAction(TestResultAction.class);
        return action != null && action.getResult().getSuites().stream().anyMatch(suite -> build.equals(suite.getId()));
    }

    /** Where in the Pipeline; null in other jobs. */
    @CheckForNull
    private static PipelineTestDetails details(@CheckForNull FlowNode node) {
        if (node == null) {
            return null;
        }
        List<FlowNode> blocks = JUnitResultsStepExecution.getEnclosingStagesAndParallels(node);
        PipelineTestDetails details = new PipelineTestDetails();
        details.setNodeId(node.getId());
        details.setEnclosingBlocks(JUnitResultsStepExecution.getEnclosingBlockIds(blocks));
        details.setEnclosingBlockNames(JUnitResultsStepExecution.getEnclosingBlockNames(blocks));
        return details;
    }

    @Override
    public void unstable(String why) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(why));
            }
            Objects.requireNonNull(context.get(Run.class)).setResult(Result.UNSTABLE);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot make a run unstable: " + why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
