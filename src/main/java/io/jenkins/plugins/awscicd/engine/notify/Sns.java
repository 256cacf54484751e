package io.jenkins.plugins.awscicd.engine.notify;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** SNS: notices published to topics. */
public final class Sns {

    /** How long publishing is tried. A notice that comes later would tell what nobody waits for any more. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Scheduler scheduler;

    public Sns(@NonNull Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** {@linkplain #publish(AwsSession, TopicArn, Notice, Duration) Publishes} a notice with the usual {@link #PATIENCE}. */
    @NonNull
    public CompletableFuture<String> publish(
            @NonNull AwsSession session, @NonNull TopicArn topic, @NonNull Notice notice) {
        return publish(session, topic, notice, PATIENCE);
    }

    /**
     * Publishes a notice (<a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>), and tries again while AWS is
     * busy or does not answer. Where an answer was lost the notice may arrive twice, unless the topic is a FIFO topic. Cancelling
     * what is returned ends the trying.
     *
     * @param session in the topic's region: open it for an access made by
     *     {@link io.jenkins.plugins.awscicd.engine.access.AwsAccess#withRegion}
     * @param patience how long to try; a call that is under way at its end may still pass
     * @return the message's id; fails with {@link AwsCallException}
     * @throws IllegalArgumentException if the session is in another region than the topic
     */
    @NonNull
    public CompletableFuture<String> publish(
            @NonNull AwsSession session, @NonNull TopicArn topic, @NonNull Notice notice, @NonNull Duration patience) {
        if (!session.region().id().equals(topic.region())) {
            throw new IllegalArgumentException("Topic '" + topic + "' cannot be called in " + session.region());
        }
        return new Publication(session, scheduler, topic, notice, patience).begin();
    }
}
