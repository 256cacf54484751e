package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.XmlFile;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.ControllerKillTest;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
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
    private static final String DURABLE = "durable";
    private static final String QUESTION = "Serve";

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

    /**
     * AWS hears of a failure of a freestyle job, and of a Pipeline of which Jenkins keeps nothing while it runs. A Pipeline of which it keeps
     * each step, as it does by default, goes on, and AWS hears how that ends.
     */
    @Test
    void killedInTheMiddleAwsHearsWhatComesOfIt() throws Throwable {
        Actions actions = actions(FREESTYLE, FAST, DURABLE);
        String freestyle = actions.execute(FREESTYLE);
        String fast = actions.execute(FAST);
        String durable = actions.execute(DURABLE);
        jenkins.startJenkins();
        jenkins.runRemotely(
                CodePipelineActionKillTest::work, local.aws().endpoint().toString());
        for (String pipeline : List.of(FREESTYLE, FAST, DURABLE)) {
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
        String log = jenkins.runRemotely(CodePipelineActionKillTest::log);
        assertEquals("InProgress", actions.status(DURABLE, durable), log);
        jenkins.runRemotely(CodePipelineActionKillTest::answer);
        assertEquals("Succeeded", untilEnded(actions, DURABLE, durable), () -> actions.failure(DURABLE, durable));
        jenkins.runRemotely(CodePipelineActionKillTest::ranOnce);
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
        WorkflowJob durable = rule.createProject(WorkflowJob.class, DURABLE);
        durable.setDefinition(new CpsFlowDefinition("input id: '" + QUESTION + "', message: 'Serve?'", true));
        Actions.trigger(durable);
        Actions.work();
        Actions.run(freestyle, 1);
        WorkflowRun asking = (WorkflowRun) Actions.run(durable, 1);
        untilAsked(asking);
        LocalAwsExtension.await(() -> isOnDisk(asking));
        rule.waitForMessage("Sleeping", (WorkflowRun) Actions.run(fast, 1));
        // AWS shows the links by now, and has been told that the jobs that continue the first ones are taken
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return JobWorkers.get().statuses().get(0).held() == 3;
        });
    }

    /** Whether Jenkins has written where the program is, which it does only after the step has begun. */
    private static boolean isOnDisk(WorkflowRun run) {
        try {
            String head =
                    "<head>1:" + run.getExecution().getCurrentHeads().get(0).getId() + "</head>";
            return new File(run.getRootDir(), "program.dat").exists()
                    && new XmlFile(new File(run.getRootDir(), "build.xml"))
                            .asString()
                            .contains(head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStepExecution untilAsked(WorkflowRun run) throws Exception {
        LocalAwsExtension.await(() -> {
            InputAction asked = run.getAction(InputAction.class);
            try {
                return asked != null && asked.getExecution(QUESTION) != null;
            } catch (InterruptedException | TimeoutException e) {
                return false;
            }
        });
        return run.getAction(InputAction.class).getExecution(QUESTION);
    }

    private static String log(JenkinsRule rule) throws Throwable {
        return JenkinsRule.getLog(
                rule.jenkins.getItemByFullName(DURABLE, WorkflowJob.class).getBuildByNumber(1));
    }

    private static void answer(JenkinsRule rule) throws Throwable {
        WorkflowJob durable = rule.jenkins.getItemByFullName(DURABLE, WorkflowJob.class);
        untilAsked(durable.getBuildByNumber(1)).proceed(null);
    }

    private static void ranOnce(JenkinsRule rule) throws Throwable {
        WorkflowJob durable = rule.jenkins.getItemByFullName(DURABLE, WorkflowJob.class);
        assertEquals(1, durable.getBuilds().size());
        rule.assertBuildStatusSuccess(rule.waitForCompletion(durable.getBuildByNumber(1)));
    }

    private static void nothingWaits(JenkinsRule rule) throws Throwable {
        assertEquals(0, rule.jenkins.getQueue().getItems().length);
    }
}
