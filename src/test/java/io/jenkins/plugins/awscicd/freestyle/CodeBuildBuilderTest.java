package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Shell;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.util.List;
import java.util.Map;
import jenkins.model.InterruptedBuildAction;
import org.junit.jupiter.api.Test;

/** CodeBuild as a build step: how it ends, and what of it later steps know. */
@WithSharedJenkins
class CodeBuildBuilderTest extends FreestyleBuilds {

    @Test
    void laterStepsKnowTheResult() throws Exception {
        project("web", PASSING);
        CodeBuildStep step = new CodeBuildStep("web");
        step.setEnvironmentVariables(Map.of("STAGE", "test"));

        FreeStyleBuild build = run(Result.SUCCESS, new CodeBuildBuilder(step), new Shell("""
                echo "id $AWS_CODEBUILD_BUILD_ID number $AWS_CODEBUILD_BUILD_NUMBER is $AWS_CODEBUILD_BUILD_STATUS"
                echo "made $AWS_CODEBUILD_ARTIFACT version $AWS_CODEBUILD_EXPORTED_APP_VERSION"
                """));

        jenkins.assertLogContains("\ntests of test pass\n", build);
        jenkins.assertLogContains("[CodeBuild] web #1 succeeded in ", build);
        jenkins.assertLogContains("id " + onlyBuild().id() + " number 1 is SUCCEEDED", build);
        jenkins.assertLogContains("made s3://artifacts/web.zip version 1.4.2", build);
        assertEquals(
                List.of(), List.of(build.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void aFailureEndsTheBuild() throws Exception {
        project("web", FAILING);

        FreeStyleBuild build = run(Result.FAILURE, build("web"), new Shell("echo went on"));

        jenkins.assertLogContains("one test fails", build);
        jenkins.assertLogContains("ERROR: web #1 failed: ", build);
        jenkins.assertLogNotContains("went on", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void aFailureNeedNotEndTheBuild() throws Exception {
        project("web", FAILING);
        CodeBuildStep step = new CodeBuildStep("web");
        step.setPropagate(false);

        FreeStyleBuild build =
                run(Result.SUCCESS, new CodeBuildBuilder(step), new Shell("echo it is $AWS_CODEBUILD_BUILD_STATUS"));

        jenkins.assertLogContains("it is FAILED", build);
    }

    @Test
    void anotherStepOfTheServiceReplacesTheResult() throws Exception {
        project("web", PASSING);
        local.aws().codeBuild().project(ProjectSpec.named("bare").buildspec(PASSING));

        FreeStyleBuild build = run(
                Result.SUCCESS,
                build("web"),
                build("bare"),
                new Shell("echo \"made '$AWS_CODEBUILD_ARTIFACT' by $AWS_CODEBUILD_BUILD_ID\""));

        jenkins.assertLogContains("made '' by bare:", build);
    }

    @Test
    void problemsAreToldBeforeAnythingIsStarted() throws Exception {
        CodeBuildStep step = new CodeBuildStep(null);
        step.setBucket("sources");

        FreeStyleBuild build = run(Result.FAILURE, new CodeBuildBuilder(step));

        jenkins.assertLogContains("ERROR: codeBuild ", build);
        jenkins.assertLogContains("project: name the CodeBuild project to build", build);
        jenkins.assertLogContains("bucket: only used with source: 'workspace'", build);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void anAbortStopsTheBuildAtAws() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        FreeStyleProject job = job(build("web"), new Shell("echo went on"));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] Started web #1", build);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(Status.STOPPED, onlyBuild().status());
        jenkins.assertLogNotContains("went on", build);
    }

    @Test
    void anAbortMayLeaveTheBuildAtAws() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        CodeBuildStep step = new CodeBuildStep("web");
        step.setOnAbort("leave");
        FreeStyleBuild build = job(new CodeBuildBuilder(step)).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] Started web #1", build);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(0, local.aws().calls().count("CodeBuild.StopBuild"));
    }

    @Test
    void whoStopsTheBuildInAwsAbortsThisOne() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", 1)
                        .variable("SIMULATED_STATUS", "STOPPED"));

        FreeStyleBuild build = run(Result.ABORTED, build("web"), new Shell("echo went on"));

        InterruptedBuildAction why = build.getAction(InterruptedBuildAction.class);
        assertTrue(
                why.getCauses().get(0).getShortDescription().startsWith("web #1 failed: "), "the run's page says why");
        jenkins.assertLogNotContains("went on", build);
    }

    @Test
    void variablesAreExpanded() throws Exception {
        project("web", PASSING);
        CodeBuildStep step = new CodeBuildStep("$PROJECT");
        step.setEnvironmentVariables(
                Map.of("STAGE", "${STAGE}-$BUILD_NUMBER", "TOKEN", Map.of("value", "$PRICE", "type", "PLAINTEXT")));
        step.setBuildspec(PASSING.replace("pass", "pass, $TOKEN, $STAGE"));
        FreeStyleProject job = job(new CodeBuildBuilder(step));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("PROJECT", "web"),
                new StringParameterDefinition("PRICE", "5"),
                new StringParameterDefinition("STAGE", "test")));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("\ntests of test-1 pass, 5, test-1\n", build);
        assertEquals("$PROJECT", step.getProject(), "the job's own step stays as it is");
    }
}
