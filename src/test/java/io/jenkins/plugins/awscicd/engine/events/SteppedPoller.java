package io.jenkins.plugins.awscicd.engine.events;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import java.time.Duration;

/** QueuePollers on stepped time, where a long poll holds no thread but ends with the first message. */
public final class SteppedPoller {

    private SteppedPoller() {}

    /** Begins to hear all events of a service, such as {@code codedeploy}, each a moment after what it tells of. */
    public static void hear(Bench bench, String service) {
        SqsQueue queue = bench.aws().sqs().queue("jenkins");
        bench.aws()
                .events()
                .rule(service, "{\"source\": [\"aws." + service + "\"]}", queue)
                .weather(Weather.FINE);
        of(bench, queue, new JobEvents(bench.watcher())).start();
    }

    static QueuePoller of(Bench bench, SqsQueue queue, EventListener listener) {
        return new QueuePoller(
                QueueAddress.of(queue.arn()),
                bench::session,
                bench.scheduler(),
                bench.scheduler()::execute,
                Duration.ZERO,
                task -> queue.whenReceivable(
                        QueuePoller.LONGEST_WAIT, () -> bench.scheduler().execute(task)),
                listener);
    }
}
