package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.matrix.Axis;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixProject;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsDownload;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.SleepBuilder;

/** CodeBuild after the build, beside other builds of the job and other post-build steps, and aborted at moments of its own. */
@WithSharedJenkins
class CodeBuildPublisherRacesTest extends FreestyleBuilds {

    private static final String NUMBERED = """
            version: 0.2
            phases:
              build:
                commands:
                  - echo "app $NUMBER" > app.txt
                  - sleep 1
            artifacts:
              files: ['**/*']
            """;

    private static CodeBuildPublisher after(CodeBuildStep step, String when) {
        CodeBuildPublisher publisher = new CodeBuildPublisher(step);
        publisher.setWhen(when);
        return publisher;
    }

    private static String archived(Run<?, ?> run, String path) throws IOException {
        try (InputStream in = run.getArtifactManager().root().child(path).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private CodeBuildStep numbered() {
        local.aws().s3().createBucket("artifacts", false);
        ProjectSpec web = ProjectSpec.named("web").buildspec(NUMBERED).artifacts("artifacts", "web.zip");
        web.node().withObject("/artifacts").put("namespaceType", "BUILD_ID");
        local.aws().codeBuild().project(web);
        CodeBuildStep step = new CodeBuildStep("web");
        step.setEnvironmentVariables(Map.of("NUMBER", "$BUILD_NUMBER"));
        ArtifactsDownload download = new ArtifactsDownload("dist");
        download.setUnzip(true);
        step.setDownload(download);
        step.setArchive(true);
        return step;
    }

    @Test
    void buildsOfOneJobAtOnceHaveEachTheirOwnArtifacts() throws Exception {
        FreeStyleProject job = job(after(numbered(), null));
        job.setConcurrentBuild(true);
        List<FreeStyleBuild> builds = List.of(
                job.scheduleBuild2(0).waitForStart(), job.scheduleBuild2(0).waitForStart());
        for (FreeStyleBuild build : builds) {
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            assertEquals("app " + build.getNumber(), archived(build, "dist/app.txt"));
        }
        assertEquals(2, local.aws().codeBuild().builds().size());
    }

    /** Whoever aborts the build does not abort what is to come after it always. */
    @Test
    void afterAnAbortedBuildItBuildsIfItAlwaysDoes() throws Exception {
        project("web", PASSING);
        FreeStyleBuild build = job(new SleepBuilder(600_000), after(new CodeBuildStep("web"), "always"))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("Sleeping", build);
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(Status.SUCCEEDED, onlyBuild().status());
    }

    /** A second abort waits for nothing, and the build is stopped all the same. */
    @Test
    void aSecondAbortEndsTheBuildAtOnce() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        local.aws().faults().on("CodeBuild.StopBuild").throttle().times(4);
        FreeStyleBuild build =
                job(after(new CodeBuildStep("web"), null)).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] Started web #1", build);
        build.getExecutor().interrupt();
        jenkins.waitForMessage("Stopping ", build);
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        Build there = onlyBuild();
        LocalAwsExtension.await(there::complete);
        assertEquals(Status.STOPPED, there.status());
    }

    @Test
    void itBuildsAfterEachBuildOfAMatrix() throws Exception {
        project("web", PASSING);
        MatrixProject job = jenkins.createProject(MatrixProject.class);
        job.setAxes(new AxisList(new Axis("OS", "linux", "mac")));
        job.getPublishersList().add(after(new CodeBuildStep("web"), null));
        jenkins.buildAndAssertSuccess(job);
        assertEquals(2, local.aws().codeBuild().builds().size());
    }
}
