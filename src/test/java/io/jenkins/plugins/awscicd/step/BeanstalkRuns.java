package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

/** Runs that deploy web to web-prod, on one Jenkins for all tests of a class. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class BeanstalkRuns {

    static final String WEB_TO_PROD = "application: 'web', environment: 'web-prod'";
    static final String STEP =
            "beanstalkDeploy " + WEB_TO_PROD + ", bundle: 's3://artifacts/1.zip', versionLabel: 'v1'";

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
        bundles(local);
    }

    /** Two bundles that can be deployed. */
    static void bundles(LocalAwsExtension local) throws IOException {
        local.aws().s3().createBucket("artifacts", false);
        for (String key : List.of("1.zip", "2.zip")) {
            local.aws().s3().put("artifacts", key, zip());
        }
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("Procfile"));
            zip.write("web: ./run\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The environment that is deployed to, with three instances that run v0; deploying takes no time to speak of. */
    EnvironmentSpec environment() {
        EnvironmentSpec spec =
                EnvironmentSpec.simulated("web", "web-prod").instances(3).version("v0");
        spec.simulation().command(LocalAwsExtension.SOON);
        return spec;
    }

    long calls(String operation) {
        return local.aws().calls().count("ElasticBeanstalk." + operation);
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

    static FlowNode stepNode(WorkflowRun run) {
        FlowExecution execution = run.getExecution();
        assertNotNull(execution);
        FlowNode node = new DepthFirstScanner()
                .findFirstMatch(execution, it -> it.getDisplayFunctionName().equals("beanstalkDeploy"));
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
