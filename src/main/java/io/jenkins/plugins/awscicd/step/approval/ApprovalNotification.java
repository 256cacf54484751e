package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalNotice;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.notify.Notice;
import io.jenkins.plugins.awscicd.engine.notify.TopicArn;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Tells a topic that something waits for approval. What becomes of that is noted in the approval's record, and changes nothing else: a
 * notice that cannot be sent is a line in the console.
 */
final class ApprovalNotification {

    private static final Logger LOGGER = Logger.getLogger(ApprovalNotification.class.getName());

    private final Run<?, ?> run;
    private final ApprovalRecord record;
    private final PipelineConsole console;
    private CompletableFuture<String> publication;
    private boolean cancelled;

    ApprovalNotification(@NonNull Run<?, ?> run, @NonNull ApprovalRecord record, @NonNull PipelineConsole console) {
        this.run = run;
        this.record = record;
        this.console = console;
    }

    /**
     * Sends the notice, on the engine's threads, unless that was done before a restart. That it is about to be sent is kept first: only
     * one whose end was lost with Jenkins itself is sent a second time.
     */
    void send(@NonNull AwsAccess access, @NonNull TopicArn topic) {
        ApprovalNotice before = record.getNotice();
        if (before == null || !before.isDone()) {
            String party = String.valueOf(access.credentialsId());
            AwsConnections.get().engine().clients().connect(party, () -> publish(access, topic));
        }
    }

    private void publish(AwsAccess access, TopicArn topic) {
        note(ApprovalNotice.underWay(topic.toString()));
        AwsSession session;
        try {
            session = AwsConnections.get().open(access.withRegion(topic.region()), run);
        } catch (RuntimeException e) {
            failed(topic, e);
            return;
        }
        CompletableFuture<String> published;
        synchronized (this) {
            if (cancelled) {
                session.close();
                note(ApprovalNotice.failed(topic.toString(), Messages.ApprovalNotification_cancelled()));
                return;
            }
            published = AwsConnections.get().engine().sns().publish(session, topic, notice());
            publication = published;
        }
        published.whenComplete((id, why) -> {
            session.close();
            if (why == null) {
                note(ApprovalNotice.sent(topic.toString(), id));
                console.line(Messages.ApprovalNotification_sent(topic));
            } else if (why instanceof CancellationException) {
                note(ApprovalNotice.failed(topic.toString(), Messages.ApprovalNotification_cancelled()));
            } else {
                failed(topic, why);
            }
        });
    }

    /** It is decided: a notice that is still on its way would tell nothing any more. */
    void cancel() {
        CompletableFuture<String> underWay;
        synchronized (this) {
            cancelled = true;
            underWay = publication;
        }
        if (underWay != null) {
            underWay.cancel(false);
        }
    }

    private void failed(TopicArn topic, Throwable why) {
        if (AwsConnections.get().isClosing()) {
            return; // for that reason alone: it is sent after the restart
        }
        String message = AwsCallException.unwrap(why).getMessage();
        note(ApprovalNotice.failed(topic.toString(), message));
        console.line(Messages.ApprovalNotification_failed(message));
    }

    private void note(ApprovalNotice notice) {
        record.noticed(notice);
        try {
            ApprovalAction.of(run).save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep whom an approval of " + run + " was told");
        }
    }

    private Notice notice() {
        String name = run.getFullDisplayName();
        String stage = record.getStage();
        List<String> lines = new ArrayList<>();
        lines.add(Messages.ApprovalNotification_question(name, record.getMessage()));
        lines.add("");
        lines.addAll(ApprovalBriefing.of(record));
        Date until = record.getDeadline();
        if (until != null) {
            lines.add(Messages.ApprovalNotification_until(
                    until.toInstant().truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        lines.add("");
        String root = Jenkins.get().getRootUrl();
        // A page, which shows the question to whoever has logged in: following it decides nothing.
        lines.add(
                root == null
                        ? Messages.ApprovalNotification_noAddress()
                        : Messages.ApprovalNotification_answer(root + run.getUrl() + "input/"));
        return new Notice(
                Messages.ApprovalNotification_subject(stage == null ? name : name + ", " + stage),
                String.join("\n", lines));
    }
}
