package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import java.util.Locale;
import java.util.Map;

/** The same builds twice: first without events, then with a queue of events that tell of their ends. */
final class EventsBesidePolling {

    private static final Weather EVENTS = Weather.FINE;
    /** Of the build with which events prove themselves. */
    private static final int SECONDS_OF_ONE = 9;

    private final LocalAws aws;
    private final Controller controller;
    private final int count;
    private final int seconds;

    EventsBesidePolling(LocalAws aws, Controller controller, int count, int seconds) {
        this.aws = aws;
        this.controller = controller;
        this.count = count;
        this.seconds = seconds;
    }

    void run(Report report) throws Throwable {
        report.heading(count + " builds of about " + seconds + " s at once, with and without events");
        report.text("Events come to the queue " + EVENTS.delay().toMillis() + " ms after what they tell of.");
        report.text("");
        report.header(
                "",
                "CodeBuild's calls per build",
                "StartBuild / BatchGetBuilds",
                "looks per minute, of all builds",
                "delay, median",
                "delay, p99",
                "SQS: ReceiveMessage / DeleteMessageBatch",
                "whole run");
        report.progress(count + " builds without events");
        report.row(
                row("polled", Load.codeBuild("polled-" + count, count, seconds).watch(aws, controller)));

        SqsQueue queue = aws.sqs().queue("bench");
        aws.events().rule("bench", "{\"source\": [\"aws.codebuild\"]}", queue).weather(EVENTS);
        controller.listen(queue.arn());
        report.progress("A build with which events prove themselves");
        Load.codeBuild("proving", 1, SECONDS_OF_ONE).watch(aws, controller);
        report.progress(count + " builds with events");
        report.row(row(
                "with events", Load.codeBuild("heard-" + count, count, seconds).watch(aws, controller)));
        controller.listenNoMore();
        aws.events().deleteRule("bench");
    }

    private String[] row(String title, Load.Watched watched) {
        Map<String, Long> calls = watched.calls();
        long looks = calls.getOrDefault("CodeBuild.BatchGetBuilds", 0L);
        long all = calls.entrySet().stream()
                .filter(one -> one.getKey().startsWith("CodeBuild."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        double perMinute = looks / (watched.untilLastEnd().toMillis() / 60_000.0);
        return new String[] {
            title,
            String.format(Locale.ROOT, "%.2f", (double) all / count),
            calls.getOrDefault("CodeBuild.StartBuild", 0L) + " / " + looks,
            String.format(Locale.ROOT, "%.1f (%.3f per build)", perMinute, perMinute / count),
            watched.delays().median(),
            watched.delays().p99(),
            calls.getOrDefault("SQS.ReceiveMessage", 0L) + " / " + calls.getOrDefault("SQS.DeleteMessageBatch", 0L),
            watched.whole().toSeconds() + " s"
        };
    }
}
