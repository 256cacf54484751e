package io.jenkins.plugins.awscicd.bench;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.events.AwsEventQueues;
import io.jenkins.plugins.awscicd.events.EventQueue;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.nodes.StepNode;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.hudson.test.JenkinsRule;

/** What the bench does inside the controller's process. */
final class InController {

    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private InController() {}

    static void configure(JenkinsRule rule, String endpoint) {
        AwsCicdConfiguration.get().setRegion("eu-west-1");
        AwsCicdConfiguration.get().setEndpoint(endpoint);
    }

    static String about(JenkinsRule rule) {
        return "Jenkins " + Jenkins.VERSION + " on Java " + System.getProperty("java.vm.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, heap of at most "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB";
    }

    static Reading read(JenkinsRule rule) throws InterruptedException {
        return Reading.take();
    }

    static void listen(JenkinsRule rule, String arn) {
        AwsEventQueues.get().setQueues(List.of(new EventQueue(arn)));
    }

    static void listenNoMore(JenkinsRule rule) {
        AwsEventQueues.get().setQueues(List.of());
    }

    /** Starts a run of a job made for it. The script is no sandboxed one, so that it may look at the clock. */
    static void start(JenkinsRule rule, String name, String script) throws Throwable {
        WorkflowJob job = rule.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, false));
        job.scheduleBuild2(0).waitForStart();
    }

    /** Waits until so many branches of a run are in a step, and says whether they are. */
    static Boolean awaitSteps(JenkinsRule rule, String name, String function, Integer count) throws Throwable {
        FlowExecution execution = run(rule, name).getExecutionPromise().get();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end && !execution.isComplete()) {
            long in = execution.getCurrentHeads().stream()
                    .filter(node -> node instanceof StepNode step && isCalled(step.getDescriptor(), function))
                    .count();
            if (in >= count) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return false;
    }

    private static boolean isCalled(StepDescriptor step, String function) {
        return step != null && step.getFunctionName().equals(function);
    }

    /** Waits for the end of a run. */
    static RunEnd await(JenkinsRule rule, String name) throws Throwable {
        WorkflowRun run = rule.waitForCompletion(run(rule, name));
        return new RunEnd(String.valueOf(run.getResult()), JenkinsRule.getLog(run));
    }

    static void abort(JenkinsRule rule, String name) {
        run(rule, name).getExecutor().interrupt(Result.ABORTED);
    }

    static void delete(JenkinsRule rule, String name) throws Throwable {
        run(rule, name).getParent().delete();
    }

    /** Has the controller go down as its administrator does, as soon as it can without harm to what runs. */
    static void goDownSafely(JenkinsRule rule) throws Throwable {
        rule.jenkins.doSafeExit((org.kohsuke.stapler.StaplerRequest2) null);
    }

    private static WorkflowRun run(JenkinsRule rule, String name) {
        return rule.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }
}
