package io.jenkins.plugins.awscicd.engine.events;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The calls of a poller, made on its own thread. */
final class QueueCalls {

    static final String RECEIVE = "sqs:ReceiveMessage";
    static final String DELETE = "sqs:DeleteMessage";
    static final String SEND = "sqs:SendMessage";

    /** AWS's limit. */
    private static final int BATCH = 10;

    private final AwsSession session;
    private final String url;

    QueueCalls(AwsSession session, QueueAddress queue) {
        this.session = session;
        url = queue.url(session.region());
    }

    private SqsClient client() {
        return session.client(SqsClient.class, SqsClient::builder);
    }

    List<Message> receive(Duration wait) {
        return session.renewing(() -> client().receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds((int) wait.toSeconds())
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)))
                .messages();
    }

    /** @return the handles of what could not be deleted, which may be tried again */
    List<String> delete(List<String> handles) {
        List<String> left = new ArrayList<>();
        for (int from = 0; from < handles.size(); from += BATCH) {
            left.addAll(deleteBatch(handles.subList(from, Math.min(handles.size(), from + BATCH))));
        }
        return left;
    }

    private List<String> deleteBatch(List<String> handles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String handle : handles) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(handle)
                    .build());
        }
        return session
                .renewing(() -> client().deleteMessageBatch(
                                request -> request.queueUrl(url).entries(entries)))
                .failed()
                .stream()
                .filter(failed -> !Boolean.TRUE.equals(failed.senderFault()))
                .map(BatchResultErrorEntry::id)
                .map(Integer::parseInt)
                .map(handles::get)
                .toList();
    }

    void send(String body) {
        session.renewing(
                () -> client().sendMessage(request -> request.queueUrl(url).messageBody(body)));
    }
}
