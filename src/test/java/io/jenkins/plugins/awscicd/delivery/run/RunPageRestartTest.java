package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What the pages of a run show of its jobs at AWS after a restart. */
class RunPageRestartTest extends RestartedRuns {

    private static List<JobRecord> jobs(WorkflowRun run) {
        AwsAction action = run.getAction(AwsAction.class);
        return action == null ? List.of() : action.getJobs();
    }

    /** What does not change with time: names, when they began, and phases that have ended with their durations. */
    private static String told(List<JobRecord> jobs) {
        StringBuilder told = new StringBuilder();
        for (JobRecord job : jobs) {
            told.append(job.getName())
                    .append(' ')
                    .append(job.getId())
                    .append(' ')
                    .append(job.getStarted());
            job.getPhases().stream()
                    .filter(phase -> !phase.isRunning())
                    .forEach(phase ->
                            told.append(' ').append(phase.getName()).append('=').append(phase.getDuration()));
            told.append('\n');
        }
        return told.toString();
    }

    private static boolean runs(List<JobRecord> jobs, String phase) {
        return jobs.stream()
                .flatMap(job -> job.getPhases().stream())
                .anyMatch(it -> it.isRunning() && it.getName().equals(phase));
    }

    @Test
    void showsTheSameAsBefore() throws Throwable {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", LONG.toSeconds()));
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().event("Install", LONG);
        local.aws().codeDeploy().group(group);
        AtomicReference<String> before = new AtomicReference<>();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
            job.setDefinition(new CpsFlowDefinition("""
                    parallel build: { codeBuild project: 'web' },
                        deploy: { codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip' }
                    """, true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            LocalAwsExtension.await(() -> runs(jobs(run), "BUILD") && runs(jobs(run), "InProgress"));
            before.set(told(jobs(run)));
        });
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            assertEquals(before.get(), told(jobs(run)));
            assertTrue(runs(jobs(run), "BUILD") && runs(jobs(run), "InProgress"));
            String page = jenkins.createWebClient().getPage(run, "aws/").asNormalizedText();
            assertTrue(page.contains("web #1 CodeBuild build") && page.contains("PROVISIONING"), page);
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertEquals(
                    List.of(JobRecord.State.SUCCEEDED, JobRecord.State.SUCCEEDED),
                    jobs(run).stream().map(JobRecord::getState).toList());
            assertTrue(
                    jobs(run).stream().flatMap(job -> job.getPhases().stream()).noneMatch(JobPhase::isRunning));
        });
        sessions.last(jenkins -> assertEquals(
                List.of("SUCCEEDED", "Succeeded"),
                jobs(run(jenkins, "delivery")).stream()
                        .map(JobRecord::getStatus)
                        .sorted()
                        .toList()));
    }
}
