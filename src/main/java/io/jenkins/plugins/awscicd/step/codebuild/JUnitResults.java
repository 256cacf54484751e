package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.TestResultAction;
import hudson.tasks.junit.pipeline.JUnitResultsStepExecution;
import hudson.tasks.test.PipelineTestDetails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Jenkins' test results. Cannot be loaded without the JUnit plugin: nothing else here needs it. */
final class JUnitResults {

    private JUnitResults() {}

    /** Adds the test cases of a build's reports to those of the run, once. */
    static void publish(@NonNull StepContext context, @NonNull String build, @NonNull Path folder)
            throws IOException, InterruptedException {
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
}
