package io.jenkins.plugins.awscicd.engine.notify;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** A notice on its way to a topic. */
final class Publication {

    private static final String ACTION = "sns:Publish";
    /** Notices of one topic stay in order. */
    private static final String GROUP = "aws-cicd";

    private final AwsSession session;
    private final Scheduler scheduler;
    private final TopicArn topic;
    private final PublishRequest request;
    private final Duration patience;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    /** What came of the newest attempt; null before it. */
    private volatile Throwable failure;

    Publication(AwsSession session, Scheduler scheduler, TopicArn topic, Notice notice, Duration patience) {
        this.session = session;
        this.scheduler = scheduler;
        this.topic = topic;
        this.patience = patience;
        PublishRequest.Builder publish = PublishRequest.builder()
                .topicArn(topic.toString())
                .subject(notice.subject())
                .message(notice.body());
        if (topic.isFifo()) {
            // The same for all attempts: SNS takes the notice once, whatever becomes of its answers.
            publish.messageGroupId(GROUP)
                    .messageDeduplicationId(UUID.randomUUID().toString());
        }
        request = publish.build();
    }

    CompletableFuture<String> begin() {
        // The lane would try for ever while AWS is busy.
        Scheduler.Task alarm = scheduler.schedule(patience, this::giveUp);
        session.callWhile(() -> !result.isDone(), ACTION, patience, (fault, why) -> failure = why, this::attempt)
                .whenComplete((id, why) -> {
                    alarm.cancel();
                    if (why == null) {
                        result.complete(id);
                    } else {
                        fail("", why);
                    }
                });
        return result;
    }

    private String attempt() {
        return session.client(SnsClient.class, SnsClient::builder)
                .publish(request)
                .messageId();
    }

    private void giveUp() {
        Throwable last = failure;
        fail(
                ", tried for " + Durations.inWords(patience),
                last != null ? last : new TimeoutException("AWS could not be reached in that time"));
        session.letUnwantedLeave();
    }

    private void fail(String detail, Throwable why) {
        result.completeExceptionally(AwsCallException.of(ACTION, "topic '" + topic + "'" + detail, why));
    }
}
