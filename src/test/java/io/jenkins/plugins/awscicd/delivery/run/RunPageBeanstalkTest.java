package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What the pages of a run show of an environment that it has updated. */
@WithSharedJenkins
class RunPageBeanstalkTest extends BeanstalkRuns {

    private static JobRecord only(WorkflowRun run) {
        List<JobRecord> jobs = run.getAction(AwsAction.class).getJobs();
        assertEquals(1, jobs.size());
        return jobs.get(0);
    }

    @Test
    void updateEndsAlthoughItsEnvironmentLivesOn() throws Exception {
        local.aws().beanstalk().environment(environment());
        WorkflowRun run = run(Result.SUCCESS, STEP);
        JobRecord job = only(run);
        assertEquals(JobRecord.State.SUCCEEDED, job.getState());
        assertEquals("web on web-prod", job.getName());
        assertEquals("Succeeded", new ShownJob(job).getStateInWords());
        assertTrue(job.getFacts().stream().map(JobFact::getValue).toList().contains("v1"));
        assertTrue(job.getPhases().stream().noneMatch(JobPhase::isRunning));
        String page = jenkins.createWebClient().getPage(run, "aws/").asNormalizedText();
        assertTrue(page.contains("web on web-prod Elastic Beanstalk update"), page);
    }

    @Test
    void updateThatWasTakenBackHasFailed() throws Exception {
        EnvironmentSpec spec = environment().policy("Immutable");
        spec.simulation().failing("v1", "no such port");
        local.aws().beanstalk().environment(spec);
        JobRecord job = only(run(Result.FAILURE, STEP));
        assertEquals(JobRecord.State.FAILED, job.getState());
        assertTrue(String.valueOf(job.getCause()).contains("according to AWS it runs 'v0'"), job.getCause());
    }
}
