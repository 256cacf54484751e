package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.matrix.AxisList;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.matrix.MatrixRun;
import hudson.matrix.TextAxis;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.StreamBuildListener;
import hudson.tasks.Shell;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.UnstableBuilder;

/** CodeDeploy as a build step and after the build, and other kinds of jobs than freestyle. */
@WithSharedJenkins
class CodeDeployFreestyleTest extends FreestyleBuilds {

    private static final String ZIP = "s3://artifacts/web.zip";

    private static CodeDeployPublisher after(Object revision, String when) {
        CodeDeployPublisher publisher = new CodeDeployPublisher(toProd(revision));
        publisher.setWhen(when);
        return publisher;
    }

    @Test
    void whatWasBuiltIsDeployed() throws Exception {
        project("web", PASSING);
        group();

        FreeStyleBuild build = run(
                Result.SUCCESS,
                build("web"),
                new CodeDeployBuilder(toProd("$AWS_CODEBUILD_ARTIFACT")),
                new Shell(
                        "echo \"$AWS_CODEDEPLOY_DEPLOYMENT_ID $AWS_CODEDEPLOY_DEPLOYMENT_STATUS $AWS_CODEDEPLOY_REVISION\""));

        jenkins.assertLogContains("[CodeDeploy] Revision " + ZIP, build);
        jenkins.assertLogContains(onlyDeployment().id() + " Succeeded " + ZIP, build);
    }

    @Test
    void deploysAfterABuildThatHasSucceeded() throws Exception {
        project("web", PASSING);
        group();

        FreeStyleBuild build =
                run(Result.SUCCESS, build("web"), after(Map.of("key", "$AWS_CODEBUILD_ARTIFACT", "type", "zip"), null));

        jenkins.assertLogContains("[CodeDeploy] Revision " + ZIP, build);
        assertEquals(DeploymentStatus.SUCCEEDED, onlyDeployment().status());
    }

    @Test
    void deploysAfterNoWorseABuildThanIsSaid() throws Exception {
        group();

        FreeStyleBuild failed = run(Result.FAILURE, new FailureBuilder(), after(ZIP, "unstable"));
        jenkins.assertLogContains("AWS CodeDeploy: skipped, because the build is FAILURE", failed);
        FreeStyleBuild unstable = run(Result.UNSTABLE, new UnstableBuilder(), after(ZIP, null));
        jenkins.assertLogContains("AWS CodeDeploy: skipped, because the build is UNSTABLE", unstable);
        assertEquals(List.of(), local.aws().codeDeploy().deployments());

        run(Result.UNSTABLE, new UnstableBuilder(), after(ZIP, "unstable"));
        run(Result.FAILURE, new FailureBuilder(), after(ZIP, "always"));
        assertEquals(2, local.aws().codeDeploy().deployments().size());
    }

    @Test
    void aWordThatIsNotKnownIsNamed() throws Exception {
        FreeStyleBuild build = run(Result.FAILURE, after(ZIP, "sometimes"));

        jenkins.assertLogContains(
                "when is 'sometimes', which is not known; use one of stable, unstable, always", build);
    }

    @Test
    void aFailureAfterTheBuildFailsIt() throws Exception {
        GroupSpec group = group();
        group.simulation()
                .fail("ValidateService", Diagnostics.scriptFailed("scripts/check.sh", 3, "[stderr]no such port"));

        FreeStyleBuild build = run(Result.FAILURE, after(ZIP, null));

        jenkins.assertLogContains("[stderr]no such port", build);
        jenkins.assertLogContains("ERROR: web to prod failed", build);
    }

    @Test
    void anAbortAfterTheBuildStopsTheDeployment() throws Exception {
        group().simulation().event("Install", Duration.ofSeconds(600));
        FreeStyleBuild build = job(after(ZIP, null)).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeDeploy] Revision " + ZIP, build);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(DeploymentStatus.STOPPED, onlyDeployment().status());
    }

    @Test
    void eachConfigurationOfAMatrixHasABuild() throws Exception {
        project("web", PASSING);
        CodeBuildStep step = new CodeBuildStep("web");
        step.setEnvironmentVariables(Map.of("STAGE", "$AXIS"));
        MatrixProject job = jenkins.createProject(MatrixProject.class);
        job.setAxes(new AxisList(new TextAxis("AXIS", "dev", "test")));
        job.getBuildersList().add(new CodeBuildBuilder(step));
        job.getBuildersList().add(new Shell("echo \"id is $AWS_CODEBUILD_BUILD_ID\""));

        MatrixBuild build = jenkins.buildAndAssertSuccess(job);

        assertEquals(2, build.getExactRuns().size());
        for (MatrixRun run : build.getExactRuns()) {
            jenkins.assertLogContains("tests of " + run.getBuildVariables().get("AXIS") + " pass", run);
            jenkins.assertLogContains("id is web:", run);
        }
    }

    /** As builds of other kinds than freestyle may have none. */
    @Test
    void noWorkspaceIsNeeded() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        FreeStyleBuild build = new FreeStyleBuild(job());
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        StreamBuildListener listener = new StreamBuildListener(log, StandardCharsets.UTF_8);

        assertTrue(build("web").perform(build, jenkins.createLocalLauncher(), listener));

        assertTrue(log.toString(StandardCharsets.UTF_8).contains("[CodeBuild] web #1 succeeded in "), log::toString);
    }
}
