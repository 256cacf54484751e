package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.BuildStep;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

/** Freestyle jobs that have AWS build and deploy, on one Jenkins for all tests of a class. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class FreestyleBuilds {

    static final String PASSING = """
            version: 0.2
            env:
              exported-variables: [APP_VERSION]
            phases:
              build:
                commands:
                  - echo "tests of $STAGE pass"
                  - export APP_VERSION=1.4.2
                  - echo app > app.txt
            artifacts:
              files: ['**/*']
            """;

    static final String FAILING = """
            version: 0.2
            phases:
              build:
                commands:
                  - echo "one test fails" && exit 3
            """;

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    static JenkinsRule jenkins;

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        local.configure();
    }

    /** A job with these build steps and post-build steps, in order. */
    static FreeStyleProject job(BuildStep... steps) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (BuildStep step : steps) {
            if (step instanceof Builder builder) {
                job.getBuildersList().add(builder);
            } else {
                job.getPublishersList().add((Publisher) step);
            }
        }
        return job;
    }

    static FreeStyleBuild run(Result expected, BuildStep... steps) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(steps));
    }

    /** A project that is built by its buildspec, and leaves a zip file. */
    void project(String name, String buildspec) {
        local.aws().s3().createBucket("artifacts", false);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named(name).buildspec(buildspec).artifacts("artifacts", name + ".zip"));
    }

    /** Deploys web to prod, where an event takes no time to speak of. */
    GroupSpec group() {
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(group);
        return group;
    }

    static CodeDeployStep toProd(Object revision) {
        CodeDeployStep step = new CodeDeployStep();
        step.setApplication("web");
        step.setDeploymentGroup("prod");
        step.setRevision(revision);
        return step;
    }

    static CodeBuildBuilder build(String project) {
        return new CodeBuildBuilder(new CodeBuildStep(project));
    }

    Build onlyBuild() {
        List<Build> builds = local.aws().codeBuild().builds();
        assertEquals(1, builds.size(), "builds in AWS");
        return builds.get(0);
    }

    Deployment onlyDeployment() {
        List<Deployment> deployments = local.aws().codeDeploy().deployments();
        assertEquals(1, deployments.size(), "deployments in AWS");
        return deployments.get(0);
    }
}
