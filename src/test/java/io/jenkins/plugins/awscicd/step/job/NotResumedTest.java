package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Pipelines that end with the controller. */
class NotResumedTest extends RestartedRuns {

    private void shutDown(String job, boolean resumes) throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob delivery = jenkins.createProject(WorkflowJob.class, job);
            delivery.setResumeBlocked(!resumes);
            delivery.setDefinition(new CpsFlowDefinition("codeBuild project: 'web'", true));
            jenkins.waitForMessage("PROVISIONING", delivery.scheduleBuild2(0).waitForStart());
        });
    }

    private Build build() {
        List<Build> builds = local.aws().codeBuild().builds();
        assertEquals(1, builds.size());
        return builds.get(0);
    }

    @Test
    void whatTheyHaveAtAwsIsStoppedBefore() throws Throwable {
        shutDown("not-resumed", false);
        assertEquals(Status.STOPPED, build().status());
        sessions.last(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatus(Result.ABORTED, run(jenkins, "not-resumed"));
            jenkins.assertLogContains("[CodeBuild] web #1 ended with status STOPPED", run);
            jenkins.assertLogContains("Jenkins was shut down, and builds of this kind do not survive that", run);
            jenkins.assertLogNotContains("may still run", run);
        });
    }

    @Test
    void whatCannotBeStoppedIsNamed() throws Throwable {
        local.aws().faults().on("CodeBuild.StopBuild").error(503);
        shutDown("not-stopped", false);
        sessions.last(jenkins -> jenkins.assertLogContains(
                "[AWS CI/CD] " + build().id()
                        + " may still run in AWS: this run has ended because Jenkins was shut down",
                jenkins.assertBuildStatus(Result.ABORTED, run(jenkins, "not-stopped"))));
    }

    /** A build that takes its time to stop holds the shutdown, and the other branch goes on meanwhile. */
    @Test
    void whatBeginsMeanwhileDoesNotRunOn() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob delivery = jenkins.createProject(WorkflowJob.class, "begun-meanwhile");
            delivery.setResumeBlocked(true);
            delivery.setDefinition(new CpsFlowDefinition("""
                    def twice = { try { codeBuild project: 'web' } finally { codeBuild project: 'web' } }
                    parallel a: twice, b: twice
                    """, true));
            WorkflowRun run = delivery.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Started web #2", run);
            jenkins.waitForMessage("Started web #1", run);
            local.aws()
                    .faults()
                    .on("CodeBuild.StopBuild")
                    .stall(Duration.ofSeconds(4))
                    .times(1);
        });
        sessions.last(jenkins -> jenkins.assertBuildStatus(Result.ABORTED, run(jenkins, "begun-meanwhile")));
        assertEquals(
                List.of(),
                local.aws().codeBuild().builds().stream()
                        .map(Build::status)
                        .filter(status -> status == Status.IN_PROGRESS)
                        .toList());
    }

    @Test
    void othersGoOn() throws Throwable {
        shutDown("resumed", true);
        assertEquals(Status.IN_PROGRESS, build().status());
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "resumed");
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        });
    }
}
