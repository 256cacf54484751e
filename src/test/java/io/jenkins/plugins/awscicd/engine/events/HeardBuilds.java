package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.watch.BareBuilds;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

/** Builds that are watched, and a poller that hears of them, on stepped time. */
abstract class HeardBuilds {

    static final String POLL = "CodeBuild.BatchGetBuilds";
    static final String RULE = "builds";
    static final String PATTERN = """
            {"source": ["aws.codebuild"], "detail-type": ["CodeBuild Build State Change"]}
            """;

    @AutoClose
    final Bench bench = Bench.stepped(it -> it.accountConcurrency(2000));

    final SqsQueue queue = bench.aws().sqs().queue("jenkins");
    final QueueAddress address = QueueAddress.of(queue.arn());

    private static final BareBuilds SERVICE = new BareBuilds();

    /** One build, and when its end was heard of. */
    final class Job implements Observer<BareBuilds.Seen> {
        final String id;
        Instant end;
        int ends;

        Job(AwsSession session, String id) {
            this.id = id;
            bench.watcher().watch(session, SERVICE, id, this);
        }

        @Override
        public void observed(BareBuilds.Seen snapshot) {
            assertFalse(isOver(), "Told after the end");
            if (snapshot.ended()) {
                end = bench.now();
                ends++;
            }
        }

        @Override
        public void lost(AwsCallException why) {
            throw why;
        }

        @Override
        public void onRetry(AwsFault fault, Throwable failure) {
            // it takes longer
        }

        boolean isOver() {
            return end != null;
        }

        Build build() {
            return bench.aws().codeBuild().build(id);
        }

        Duration delay() {
            return Duration.between(build().endTime(), end);
        }
    }

    final Job start() {
        AwsSession session = bench.session();
        return new Job(
                session,
                BareBuilds.client(session)
                        .startBuild(it -> it.projectName("web"))
                        .build()
                        .id());
    }

    /** With pauses: 21 ms are those of steps that are not throttled, 77 ms if each start takes 0.3 s. */
    final List<Job> start(int count, Duration pause) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(start());
            bench.advance(pause);
        }
        return jobs;
    }

    final void untilOver(List<Job> jobs, Duration most) {
        bench.advanceUntil(() -> jobs.stream().allMatch(Job::isOver), most);
    }

    final long polls() {
        return bench.aws().calls().count(POLL);
    }

    static Duration median(List<Job> jobs) {
        return jobs.stream().map(Job::delay).sorted().toList().get(jobs.size() / 2);
    }

    static Duration nearlyLongest(List<Job> jobs) {
        return jobs.stream().map(Job::delay).sorted().toList().get(jobs.size() * 99 / 100);
    }

    final void rule() {
        bench.aws().events().rule(RULE, PATTERN, queue).weather(Weather.FINE);
    }

    final QueuePoller poller(EventListener listener) {
        return SteppedPoller.of(bench, queue, listener);
    }

    final QueuePoller listen() {
        QueuePoller poller = poller(new JobEvents(bench.watcher()));
        poller.start();
        return poller;
    }

    /** One build of which events tell: from now on they have proved themselves. */
    final void prove() {
        untilOver(List.of(start()), Duration.ofMinutes(3));
    }
}
