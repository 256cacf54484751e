package io.jenkins.plugins.awscicd.localaws.sqs;

import java.time.Instant;

/** A message of a queue: who has it in hand, and since when. Guarded by its {@link SqsQueue}. */
final class Message {

    final String id;
    final String body;
    final Instant sent;
    final long order;
    Instant visibleAt;
    Instant firstReceived;
    int receives;
    /** Of the last receive; null before the first. */
    String handle;

    Message(String id, String body, Instant sent, Instant visibleAt, long order) {
        this.id = id;
        this.body = body;
        this.sent = sent;
        this.visibleAt = visibleAt;
        this.order = order;
    }
}
