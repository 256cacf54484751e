package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What is deployed: from a build, from a workspace on an agent, or nothing at all. */
@WithSharedJenkins
class CodeDeployRevisionTest extends CodeDeployRuns {

    private static final String BUILDSPEC = """
            version: 0.2
            phases:
              build:
                commands: ['echo app > app.txt']
            artifacts:
              files: ['**/*']
            """;

    @Test
    void whatCodeBuildHasMade() throws Exception {
        local.aws().s3().createBucket("artifacts", false);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web").buildspec(BUILDSPEC).artifacts("artifacts", "web.zip"))
                .project(ProjectSpec.named("bare").buildspec(BUILDSPEC));
        local.aws().codeDeploy().group(group());

        WorkflowRun run = run(Result.SUCCESS, """
                def build = codeBuild 'web'
                def done = codeDeploy application: 'web', deploymentGroup: 'prod', revision: build
                echo "first ${done.revision.location}"
                done = codeDeploy application: 'web', deploymentGroup: 'prod', revision: build.artifacts[0]
                echo "second ${done.revision.location}"
                """);

        assertInOrder(run, "first s3://artifacts/web.zip", "second s3://artifacts/web.zip");
        WorkflowRun bare = run(Result.FAILURE, """
                def build = codeBuild 'bare'
                codeDeploy application: 'web', deploymentGroup: 'prod', revision: build
                """);
        jenkins.assertLogContains("codeDeploy revision: 'build bare:", bare);
        jenkins.assertLogContains("did not put a single archive into S3", bare);
    }

    @Test
    void anAgentsWorkspace() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        local.aws().s3().createBucket("uploads", false);
        local.aws().codeDeploy().group(group());

        WorkflowRun run = run(Result.SUCCESS, """
                node('remote') {
                  writeFile file: 'app/appspec.yml', text: 'version: 0.0\\nos: linux\\nfiles:\\n  - source: web.txt\\n    destination: /srv\\n'
                  writeFile file: 'app/web.txt', text: 'hello'
                  writeFile file: 'app/left.out', text: 'x'
                  codeDeploy application: 'web', deploymentGroup: 'prod', revision: 'workspace', bucket: 'uploads', directory: 'app', excludes: '*.out'
                }
                """);

        jenkins.assertLogContains("2 files", run);
        List<String> keys = local.aws().s3().keys("uploads");
        assertEquals(1, keys.size());
        assertTrue(keys.get(0).startsWith("jenkins/web/"), keys.get(0));
        jenkins.assertLogContains("[CodeDeploy] Revision s3://uploads/" + keys.get(0), run);
    }

    @Test
    void anAppSpecFileIsCheckedBeforeAnythingIsSent() throws Exception {
        local.aws().s3().createBucket("uploads", false);
        local.aws().codeDeploy().group(group());
        String deploy =
                "codeDeploy application: 'web', deploymentGroup: 'prod', revision: 'workspace', bucket: 'uploads'";

        WorkflowRun none = run(Result.FAILURE, "node { writeFile file: 'web.txt', text: 'x'\n" + deploy + " }");
        jenkins.assertLogContains("appspec: there is no appspec.yml at the top of the workspace", none);

        WorkflowRun wrong = run(Result.FAILURE, """
                node {
                  writeFile file: 'appspec.yml', text: 'version: 0.0\\nos: linux\\nhooks:\\n  AfterInstal:\\n    - location: check.sh\\n'
                """ + deploy + "\n}");
        jenkins.assertLogContains("appspec: appspec.yml has hooks for AfterInstal", wrong);
        jenkins.assertLogContains("names files that are not in the revision: check.sh", wrong);

        WorkflowRun nowhere = run(Result.FAILURE, deploy);
        jenkins.assertLogContains("requires a workspace", nowhere);
        assertEquals(List.of(), local.aws().s3().keys("uploads"));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void registeredOnly() throws Exception {
        local.aws().codeDeploy().application("web");

        WorkflowRun run = run(Result.SUCCESS, """
                def known = codeDeploy application: 'web', revision: 's3://artifacts/web.zip', registerOnly: true
                echo "${known.status} ${known.revision.location} '${known.id}' ${known.targets.size()}"
                """);

        assertInOrder(
                run,
                "[CodeDeploy] Registered with web: s3://artifacts/web.zip",
                "Registered s3://artifacts/web.zip '' 0");
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
        assertEquals(1, local.aws().calls().count("CodeDeploy.RegisterApplicationRevision"));
    }
}
