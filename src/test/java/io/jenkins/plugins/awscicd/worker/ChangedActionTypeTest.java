package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.harness.RunningBuilds;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An action type is changed or removed while runs work on its actions: AWS hears of their ends all the same. */
@WithSharedJenkins
class ChangedActionTypeTest extends PipelineRuns {

    private Actions actions;

    @BeforeEach
    void register() {
        actions = new Actions(local.aws()).set();
    }

    @AfterEach
    void stop() throws Exception {
        CodePipelineActions.get().setActionTypes(List.of());
        Jenkins.get().setNumExecutors(2);
        RunningBuilds.deleteWithJobs(Jenkins.get());
        LocalAwsExtension.await(() -> JobWorkers.get().statuses().isEmpty());
    }

    /**
     * The job that actions call web. Its own name is a new one: a run whose job is renamed while it goes on still writes where it was, and
     * that is where the next job of the name would find a run.
     */
    private static WorkflowJob web(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web-" + UUID.randomUUID());
        job.setDefinition(new CpsFlowDefinition(script, true));
        CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
        trigger.setProjectName("web");
        job.addTrigger(trigger);
        Actions.work();
        return job;
    }

    private WorkflowRun sleeping(WorkflowJob job, int number) throws Exception {
        WorkflowRun run = (WorkflowRun) Actions.run(job, number);
        jenkins.waitForMessage("Sleeping", run);
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return JobWorkers.get().statuses().stream().anyMatch(it -> it.held() == 1);
        });
        return run;
    }

    /** By other credentials of the same account, which take over what is held, or at an address that may be another account's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsHeldIsEndedThoughTheAccessOfItsTypeChanges(boolean sameAccount) throws Exception {
        WorkflowJob job = web("sleep 600");
        String id = actions.execute("plain");
        WorkflowRun run = sleeping(job, 1);
        StageAccess access = new StageAccess();
        if (sameAccount) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new AWSCredentialsImpl(
                            CredentialsScope.GLOBAL, "other", "AKIAOTHER00000000000", "secret", null));
            access.setCredentialsId("other");
        } else {
            access.setEndpoint(local.aws().endpoint().toString().replace("127.0.0.1", "localhost"));
        }
        CodePipelineActionType changed = Actions.type();
        changed.setAccess(access);
        CodePipelineActions.get().setActionTypes(List.of(changed));
        if (sameAccount) {
            LocalAwsExtension.await(() -> JobWorkers.get().statuses().size() == 1);
        }
        run.doStop();
        assertEquals("Failed", actions.end("plain", id));
        assertTrue(actions.failure("plain", id).contains("ended ABORTED"), actions.failure("plain", id));
        LocalAwsExtension.await(() -> JobWorkers.get().statuses().size() == 1);
        String next = actions.execute("plain");
        sleeping(job, 2).doStop();
        assertEquals("Failed", actions.end("plain", next));
    }

    @Test
    void whatIsHeldIsEndedThoughItsTypeIsRemovedAndWhatWaitsIsLeftToOthers() throws Exception {
        WorkflowJob job = web("sleep 600");
        String id = actions.execute("plain");
        WorkflowRun run = sleeping(job, 1);
        FreeStyleProject busy = jenkins.createFreeStyleProject("free");
        CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
        trigger.setProjectName("web");
        busy.addTrigger(trigger);
        job.setDisabled(true);
        job.renameTo("was-" + job.getName());
        CodePipelineJobTrigger.of(job).setProjectName("");
        Jenkins.get().setNumExecutors(0);
        String waits = actions.execute("plain");
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return busy.isInQueue();
        });
        CodePipelineActions.get().setActionTypes(List.of());
        LocalAwsExtension.await(() -> !busy.isInQueue());
        run.doStop();
        assertEquals("Failed", actions.end("plain", id));
        assertTrue(actions.failure("plain", id).contains("ended ABORTED"), actions.failure("plain", id));
        assertEquals("InProgress", actions.status("plain", waits), "it is anybody's");
        LocalAwsExtension.await(() -> JobWorkers.get().statuses().isEmpty());
    }
}
