package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
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

/** Runs that deploy web to prod, on one Jenkins for all tests of a class. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class CodeDeployRuns {

    static final String WEB_TO_PROD = "application: 'web', deploymentGroup: 'prod'";
    static final String STEP = "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/web.zip'";
    static final Diagnostics NO_PORT =
            Diagnostics.scriptFailed("scripts/check.sh", 3, "[stdout]checking\n[stderr]no such port");

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    static JenkinsRule jenkins;

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        local.configure();
    }

    /** The group that is deployed to; its events take no time to speak of. */
    GroupSpec group() {
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        return group;
    }

    /** Creates the group, whose deployments take that long. */
    void groupThatTakes(int seconds) {
        GroupSpec group = group();
        group.simulation().event("Install", Duration.ofSeconds(seconds));
        local.aws().codeDeploy().group(group);
    }

    static WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    static WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun start(WorkflowJob job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    Deployment onlyDeployment() {
        List<Deployment> deployments = local.aws().codeDeploy().deployments();
        assertEquals(1, deployments.size(), "deployments in AWS");
        return deployments.get(0);
    }

    static FlowNode stepNode(WorkflowRun run) {
        FlowExecution execution = run.getExecution();
        assertNotNull(execution);
        FlowNode node = new DepthFirstScanner()
                .findFirstMatch(execution, it -> it.getDisplayFunctionName().equals("codeDeploy"));
        assertNotNull(node);
        return node;
    }

    static void assertInOrder(WorkflowRun run, String... parts) throws Exception {
        String log = JenkinsRule.getLog(run);
        int from = 0;
        for (String part : parts) {
            int at = log.indexOf(part, from);
            assertTrue(at >= 0, "'" + part + "' in order in\n" + log);
            from = at + part.length();
        }
    }
}
