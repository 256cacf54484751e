package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.delivery.run.JobRecord.State;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** A run that was stored when its jobs were in build.xml. */
@OwnJenkins
@WithJenkins
class StoredRunTest {

    private JenkinsRule jenkins;
    private WorkflowRun run;

    @BeforeEach
    void read(JenkinsRule rule) {
        jenkins = rule;
        WorkflowJob job = rule.jenkins.getItemByFullName("delivery", WorkflowJob.class);
        assertNotNull(job);
        run = job.getBuildByNumber(1);
    }

    private AwsAction action() {
        AwsAction action = run.getAction(AwsAction.class);
        assertNotNull(action);
        return action;
    }

    private Path file() {
        return run.getRootDir().toPath().resolve(RunJobs.FILE);
    }

    @Test
    @LocalData("stored")
    void showsItsPage() throws Exception {
        assertEquals(3, action().getCount());
        assertEquals(
                List.of(State.FAILED, State.SUCCEEDED, State.LEFT),
                action().getJobs().stream().map(JobRecord::getState).toList());
        String page = jenkins.createWebClient().getPage(run, "aws/").asNormalizedText();
        assertTrue(page.contains("Install failed: UnknownError disk full"), page);
        assertTrue(page.contains("PROVISIONING"), page);
        assertTrue(page.contains("0 of 1 succeeded, 1 failed"), page);
        assertFalse(Files.exists(file()), "whoever looks writes nothing");
    }

    @Test
    @LocalData("stored")
    void isStoredAgainWithAllOfIt() throws Exception {
        run.setDescription("looked at");
        run.reload();
        assertEquals(3, action().getJobs().size());
    }

    @Test
    @LocalData("stored")
    void whatFollowsIsInAFileWithAllThatWasBefore() throws Exception {
        action().begin("token", "CodeBuild", "web", null, Instant.now());
        LiveJobs.get().onBeforeShutdown();
        assertEquals(4, Files.readAllLines(file()).size());
        action().concluded("token", State.STOPPED, null, Instant.now());
        run.save();
        String kept = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertFalse(kept.contains("JobRecord"), kept);
        run.reload();
        assertEquals(4, action().getJobs().size());
        assertEquals(4, action().getCount());
        assertEquals(State.FAILED, action().getVerdict(), "the step whose deployment failed first");
    }
}
