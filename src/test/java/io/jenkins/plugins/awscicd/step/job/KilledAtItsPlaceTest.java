package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionComponent;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.ExtensionFilter;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@OwnJenkins
class KilledAtItsPlaceTest {

    private static final AtomicBoolean kill = new AtomicBoolean();

    /** Its own, for the extensions. */
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final LocalAwsExtension local = new LocalAwsExtension();

    /** The moment between a step's being known to its run and its asking for the console, which a killed run has not got. */
    @Test
    void aRunThatIsKilledWhileItsStepTakesItsPlaceLeavesNoBuildRunning() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            jenkins.waitForMessage(
                    "PROVISIONING", RestartedRuns.start(jenkins, "delivery", "codeBuild project: 'web'"));
            kill.set(true);
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(
                    Result.ABORTED, jenkins.waitForCompletion(RestartedRuns.run(jenkins, "delivery")));
            LocalAwsExtension.await(
                    () -> local.aws().codeBuild().builds().get(0).status() == Status.STOPPED);
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    @TestExtension
    public static final class Killing extends LeftBehind {
        @Override
        boolean started(@NonNull Run<?, ?> run, @NonNull RemoteJobExecution<?> execution) {
            boolean goesOn = super.started(run, execution);
            if (kill.getAndSet(false)) {
                ((WorkflowRun) run).doKill();
            }
            return goesOn;
        }
    }

    @TestExtension
    public static final class WithoutOriginal extends ExtensionFilter {
        @Override
        public <T> boolean allows(Class<T> type, ExtensionComponent<T> component) {
            return component.getInstance().getClass() != LeftBehind.class;
        }
    }
}
