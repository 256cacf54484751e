package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Publisher;
import hudson.tasks.Shell;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsDownload;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.UnstableBuilder;

/** CodeBuild after the build: when it builds, and that what comes of it is the run's. */
@WithSharedJenkins
class CodeBuildPublisherTest extends FreestyleBuilds {

    private static final String TESTED = """
            version: 0.2
            phases:
              build:
                commands:
                  - printf "<testsuite name='shop'><testcase classname='Cart' name='adds'/>" > unit.xml
                  - printf "<testcase classname='Cart' name='rounds'><failure message='no'>at Cart</failure></testcase></testsuite>" >> unit.xml
            reports:
              unit:
                files: [unit.xml]
            """;

    private static CodeBuildPublisher after(CodeBuildStep step, String when) {
        CodeBuildPublisher publisher = new CodeBuildPublisher(step);
        publisher.setWhen(when);
        return publisher;
    }

    private static CodeBuildPublisher after(String project, String when) {
        return after(new CodeBuildStep(project), when);
    }

    private static Set<String> archived(Run<?, ?> run) {
        return run.getArtifacts().stream().map(it -> it.relativePath).collect(Collectors.toSet());
    }

    @Test
    void itsArtifactsAreInTheWorkspaceAndInTheRunAndAreDeployed() throws Exception {
        project("web", PASSING);
        group();
        CodeBuildStep step = new CodeBuildStep("web");
        ArtifactsDownload download = new ArtifactsDownload("dist");
        download.setUnzip(true);
        step.setDownload(download);
        step.setArchive(true);

        FreeStyleBuild build =
                run(Result.SUCCESS, after(step, null), new CodeDeployPublisher(toProd("$AWS_CODEBUILD_ARTIFACT")));

        assertEquals(
                "app", build.getWorkspace().child("dist/app.txt").readToString().strip());
        assertEquals(Set.of("dist/app.txt"), archived(build));
        jenkins.assertLogContains("[CodeDeploy] Revision s3://artifacts/web.zip", build);
    }

    @Test
    void itsTestsJoinThoseOfTheBuildAndMakeItUnstable() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec(TESTED));
        CodeBuildStep step = new CodeBuildStep("web");
        step.setTestResults("unstable");
        JUnitResultArchiver own = new JUnitResultArchiver("own.xml");

        FreeStyleBuild build = run(
                Result.UNSTABLE,
                new Shell(
                        "echo \"<testsuite name='own'><testcase classname='Own' name='passes'/></testsuite>\" > own.xml"),
                own,
                after(step, null),
                new CodeDeployPublisher(toProd("s3://artifacts/web.zip")));

        TestResultAction results = build.getAction(TestResultAction.class);
        assertEquals(List.of(3, 1), List.of(results.getTotalCount(), results.getFailCount()));
        jenkins.assertLogContains("AWS CodeDeploy: skipped, because the build is UNSTABLE", build);
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void itBuildsAfterNoWorseABuildThanIsSaid() throws Exception {
        project("web", PASSING);

        FreeStyleBuild unstable = run(Result.UNSTABLE, new UnstableBuilder(), after("web", null));
        jenkins.assertLogContains("AWS CodeBuild: skipped, because the build is UNSTABLE", unstable);
        FreeStyleBuild failed = run(Result.FAILURE, new FailureBuilder(), after("web", "unstable"));
        jenkins.assertLogContains("AWS CodeBuild: skipped, because the build is FAILURE", failed);
        assertEquals(List.of(), local.aws().codeBuild().builds());

        run(Result.UNSTABLE, new UnstableBuilder(), after("web", "unstable"));
        run(Result.FAILURE, new FailureBuilder(), after("web", "always"));
        assertEquals(2, local.aws().codeBuild().builds().size());
    }

    @Test
    void aFailureFailsTheBuildUnlessThatIsNotWanted() throws Exception {
        project("web", FAILING);
        FreeStyleBuild failed = run(Result.FAILURE, after("web", null));
        jenkins.assertLogContains("one test fails", failed);
        jenkins.assertLogContains("ERROR: web #1 failed: ", failed);

        CodeBuildStep step = new CodeBuildStep("web");
        step.setPropagate(false);
        run(Result.SUCCESS, after(step, null));
    }

    @Test
    void anAbortStopsTheBuildAtAws() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        FreeStyleBuild build = job(after("web", null)).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] Started web #1", build);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertEquals(Status.STOPPED, onlyBuild().status());
    }

    /** Whoever may choose a parameter chooses no place outside of the workspace with it, and no project of a stage. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "web; ../outside; download.to: '../outside' is outside the workspace",
                "web; /tmp/outside; download.to: '/tmp/outside' is outside the workspace",
                "prod-deploy; dist; project prod-deploy belongs to stage prod: add stage: 'prod' to the step"
            })
    void aParameterLeadsNowhereElse(String project, String directory, String why) throws Exception {
        project("web", PASSING);
        project("prod-deploy", PASSING);
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("prod-deploy");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setJobs("release/**");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        CodeBuildStep step = new CodeBuildStep("$PROJECT");
        ArtifactsDownload download = new ArtifactsDownload("${DIRECTORY}");
        download.setUnzip(true);
        step.setDownload(download);
        FreeStyleProject job = job(after(step, null));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("PROJECT", project),
                new StringParameterDefinition("DIRECTORY", directory)));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(why, build);
        assertFalse(build.getWorkspace().child("../outside").exists());
        assertFalse(new File("/tmp/outside").exists());
        assertEquals(
                0,
                local.aws().codeBuild().builds().stream()
                        .filter(it -> it.projectName().equals("prod-deploy"))
                        .count());
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void aBatchBuildsAfterTheBuildToo() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.named("web").batches().buildspec("""
                version: 0.2
                batch:
                  build-list:
                    - identifier: one
                    - identifier: two
                phases:
                  build:
                    commands:
                      - echo "builds $CODEBUILD_BATCH_BUILD_IDENTIFIER"
                """));
        CodeBuildStep step = new CodeBuildStep("web");
        step.setBatch(true);

        FreeStyleBuild build = run(Result.SUCCESS, after(step, null));

        jenkins.assertLogContains("builds one", build);
        jenkins.assertLogContains("builds two", build);
    }

    /** The form offers what comes after the build in the order of these names: a build comes before what deploys it. */
    @Test
    void itIsOfferedBeforeWhatDeploysIt() {
        List<String> offered = Publisher.all().stream()
                .filter(it -> it.clazz.getPackage().equals(CodeBuildPublisher.class.getPackage()))
                .map(it -> it.clazz.getSimpleName())
                .toList();
        assertEquals(
                List.of(true, true),
                List.of(
                        offered.indexOf("CodeBuildPublisher") < offered.indexOf("CodeDeployPublisher"),
                        offered.indexOf("CodeBuildPublisher") < offered.indexOf("BeanstalkDeployPublisher")),
                offered::toString);
    }
}
