package io.jenkins.plugins.awscicd.engine.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.sns.Notification;
import io.jenkins.plugins.awscicd.localaws.sns.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnsTest {

    private static final String PUBLISH = "SNS.Publish";
    private static final Notice NOTICE = new Notice("Approve web-17?", "https://jenkins.example.com/job/web/17/");

    @AutoClose
    private final Bench bench = Bench.stepped();

    private Topic topic;

    @BeforeEach
    void create() {
        topic = bench.aws().sns().create("approvals");
    }

    private CompletableFuture<String> publish(Notice notice) {
        CompletableFuture<String> id = bench.sns().publish(bench.session(), TopicArn.parse(topic.arn()), notice);
        bench.advance(Duration.ZERO);
        return id;
    }

    /** Lets time pass until AWS has answered, or nobody waits for that any more. */
    private CompletableFuture<String> ended(CompletableFuture<String> published) {
        bench.advanceUntil(published::isDone, Duration.ofMinutes(6));
        return published;
    }

    private AwsCallException failure(CompletableFuture<String> published) {
        Throwable cause =
                assertThrows(CompletionException.class, ended(published)::join).getCause();
        return assertThrows(AwsCallException.class, () -> {
            throw cause;
        });
    }

    private Fault fault() {
        return bench.aws().faults().on(PUBLISH).throttle();
    }

    @Test
    void aNoticeIsPublished() {
        String id = ended(publish(NOTICE)).join();
        Notification published = topic.published().get(0);
        assertEquals(id, published.messageId());
        assertEquals(NOTICE.subject(), published.subject());
        assertEquals(NOTICE.body(), published.message());
        assertEquals(1, bench.aws().calls().count(PUBLISH));
    }

    @Test
    void whatWouldBreakTheRulesIsMadeToFit() {
        ended(publish(new Notice("Größe\n".repeat(50), "ä".repeat(200_000)))).join();
        ended(publish(new Notice(null, "no subject"))).join();
        assertEquals(100, topic.published().get(0).subject().length());
        assertTrue(topic.published().get(0).message().endsWith("ä..."));
        assertNull(topic.published().get(1).subject());
    }

    @Test
    void throttlingIsWaitedOut() {
        fault().times(5);
        CompletableFuture<String> id = publish(NOTICE);
        ended(id);
        id.join();
        assertEquals(6, bench.aws().calls().count(PUBLISH));
        assertEquals(1, topic.published().size());
    }

    @Test
    void throttlingThatDoesNotEndIsGivenUp() {
        Fault throttle = bench.aws().faults().on(PUBLISH).throttle();
        Instant begin = bench.now();
        CompletableFuture<String> id = publish(NOTICE);
        ended(id);
        assertEquals(Sns.PATIENCE, Duration.between(begin, bench.now()));
        AwsCallException failure = failure(id);
        assertEquals(AwsFault.BUSY, failure.fault());
        assertEquals(
                "sns:Publish failed for topic '" + topic.arn() + "', tried for 5 min 0 s: Rate exceeded.",
                failure.getMessage());

        long calls = throttle.hits();
        bench.advance(Duration.ofHours(1));
        assertEquals(calls, throttle.hits(), "It is not tried on");
        assertEquals(List.of(), topic.published());
    }

    @Test
    void errorsOfTheServiceAreWaitedOut() {
        bench.aws().faults().on(PUBLISH).error(500).times(2);
        bench.aws().faults().on(PUBLISH).cutConnection().times(2);
        CompletableFuture<String> id = publish(NOTICE);
        ended(id);
        assertEquals(id.join(), topic.published().get(0).messageId());
        assertEquals(5, bench.aws().calls().count(PUBLISH));
    }

    @Test
    void aFifoTopicTakesANoticeOnceThoughAnswersAreLost() {
        topic = bench.aws().sns().create("approvals.fifo");
        bench.aws().faults().on(PUBLISH).cutConnection().afterExecution().times(3);
        CompletableFuture<String> id = publish(NOTICE);
        ended(id);
        assertEquals(id.join(), topic.published().get(0).messageId());
        CompletableFuture<String> second = publish(NOTICE);
        ended(second);
        assertEquals(2, topic.published().size(), "Another notice, though it says the same");
    }

    @Test
    void aRefusalNamesActionAndTopic() {
        bench.aws().faults().on(PUBLISH).accessDenied();
        AwsCallException failure = failure(publish(NOTICE));
        assertEquals(AwsFault.DENIED, failure.fault());
        assertTrue(
                failure.getMessage().startsWith("sns:Publish failed for topic '" + topic.arn() + "': User: "),
                failure.getMessage());
        assertTrue(
                failure.getMessage().endsWith(" they allow the IAM action sns:Publish on this resource."),
                failure.getMessage());
        assertEquals(1, bench.aws().calls().count(PUBLISH));
    }

    @Test
    void aTopicThatIsNotThereIsSaidToBeMissing() {
        TopicArn missing = TopicArn.parse(topic.arn() + "2");
        CompletableFuture<String> id = bench.sns().publish(bench.session(), missing, NOTICE);
        bench.advance(Duration.ZERO);
        AwsCallException failure = failure(id);
        assertEquals(AwsFault.NOT_FOUND, failure.fault());
        assertEquals(
                "sns:Publish failed for topic '" + missing
                        + "': Topic does not exist. Check its name, the region and the account.",
                failure.getMessage());
    }

    @Test
    void anEndpointThatIsDeadIsTriedUntilPatienceEnds() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closedAtOnce.getLocalPort();
        }
        AwsAccess dead = new AwsAccess(Bench.REGION, null, null, null, null, "http://127.0.0.1:" + port);
        AwsSession session = bench.clients().open(dead, Bench.ALICE);
        Instant begin = bench.now();
        CompletableFuture<String> id =
                bench.sns().publish(session, TopicArn.parse(topic.arn()), NOTICE, Duration.ofMinutes(1));
        ended(id);
        assertEquals(Duration.ofMinutes(1), Duration.between(begin, bench.now()));
        AwsCallException failure = failure(id);
        assertEquals(AwsFault.TRANSIENT, failure.fault());
        assertTrue(
                failure.getMessage()
                        .startsWith("sns:Publish failed for topic '" + topic.arn() + "', tried for 1 min 0 s: "),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith(" AWS could not be reached, or did not answer."));
    }

    @Test
    void theTopicsRegionIsTheOneThatIsCalled() {
        Topic there = bench.aws()
                .sns(new Place(bench.aws().home().account(), "us-east-1"))
                .create("approvals");
        TopicArn arn = TopicArn.parse(there.arn());
        assertThrows(IllegalArgumentException.class, () -> bench.sns().publish(bench.session(), arn, NOTICE));
        try (AwsSession session = bench.clients().open(bench.access().withRegion(arn.region()), Bench.ALICE)) {
            CompletableFuture<String> id = bench.sns().publish(session, arn, NOTICE);
            ended(id).join();
        }
        assertEquals(1, there.published().size());
    }

    @Test
    void whoeverCancelsIsNotHeardOfAgain() {
        Fault throttle = fault().times(3);
        CompletableFuture<String> id = publish(NOTICE);
        assertFalse(id.isDone());
        id.cancel(false);
        bench.advance(Duration.ofMinutes(10));
        assertEquals(1, throttle.hits());
        assertEquals(List.of(), topic.published());
    }
}
