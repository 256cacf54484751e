package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was received is deleted only once the listener has kept what it has led to. */
class MessageDeletionTest extends HeardBuilds {

    private final List<AwsEvent> heard = new ArrayList<>();

    private EventListener keeping(Runnable persist) {
        return new EventListener() {
            @Override
            public boolean received(AwsEvent event) {
                return heard.add(event);
            }

            @Override
            public void persist() {
                persist.run();
            }
        };
    }

    private static String event(String id) {
        return "{\"version\":\"0\",\"id\":\"" + id + "\",\"source\":\"aws.codecommit\",\"detail-type\":\"A kind\","
                + "\"account\":\"123456789012\",\"region\":\"eu-west-1\",\"detail\":{}}";
    }

    @Test
    void whatCameAtOnceIsKeptOnceAndNotDeletedBefore() {
        List<Integer> deleted = new ArrayList<>();
        QueuePoller poller = poller(keeping(() -> deleted.add(queue.deleted())));
        for (int i = 0; i < 25; i++) {
            queue.send(event("e" + i));
        }
        poller.start();
        bench.advance(25);
        assertEquals(List.of(0, 10, 20), deleted);
        assertEquals(25, queue.deleted());
    }

    @Test
    void whatCannotBeKeptComesAgain() {
        List<Integer> attempts = new ArrayList<>();
        QueuePoller poller = poller(keeping(() -> {
            attempts.add(heard.size());
            if (attempts.size() == 1) {
                throw new IllegalStateException("The disk is full");
            }
        }));
        queue.send(event("a"));
        queue.send(event("b"));
        poller.start();
        bench.advance(1);
        assertEquals(0, queue.deleted());
        bench.advance(120);
        assertEquals(List.of(2, 4), attempts);
        assertEquals(2, queue.deleted());
    }
}
