package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class QueuePollerTest extends HeardBuilds {

    private final List<AwsEvent> heard = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            if (event.getLevel().intValue() >= java.util.logging.Level.INFO.intValue()) {
                logged.add(new java.util.logging.SimpleFormatter().formatMessage(event));
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listenToTheLog() {
        Logger.getLogger(QueuePoller.class.getName()).addHandler(handler);
    }

    @AfterEach
    void leaveTheLog() {
        Logger.getLogger(QueuePoller.class.getName()).removeHandler(handler);
    }

    private QueuePoller begin() {
        QueuePoller poller = poller(event -> heard.add(event));
        poller.start();
        bench.advance(1);
        return poller;
    }

    private static String event(String id, String secret) {
        return "{\"version\":\"0\",\"id\":\"" + id + "\",\"source\":\"aws.codecommit\",\"detail-type\":\"A kind\","
                + "\"account\":\"123456789012\",\"region\":\"eu-west-1\",\"detail\":{\"value\":\"" + secret + "\"}}";
    }

    @Test
    void messagesAreHeardAndDeletedTenAtATime() {
        QueuePoller poller = begin();
        for (int i = 0; i < 25; i++) {
            queue.send(event("e" + i, ""));
        }
        bench.advance(1);
        assertEquals(25, heard.size());
        assertEquals(25, queue.deleted());
        assertEquals(3, bench.aws().calls().count("SQS.DeleteMessageBatch"));
        assertEquals(Map.of("A kind", 25), poller.status().kinds());
        assertNotNull(poller.status().event());
        assertFalse(poller.status().isShared());
    }

    @Test
    void whatIsNoEventIsCountedAndDeletedAndNeverShown() {
        QueuePoller poller = begin();
        List<String> nonsense = List.of(
                "s3cret",
                "[1]",
                "{",
                "{\"id\":1}",
                "{\"id\":\"x\"}",
                "\"s3cret",
                "[".repeat(10_000),
                "{\"id\":\"\\uZZZZ\"}",
                "{\"id\":\"" + "x".repeat(10_000) + "\",\"source\":\"s\",\"detail-type\":\"t\"}");
        nonsense.forEach(queue::send);
        bench.advance(1);
        assertEquals(nonsense.size(), poller.status().malformed());
        assertEquals(List.of(), queue.bodies());
        assertEquals(List.of(), logged);
    }

    @Test
    void whatCouldNotBeDeletedIsDeletedLaterOrComesAgain() {
        begin();
        queue.failDeletes(1);
        queue.send(event("a", ""));
        bench.advance(25);
        assertEquals(List.of(), queue.bodies());
        assertEquals(1, heard.size());

        queue.failDeletes(4);
        queue.send(event("b", ""));
        bench.advance(120);
        assertEquals(List.of(), queue.bodies());
        assertTrue(heard.size() >= 2);
    }

    @Test
    void whatAListenerCannotTakeInComesAgainAndItsValuesAreNotLogged() {
        List<String> attempts = new ArrayList<>();
        QueuePoller poller = poller(event -> {
            attempts.add(event.id());
            if (attempts.size() < 3) {
                throw new IllegalStateException("The disk is full");
            }
            return true;
        });
        poller.start();
        queue.send(event("a", "s3cret"));
        bench.advance(120);
        assertEquals(List.of("a", "a", "a"), attempts);
        assertEquals(1, logged.size(), logged.toString());
        assertEquals(List.of(), queue.bodies());
        assertTrue(logged.stream().noneMatch(line -> line.contains("s3cret")), logged.toString());
        assertFalse(poller.status().isShared());
    }

    @Test
    void nothingThatAListenerThrowsEndsTheEar() {
        QueuePoller poller = poller(event -> {
            heard.add(event);
            throw new NoClassDefFoundError("hudson/plugins/git/GitStatus");
        });
        poller.start();
        queue.send(event("a", "s3cret"));
        bench.advance(1);
        queue.send(event("b", "s3cret"));
        bench.advance(1);
        assertEquals(2, heard.size());
        assertEquals(2, queue.bodies().size());
    }

    @Test
    void throttlingIsToldOnceAndTriedAgain() {
        QueuePoller poller = begin();
        bench.aws().faults().on("SQS.ReceiveMessage").throttle().times(6);
        bench.advance(25);
        assertNotNull(poller.status().error());
        bench.advance(120);
        assertNull(poller.status().error());
        assertEquals(2, logged.size(), logged.toString());
        queue.send(event("a", ""));
        bench.advance(1);
        assertEquals(1, heard.size());
    }

    @Test
    void aQueueThatIsGoneIsToldOnceAndLookedForSeldom() {
        QueuePoller poller = begin();
        bench.aws().sqs().delete("jenkins");
        bench.advance(Duration.ofMinutes(30));
        assertEquals(1, logged.size(), logged.toString());
        assertTrue(
                logged.get(0).contains("sqs:ReceiveMessage failed for queue eu-west-1/123456789012/jenkins"),
                logged.get(0));
        assertTrue(logged.get(0).contains("does not exist"), logged.get(0));
        assertNotNull(poller.status().error());
        bench.aws().calls().reset();
        bench.advance(Duration.ofMinutes(60));
        assertTrue(bench.aws().calls().count("SQS.ReceiveMessage") <= 13, "Calls in an hour");
    }

    @Test
    void anIdentityThatMayNotReceiveIsToldWhichPermissionItNeeds() {
        bench.aws().faults().on("SQS.ReceiveMessage").accessDenied();
        QueuePoller poller = begin();
        assertTrue(
                poller.status().error().contains("sqs:ReceiveMessage"),
                poller.status().error());
    }

    @Test
    void credentialsThatHaveExpiredAreRenewed() {
        QueuePoller poller = begin();
        bench.aws().faults().on("SQS.ReceiveMessage").expiredToken().times(1);
        bench.advance(30);
        assertNull(poller.status().error());
        queue.send(event("a", ""));
        bench.advance(1);
        assertEquals(1, heard.size());
    }

    @Test
    void aTestIsSentAndHeard() throws Exception {
        QueuePoller poller = begin();
        CompletableFuture<Duration> test = poller.test();
        bench.advance(1);
        assertTrue(test.get().compareTo(Duration.ofSeconds(1)) <= 0);
        assertEquals(0, heard.size());
        assertEquals(List.of(), queue.bodies());
    }

    @Test
    void aTestThatSomebodyElseReceivesSaysSo() {
        QueuePoller poller = begin();
        queue.stealNext();
        CompletableFuture<Duration> test = poller.test();
        bench.advance(40);
        ExecutionException failure = assertThrows(ExecutionException.class, test::get);
        assertTrue(failure.getCause() instanceof TimeoutException);
        assertTrue(failure.getCause().getMessage().contains("somebody else receives"));
        assertTrue(poller.status().isShared());
    }

    @Test
    void messagesThatSomebodyElseHadInHandAreCounted() {
        queue.visibility(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            queue.send(event("e" + i, ""));
        }
        try (SqsClient client =
                io.jenkins.plugins.awscicd.localaws.Clients.of(bench.aws()).sqs()) {
            String url = bench.aws().sqs().url(queue);
            client.receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(10));
        }
        bench.advance(2);
        QueuePoller poller = begin();
        assertEquals(5, poller.status().taken());
        assertTrue(poller.status().isShared());
    }

    @Test
    void aPollerThatWasClosedCallsNobody() {
        QueuePoller poller = begin();
        poller.close();
        bench.advance(30);
        bench.aws().calls().reset();
        queue.send(event("a", ""));
        bench.advance(60);
        assertEquals(0, bench.aws().calls().total());
        assertEquals(0, heard.size());
    }

    @Test
    void idleItMakesThreeCallsAMinute() {
        begin();
        bench.aws().calls().reset();
        bench.advance(Duration.ofMinutes(10));
        assertTrue(
                bench.aws().calls().total() <= 31,
                bench.aws().calls().byOperation().toString());
    }

    @Test
    void ofTwoControllersOnOneQueueEachGetsWhatTheOtherMissesAndBothSaySoAfterATest() {
        List<AwsEvent> other = new ArrayList<>();
        QueuePoller one = begin();
        QueuePoller two = poller(event -> other.add(event));
        two.start();
        for (int i = 0; i < 40; i++) {
            queue.send(event("e" + i, ""));
            bench.advance(Duration.ofSeconds(1));
        }
        assertEquals(40, heard.size() + other.size());
        assertTrue(!heard.isEmpty() && !other.isEmpty(), heard.size() + " and " + other.size());
        assertEquals(List.of(), queue.bodies());
        for (int i = 0; i < 20; i++) {
            one.test();
            bench.advance(40);
        }
        assertTrue(one.status().isShared());
        assertTrue(two.status().isShared());
    }

    @Test
    void aTestOfBeforeARestartIsNoSignOfAnotherController() {
        begin().test();
        queue.send(QueueTests.message("of before", bench.now().minusSeconds(5)));
        bench.advance(1);
        QueuePoller restarted = begin();
        queue.send(QueueTests.message("of before", bench.now().minusSeconds(5)));
        bench.advance(40);
        assertFalse(restarted.status().isShared());
    }
}
