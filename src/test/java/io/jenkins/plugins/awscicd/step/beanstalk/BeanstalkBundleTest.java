package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Where bundles come from: a workspace on an agent, or a build. */
@WithSharedJenkins
class BeanstalkBundleTest extends BeanstalkRuns {

    private static final String UPLOADS = "elasticbeanstalk-eu-west-1-123456789012";

    @Test
    void aDirectoryOfAnAgentsWorkspaceIsOneVersionHoweverOftenItIsDeployed() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        local.aws().beanstalk().environment(environment());

        WorkflowRun run = run(Result.SUCCESS, """
                node('remote') {
                  writeFile file: 'dist/Procfile', text: 'web: ./run'
                  writeFile file: 'dist/run', text: 'hello'
                  writeFile file: 'dist/left.out', text: 'x'
                  def first = beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'dist', excludes: '*.out'
                  def second = beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'dist', excludes: '*.out'
                  echo "once ${first.versionLabel == second.versionLabel}"
                }
                """);

        List<String> keys = local.aws().s3().keys(UPLOADS);
        assertEquals(1, keys.size(), keys.toString());
        assertTrue(keys.get(0).startsWith("jenkins/web/"), keys.get(0));
        assertInOrder(run, "2 files", "[Beanstalk] Created version web-", "already exists", "once true");
        assertEquals(1, calls("CreateApplicationVersion"));
        assertEquals(2, calls("UpdateEnvironment"));
    }

    @Test
    void aFileOfAnAgentsWorkspaceIsSentAsItIs() throws Exception {
        jenkins.createOnlineSlave(Label.get("builder"));
        local.aws().beanstalk().environment(environment());
        local.aws().s3().createBucket("uploads", false);

        run(Result.SUCCESS, """
                node('builder') {
                  writeFile file: 'target/web.war', text: 'not looked at'
                  beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'target/web.war', bucket: 'uploads', keyPrefix: 'wars'
                }
                """);

        List<String> keys = local.aws().s3().keys("uploads");
        assertEquals(1, keys.size(), keys.toString());
        assertTrue(keys.get(0).startsWith("wars/") && keys.get(0).endsWith(".war"), keys.get(0));
    }

    @Test
    void whatCodeBuildHasMade() throws Exception {
        String buildspec = """
                version: 0.2
                phases:
                  build:
                    commands: ['echo web: ./run > Procfile']
                artifacts:
                  files: ['**/*']
                """;
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web").buildspec(buildspec).artifacts("artifacts", "built.zip"))
                .project(ProjectSpec.named("bare").buildspec(buildspec));
        local.aws().beanstalk().environment(environment());

        WorkflowRun run = run(Result.SUCCESS, """
                def build = codeBuild 'web'
                beanstalkDeploy application: 'web', environment: 'web-prod', bundle: build, versionLabel: 'built'
                """);

        assertInOrder(run, "[Beanstalk] Created version built", "[Beanstalk] web-prod runs built");
        WorkflowRun bare = run(Result.FAILURE, """
                def build = codeBuild 'bare'
                beanstalkDeploy application: 'web', environment: 'web-prod', bundle: build
                """);
        jenkins.assertLogContains("beanstalkDeploy bundle: 'build bare:", bare);
        jenkins.assertLogContains("did not put a single archive into S3", bare);
    }

    @Test
    void aBundleThatIsNotThereIsToldBeforeAnythingIsStarted() throws Exception {
        local.aws().beanstalk().environment(environment());

        WorkflowRun nowhere = run(
                Result.FAILURE, "beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'dist/web.zip'");
        jenkins.assertLogContains("requires a workspace", nowhere);
        WorkflowRun missing = run(
                Result.FAILURE,
                "node { beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'dist/web.zip' }");
        jenkins.assertLogContains("ERROR: bundle: 'dist/web.zip' does not exist in the workspace", missing);
        WorkflowRun directory = run(
                Result.FAILURE, "node { beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 'dist' }");
        jenkins.assertLogContains("ERROR: bundle: 'dist' does not exist in the workspace", directory);
        assertEquals(0, calls("CreateApplicationVersion"));
    }
}
