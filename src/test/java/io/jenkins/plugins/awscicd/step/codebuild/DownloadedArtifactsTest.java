package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** The artifacts of a build come to the agent's workspace, and into the run's own artifacts. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DownloadedArtifactsTest {

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        local.configure();
        local.aws().s3().createBucket("builds", false);
    }

    private void project(String packaging) {
        ProjectSpec web = ProjectSpec.named("web").artifacts("builds", "web").buildspec("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - mkdir -p out/css
                      - echo tea > out/index.html
                      - echo red > out/css/a.css
                artifacts:
                  base-directory: out
                  files: ['**/*']
                """);
        web.node().withObject("/artifacts").put("packaging", packaging);
        local.aws().codeBuild().project(web);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    private static Set<String> archived(hudson.model.Run<?, ?> run) {
        return run.getArtifacts().stream().map(it -> it.relativePath).collect(Collectors.toSet());
    }

    @Test
    void anAgentFetchesAndUnpacksThemAndTheyAreArchived() throws Exception {
        project("ZIP");
        Slave agent = jenkins.createOnlineSlave();
        WorkflowRun run = run(Result.SUCCESS, """
                node('%s') {
                    codeBuild project: 'web', download: [to: 'dist', unzip: true], archive: true
                    echo "page: ${readFile 'dist/index.html'}"
                }
                """.formatted(agent.getNodeName()));
        jenkins.assertLogContains("page: tea", run);
        jenkins.assertLogContains("Downloaded and archived 2 files to dist", run);
        assertEquals(Set.of("dist/index.html", "dist/css/a.css"), archived(run));
        assertEquals(
                Set.of("dist/index.html", "dist/css/a.css"),
                run.getAction(FingerprintAction.class).getRecords().keySet());
        jenkins.assertLogNotContains("X-Amz", run);
    }

    @Test
    void theyAreArchivedOfAFreestyleBuildWithoutBeingInItsWorkspace() throws Exception {
        project("NONE");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CodeBuildStep step = new CodeBuildStep("web");
        step.setArchive(true);
        job.getBuildersList().add(new CodeBuildBuilder(step));
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(job);
        assertEquals(Set.of("index.html", "css/a.css"), archived(run));
        assertEquals(2, run.getAction(FingerprintAction.class).getRecords().size());
        assertFalse(run.getWorkspace().child("index.html").exists());
    }

    @Test
    void anArchiveThatLeadsOutIsRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../evil.txt"));
            zip.write("evil".getBytes(StandardCharsets.UTF_8));
        }
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("evil")
                        .variable("SIMULATED_SECONDS", 3)
                        .artifacts("builds", "evil.zip"));
        Slave agent = jenkins.createOnlineSlave();
        WorkflowRun run = job("node('%s') { codeBuild project: 'evil', download: [to: 'dist', unzip: true] }"
                        .formatted(agent.getNodeName()))
                .scheduleBuild2(0)
                .waitForStart();
        LocalAwsExtension.await(() -> !local.aws().codeBuild().builds().isEmpty());
        local.aws().s3().put("builds", "evil.zip", bytes.toByteArray());
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("'../evil.txt' would be put outside of its directory", run);
        FilePath workspace = agent.getWorkspaceFor((WorkflowJob) run.getParent());
        assertTrue(workspace.child("dist").exists());
        assertEquals(0, workspace.list("**/evil.txt").length);
        assertFalse(workspace.child("evil.txt").exists());
    }

    @Test
    void withoutAWorkspaceItSaysSo() throws Exception {
        project("ZIP");
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', download: 'dist'");
        jenkins.assertLogContains("put the step into a node block", run);
    }
}
