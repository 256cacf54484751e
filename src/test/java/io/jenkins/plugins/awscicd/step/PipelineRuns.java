package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

/** Runs of Pipelines against a local AWS for each test, on one Jenkins for all tests of a class. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
public abstract class PipelineRuns {

    @RegisterExtension
    protected static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    public static JenkinsRule jenkins;

    @RegisterExtension
    public final LocalAwsExtension local = new LocalAwsExtension();

    @BeforeAll
    protected static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    protected void configure() throws Exception {
        local.configure();
    }

    protected static WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    protected static WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    protected static WorkflowRun start(WorkflowJob job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    /** The last node of that step. */
    protected static FlowNode stepNode(WorkflowRun run, String step) {
        FlowExecution execution = run.getExecution();
        assertNotNull(execution);
        FlowNode node = new DepthFirstScanner()
                .findFirstMatch(execution, it -> it.getDisplayFunctionName().equals(step));
        assertNotNull(node);
        return node;
    }

    protected static void assertInOrder(WorkflowRun run, String... parts) throws Exception {
        String log = JenkinsRule.getLog(run);
        int from = 0;
        for (String part : parts) {
            int at = log.indexOf(part, from);
            assertTrue(at >= 0, "'" + part + "' in order in\n" + log);
            from = at + part.length();
        }
    }
}
