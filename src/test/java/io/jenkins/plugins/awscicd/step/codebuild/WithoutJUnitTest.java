package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildPublisher;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Without the plugins that need not be there: no tests are recorded, and there are no folders, and builds are asked for all the same. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@OwnJenkins
class WithoutJUnitTest {

    private static final List<String> OPTIONAL = List.of("junit", "cloudbees-folder", "git");

    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .withDebugServer(false)
            .omitPlugins(
                    "junit",
                    "matrix-project",
                    "cloudbees-folder",
                    "branch-api",
                    "workflow-multibranch",
                    "git",
                    "git-client",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "pipeline-model-extensions");

    @Test
    void buildsAreAskedFor() throws Throwable {
        jenkins.then(rule -> {
            Jenkins controller = rule.jenkins;
            OPTIONAL.forEach(plugin -> assertNull(controller.getPlugin(plugin), plugin));
            assertNotNull(controller.getPlugin("aws-cicd"));
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIDEXAMPLE", "wJalrXUtnFEMI", ""));
            HttpServer refusing = refusing();
            try {
                ask(rule, "http://127.0.0.1:" + refusing.getAddress().getPort());
            } finally {
                refusing.stop(0);
            }
        });
    }

    private static void ask(JenkinsRule rule, String endpoint) throws Exception {
        FreeStyleProject job = rule.createFreeStyleProject();
        job.getBuildersList().add(new CodeBuildBuilder(step(endpoint, null)));
        job.getPublishersList().add(after(endpoint, null));
        job.getPublishersList().add(after(endpoint, "unstable"));
        FreeStyleBuild build = rule.buildAndAssertStatus(Result.FAILURE, job);
        assertSays(2, "no such project", build);
        assertSays(1, "testResults", build);
        JenkinsRule.WebClient client = rule.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        HtmlPage form = client.getPage(job, "configure");
        assertEquals(200, form.getWebResponse().getStatusCode());
        for (String more : List.of("", ", batch: true")) {
            WorkflowJob pipeline = rule.createProject(WorkflowJob.class);
            pipeline.setDefinition(new CpsFlowDefinition(
                    "codeBuild project: 'web', region: 'eu-west-1', credentialsId: 'aws', endpoint: '" + endpoint + "'"
                            + more,
                    true));
            assertSays(1, "no such project", rule.buildAndAssertStatus(Result.FAILURE, pipeline));
        }
    }

    /** AWS as far as it is needed. */
    private static HttpServer refusing() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such project\"}"
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static CodeBuildPublisher after(String endpoint, String testResults) {
        CodeBuildPublisher after = new CodeBuildPublisher(step(endpoint, testResults));
        after.setWhen("always");
        return after;
    }

    private static CodeBuildStep step(String endpoint, String testResults) {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setRegion("eu-west-1");
        step.setCredentialsId("aws");
        step.setEndpoint(endpoint);
        step.setTestResults(testResults);
        return step;
    }

    private static void assertSays(int times, String what, Run<?, ?> run) throws Exception {
        String log = JenkinsRule.getLog(run);
        assertFalse(log.contains("NoClassDefFoundError") || log.contains("ClassNotFoundException"), log);
        assertEquals(
                times,
                log.lines()
                        .filter(line -> line.contains("ERROR: ") && line.contains(what))
                        .count(),
                log);
    }
}
