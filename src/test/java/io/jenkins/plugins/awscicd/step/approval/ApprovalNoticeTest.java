package io.jenkins.plugins.awscicd.step.approval;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.onlyRecord;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.delivery.approval.ApprovalNotice;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.sns.Notification;
import io.jenkins.plugins.awscicd.localaws.sns.Topic;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Who is told of an approval, once, whatever becomes of SNS and of Jenkins; and that nothing waits for it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class ApprovalNoticeTest {

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private WorkflowRun asking(JenkinsRule jenkins, String topic) throws Exception {
        local.configure();
        return Approvers.in(jenkins).asking("""
                awsApproval message: 'Ship it?', stage: 'prod', what: 'web 1.4.2', timeout: 1, unit: 'HOURS', notify: '%s'
                """.formatted(topic));
    }

    private static WorkflowRun again(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("delivery", WorkflowJob.class);
        assertNotNull(job);
        return Approvers.again(jenkins).asking(job.getBuildByNumber(1), 1);
    }

    private static ApprovalNotice notice(WorkflowRun run) throws Exception {
        Approvers.waitUntil(run, () -> {
            ApprovalNotice notice = onlyRecord(run).getNotice();
            return notice != null && notice.isDone();
        });
        return onlyRecord(run).getNotice();
    }

    private static void approve(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        assertEquals(302, Approvers.again(jenkins).approve(ALICE, run, null).getStatusCode());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void isSentOnce() throws Throwable {
        Topic topic = local.aws().sns().create("approvals");
        sessions.then(jenkins -> {
            WorkflowRun run = asking(jenkins, topic.arn());
            ApprovalNotice notice = notice(run);
            assertNull(notice.getWarning());
            assertNotNull(notice.getMessageId());
            jenkins.waitForMessage("[Approval] Notified " + topic.arn(), run);
            Notification sent = topic.published().get(0);
            assertEquals("Approval requested: delivery #1, prod", sent.subject());
            String body = sent.message();
            assertTrue(body.startsWith("delivery #1 asks for approval: Ship it?\n\nTo approve: web 1.4.2\n"), body);
            String page = jenkins.getURL() + "job/delivery/1/input/";
            assertTrue(body.endsWith("log in and answer here: " + page), body);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = again(jenkins);
            approve(jenkins, run);
            assertEquals(1, topic.published().size(), "once");
            assertNotNull(notice(run).getMessageId());
        });
    }

    @Test
    void nobodyWaitsForSns() throws Throwable {
        Topic topic = local.aws().sns().create("approvals");
        local.aws().faults().on("SNS.Publish").accessDenied();
        sessions.then(jenkins -> {
            WorkflowRun run = asking(jenkins, topic.arn());
            ApprovalNotice notice = notice(run);
            assertNull(notice.getMessageId());
            assertNotNull(notice.getWarning());
            assertTrue(notice.getWarning().contains("sns:Publish"), notice.getWarning());
            jenkins.waitForMessage("[Approval] Could not notify anybody: ", run);
            approve(jenkins, run);
        });
        sessions.last(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("delivery", WorkflowJob.class);
            assertNotNull(job);
            assertNotNull(notice(job.getBuildByNumber(1)).getWarning(), "kept with the run");
        });
        assertEquals(List.of(), topic.published());
    }

    @Test
    void whatIsStillTriedIsGivenUpWithTheAnswer() throws Throwable {
        Topic topic = local.aws().sns().create("approvals");
        Fault down = local.aws().faults().on("SNS.Publish").throttle();
        sessions.last(jenkins -> {
            WorkflowRun run = asking(jenkins, topic.arn());
            LocalAwsExtension.await(() -> down.hits() > 0);
            approve(jenkins, run);
            assertEquals(
                    "Not sent, because the decision came first", notice(run).getWarning());
        });
    }

    @Test
    void isSentAfterARestartIfItWasNot() throws Throwable {
        Topic topic = local.aws().sns().create("approvals");
        Fault down = local.aws().faults().on("SNS.Publish").throttle();
        sessions.then(jenkins -> {
            asking(jenkins, topic.arn());
            LocalAwsExtension.await(() -> down.hits() > 0);
        });
        local.aws().faults().clear();
        sessions.last(jenkins -> {
            WorkflowRun run = again(jenkins);
            assertNotNull(notice(run).getMessageId());
            assertEquals(1, topic.published().size());
        });
    }
}
