package io.jenkins.plugins.awscicd.localaws.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsTest {

    private final SteppedTime time = SimulatedTime.stepped();

    @AutoClose
    private final LocalAws aws = LocalAws.builder().time(time).start();

    @AutoClose
    private final SqsClient client = Clients.of(aws).sqs();

    private final SqsQueue queue = aws.sqs().queue("events");
    private final String url = aws.sqs().url(queue);

    private List<Message> receive() {
        return client.receiveMessage(it -> it.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private static DeleteMessageBatchRequestEntry entry(String id, String handle) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .build();
    }

    @Test
    void aMessageIsInvisibleUntilItsTimeIsOverAndGoneOnceItIsDeleted() {
        String id = client.sendMessage(it -> it.queueUrl(url).messageBody("{}")).messageId();
        Message first = receive().get(0);
        assertEquals(id, first.messageId());
        assertEquals("{}", first.body());
        assertEquals("1", first.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        assertEquals(List.of(), receive());
        time.advance(Duration.ofSeconds(29));
        assertEquals(List.of(), receive());
        time.advance(Duration.ofSeconds(1));
        Message again = receive().get(0);
        assertEquals("2", again.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        client.deleteMessage(it -> it.queueUrl(url).receiptHandle(again.receiptHandle()));
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), receive());
    }

    @Test
    void aMessageThatIsLookedAtWithNoTimeStaysVisible() {
        queue.send("a");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    1,
                    client.receiveMessage(it -> it.queueUrl(url).visibilityTimeout(0))
                            .messages()
                            .size());
        }
    }

    @Test
    void aLongPollEndsWithTheFirstMessage() throws Exception {
        CompletableFuture<List<Message>> poll = longPoll(20);
        time.advance(Duration.ofSeconds(19));
        assertFalse(poll.isDone());
        queue.send("now");
        assertEquals("now", poll.get(30, TimeUnit.SECONDS).get(0).body());
    }

    @Test
    void aLongPollEndsWithItsTime() throws Exception {
        Instant began = time.now();
        CompletableFuture<List<Message>> poll = longPoll(20);
        time.advance(Duration.ofSeconds(20));
        assertEquals(List.of(), poll.get(30, TimeUnit.SECONDS));
        assertEquals(Duration.ofSeconds(20), Duration.between(began, time.now()));
    }

    @Test
    void aLongPollEndsWithAMessageThatBecomesVisibleAgain() throws Exception {
        queue.visibility(Duration.ofSeconds(5)).send("a");
        assertEquals(1, receive().size());
        CompletableFuture<List<Message>> poll = longPoll(20);
        time.advance(Duration.ofSeconds(5));
        assertEquals("a", poll.get(30, TimeUnit.SECONDS).get(0).body());
    }

    /** Waits for the call to have come: time has not moved meanwhile. */
    private CompletableFuture<List<Message>> longPoll(int seconds) {
        int waiting = time.waiting();
        CompletableFuture<List<Message>> poll = CompletableFuture.supplyAsync(
                () -> client.receiveMessage(it -> it.queueUrl(url).waitTimeSeconds(seconds))
                        .messages());
        while (time.waiting() == waiting && !poll.isDone()) {
            Thread.onSpinWait();
        }
        return poll;
    }

    @Test
    void aBatchIsDeletedInPartWithoutAnError() {
        IntStream.range(0, 3).forEach(i -> queue.send("m" + i));
        List<Message> messages = receive();
        queue.failDeletes(1);
        var answer = client.deleteMessageBatch(it -> it.queueUrl(url)
                .entries(
                        entry("0", messages.get(0).receiptHandle()),
                        entry("1", messages.get(1).receiptHandle()),
                        entry("2", "nonsense")));
        assertEquals(
                List.of("1"), answer.successful().stream().map(it -> it.id()).toList());
        assertEquals(
                List.of("0", "2"), answer.failed().stream().map(it -> it.id()).toList());
        assertFalse(answer.failed().get(0).senderFault());
        assertEquals("ReceiptHandleIsInvalid", answer.failed().get(1).code());
        assertTrue(answer.failed().get(1).senderFault());
        time.advance(Duration.ofSeconds(30));
        assertEquals(2, receive().size());
    }

    @Test
    void whatWasReceivedTooOftenGoesToTheDeadLetters() {
        SqsQueue dead = aws.sqs().queue("dead");
        queue.deadLetters(dead, 2).send("poison");
        for (int i = 0; i < 2; i++) {
            assertEquals(1, receive().size());
            time.advance(Duration.ofSeconds(30));
        }
        assertEquals(List.of(), receive());
        assertEquals(List.of("poison"), dead.bodies());
    }

    @Test
    void errorsAreThoseOfTheSdk() {
        QueueDoesNotExistException gone = assertThrows(
                QueueDoesNotExistException.class,
                () -> client.receiveMessage(it -> it.queueUrl(url + "x").waitTimeSeconds(0)));
        assertEquals(
                "AWS.SimpleQueueService.NonExistentQueue",
                gone.awsErrorDetails().errorCode());
        assertThrows(
                ReceiptHandleIsInvalidException.class,
                () -> client.deleteMessage(it -> it.queueUrl(url).receiptHandle("nonsense")));
        assertThrows(
                BatchEntryIdsNotDistinctException.class,
                () -> client.deleteMessageBatch(it -> it.queueUrl(url).entries(entry("1", "a#"), entry("1", "b#"))));
        assertEquals(
                "InvalidParameterValue",
                assertThrows(
                                SqsException.class,
                                () -> client.receiveMessage(
                                        it -> it.queueUrl(url).waitTimeSeconds(21)))
                        .awsErrorDetails()
                        .errorCode());
    }

    @Test
    void aQueueIsMadeFoundAndAskedForItsAttributes() {
        String made = client.createQueue(it -> it.queueName("more")).queueUrl();
        assertEquals(made, client.getQueueUrl(it -> it.queueName("more")).queueUrl());
        client.sendMessage(it -> it.queueUrl(made).messageBody("a"));
        assertEquals(
                "1",
                client.getQueueAttributes(it -> it.queueUrl(made).attributeNames(QueueAttributeName.ALL))
                        .attributes()
                        .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
        client.deleteQueue(it -> it.queueUrl(made));
        assertThrows(QueueDoesNotExistException.class, () -> client.purgeQueue(it -> it.queueUrl(made)));
    }
}
