package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.ControllerKillTest;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SleepBuilder;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed, as kill -9 does it, while it works on an action. Local AWS lives on in the test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CodePipelineActionKillTest {

    private static final String FREESTYLE = "freestyle";
    private static final String FAST = "fast";

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withDebugServer(false).javaOptions(ControllerKillTest.JAVA_OPTIONS);

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    /** One pipeline for each job, of the job's name. */
    private Actions actions(String... jobs) {
        Actions actions = new Actions(local.aws()).set();
        for (String job : jobs) {
            local.aws()
                    .codePipeline()
                    .pipeline(PipelineSpec.named(job)
                            .mode("PARALLEL")
                            .source("acme/web")
                            .stage("Build")
                            .custom("Compile", "Build", "Jenkins")
                            .set("ProjectName", job));
        }
        return actions;
    }

    private static String untilEnded(Actions actions, String pipeline, String id) throws InterruptedException {
        LocalAwsExtension.await(() -> !actions.status(pipeline, id).equals("InProgress"));
        return actions.status(pipeline, id);
    }

    /** A freestyle job, and a Pipeline of which Jenkins keeps nothing while it runs. */
    @Test
    void killedInTheMiddleAwsHearsOfAFailure() throws Throwable {
        Actions actions = actions(FREESTYLE, FAST);
        String freestyle = actions.execute(FREESTYLE);
        String fast = actions.execute(FAST);
        jenkins.startJenkins();
        jenkins.runRemotely(
                CodePipelineActionKillTest::work, local.aws().endpoint().toString());
        for (String pipeline : List.of(FREESTYLE, FAST)) {
            assertEquals(
                    "InProgress",
                    local.aws().codePipeline().executions(pipeline).get(0).status());
        }
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        assertEquals("Failed", untilEnded(actions, FREESTYLE, freestyle));
        isLostOrFailed(actions.failure(FREESTYLE, freestyle), FREESTYLE);
        assertEquals("Failed", untilEnded(actions, FAST, fast));
        isLostOrFailed(actions.failure(FAST, fast), FAST);
        jenkins.runRemotely(CodePipelineActionKillTest::nothingWaits);
    }

    /** As far as Jenkins has written the run by the time that it is killed. */
    private static void isLostOrFailed(String told, String job) {
        assertTrue(told.contains("The run is lost") || told.contains(job + " #1 ended FAILURE"), told);
    }

    private static void work(JenkinsRule rule, String endpoint) throws Throwable {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
        FreeStyleProject freestyle = rule.createFreeStyleProject(FREESTYLE);
        freestyle.getBuildersList().add(new SleepBuilder(600_000));
        Actions.trigger(freestyle);
        WorkflowJob fast = rule.createProject(WorkflowJob.class, FAST);
        fast.setDefinition(new CpsFlowDefinition("sleep 600", true));
        Actions.trigger(fast);
        fast.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        Actions.work();
        Actions.run(freestyle, 1);
        rule.waitForMessage("Sleeping", (WorkflowRun) Actions.run(fast, 1));
        // AWS shows the links by now, and has been told that the jobs that continue the first ones are taken
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return JobWorkers.get().statuses().get(0).held() == 2;
        });
    }

    private static void nothingWaits(JenkinsRule rule) throws Throwable {
        assertEquals(0, rule.jenkins.getQueue().getItems().length);
    }
}
