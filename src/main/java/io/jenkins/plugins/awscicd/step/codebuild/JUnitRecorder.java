package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Records the tests of builds as Jenkins' test results, where the JUnit plugin is there: it can be asked whether that is so without it. */
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
        JUnitResults.publish(context, build, folder);
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
