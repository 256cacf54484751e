package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Queues that are heard keep what is configured, are tested, and shown to administrators alone. */
@io.jenkins.plugins.awscicd.harness.WithSharedJenkins
class EventQueuesTest extends PipelineRuns {

    private static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jenkins";

    @AfterEach
    void stop() {
        AwsEventQueues.get().setQueues(List.of());
    }

    private static void assertWhole() {
        EventQueue queue = AwsEventQueues.get().getQueues().get(0);
        assertEquals(ARN, queue.getQueue());
        assertEquals("delivery/**", queue.getJobs());
        assertEquals("codebuild, codecommit", queue.getServices());
        assertEquals("http://127.0.0.1:1", queue.getAccess().getEndpoint());
    }

    @Test
    void queuesAreConfiguredAsCodeAndByTheForm() throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream("""
                        unclassified:
                          awsEventQueues:
                            queues:
                              - queue: "arn:aws:sqs:eu-west-1:123456789012:jenkins"
                                jobs: "delivery/**"
                                services: "codebuild, codecommit"
                                access:
                                  endpoint: "http://127.0.0.1:1"
                        """.getBytes(StandardCharsets.UTF_8))));
        assertWhole();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        assertTrue(all.toString(StandardCharsets.UTF_8).contains("awsEventQueues"));
        jenkins.configRoundtrip();
        assertWhole();
    }

    @Test
    void whatCannotBeRightIsRefused() {
        AwsEventQueues configuration = AwsEventQueues.get();
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> configuration.setQueues(List.of(new EventQueue("jenkins"))))
                .getMessage()
                .startsWith("queue: Not a queue of Amazon SQS"));
        EventQueue strange = new EventQueue(ARN);
        strange.setServices("codebild");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> configuration.setQueues(List.of(strange)))
                .getMessage()
                .startsWith("services: 'codebild' is no service"));
        assertThrows(
                IllegalArgumentException.class,
                () -> configuration.setQueues(List.of(new EventQueue(ARN), new EventQueue(ARN))));
    }

    @Test
    void aQueueIsTestedAndShown() throws Exception {
        SqsQueue queue = local.aws().sqs().queue("jenkins");
        EventQueue.DescriptorImpl form = Jenkins.get().getDescriptorByType(EventQueue.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.WARNING, form.doTestQueue(ARN).kind);
        AwsEventQueues.get().setQueues(List.of(new EventQueue(ARN)));
        queue.send("nonsense <script>");
        LocalAwsExtension.await(
                () -> QueuePollers.get().statuses().get(0).malformed() == 1); // a long poll that goes on is not counted
        FormValidation tested = form.doTestQueue(ARN);
        assertEquals(FormValidation.Kind.OK, tested.kind, tested.getMessage());
        queue.send(EventTriggersTest.event("e1", "123456789012", "<b>kind</b>"));
        LocalAwsExtension.await(
                () -> QueuePollers.get().statuses().get(0).kinds().size() == 2);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("manage/aws-events");
            String text = page.asNormalizedText();
            assertTrue(text.contains("eu-west-1/123456789012/jenkins"), text);
            assertTrue(text.contains("<b>kind</b>: 1"), text);
            assertFalse(text.contains("script"), text);
        }
    }

    @Test
    void whatAwsNeedsIsShownWithoutACall() {
        local.aws().calls().reset();
        EventQueue.DescriptorImpl form = Jenkins.get().getDescriptorByType(EventQueue.DescriptorImpl.class);
        String shown = form.doShowSetup(ARN, "codebuild").renderHtml();
        assertTrue(shown.contains("AWS::Events::Rule"), shown);
        assertTrue(shown.contains("aws events put-targets --region eu-west-1"), shown);
        assertTrue(shown.contains("sqs:ReceiveMessage"), shown);
        assertTrue(shown.contains("kms:GenerateDataKey"), shown);
        assertTrue(shown.contains("CodeBuild Build State Change"), shown);
        assertFalse(shown.contains("CodeDeploy"), shown);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void onlyAdministratorsSeeThePage() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("alice"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("bob");
            assertEquals(
                    403,
                    assertThrows(FailingHttpStatusCodeException.class, () -> client.goTo("manage/aws-events"))
                            .getStatusCode());
            client.login("alice");
            client.goTo("manage/aws-events");
        }
    }

    @Test
    void aTriggerKeepsWhatIsConfigured() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "kept");
        AwsEventTrigger trigger = new AwsEventTrigger("{\"source\": [\"aws.codecommit\"]}");
        trigger.setAccount("210987654321");
        trigger.setRegion("eu-central-1");
        job.addTrigger(trigger);
        jenkins.configRoundtrip(job);
        AwsEventTrigger kept = AwsEventTrigger.of(job);
        assertEquals("{\"source\": [\"aws.codecommit\"]}", kept.getPattern());
        assertEquals("210987654321", kept.getAccount());
        assertEquals("eu-central-1", kept.getRegion());
        assertThrows(IllegalArgumentException.class, () -> new AwsEventTrigger("{"));
        job.delete();
    }
}
