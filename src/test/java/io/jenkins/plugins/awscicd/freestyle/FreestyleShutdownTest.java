package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A build that is no Pipeline ends with the controller, and its job at AWS with it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class FreestyleShutdownTest {

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void theBuildAtAwsIsStopped() throws Throwable {
        isStopped("web-built", job -> job.getBuildersList().add(new CodeBuildBuilder(new CodeBuildStep("web"))));
    }

    @Test
    void theBuildAtAwsThatAPostBuildStepWaitsForIsStopped() throws Throwable {
        isStopped(
                "web-built-after",
                job -> job.getPublishersList().add(new CodeBuildPublisher(new CodeBuildStep("web"))));
    }

    /** It would begin while the controller waits for the one before it. */
    @Test
    void aStepThatAlwaysFollowsDoesNotBegin() throws Throwable {
        isStopped("web-built-always", job -> {
            job.getBuildersList().add(new CodeBuildBuilder(new CodeBuildStep("web")));
            CodeBuildPublisher after = new CodeBuildPublisher(new CodeBuildStep("web"));
            after.setWhen("always");
            job.getPublishersList().add(after);
        });
        assertEquals(1, local.aws().codeBuild().builds().size());
    }

    private void isStopped(String name, Consumer<FreeStyleProject> configure) throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            FreeStyleProject job = jenkins.createFreeStyleProject(name);
            configure.accept(job);
            FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("[CodeBuild] Started web #1", build);
        });
        assertEquals(Status.STOPPED, local.aws().codeBuild().builds().get(0).status());
        sessions.last(jenkins -> {
            FreeStyleBuild build = jenkins.jenkins
                    .getItemByFullName(name, FreeStyleProject.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.ABORTED, build);
            jenkins.assertLogContains("Jenkins was shut down", build);
        });
    }
}
