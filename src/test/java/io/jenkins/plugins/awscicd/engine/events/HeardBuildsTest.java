package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What events change about watching: time and calls, and nothing else. */
class HeardBuildsTest extends HeardBuilds {

    private static final Duration LONG = Duration.ofMinutes(20);

    @BeforeEach
    void project() {
        bench.simulatedProject("web");
        rule();
    }

    private void takes(int seconds) {
        bench.aws().codeBuild().change(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", seconds));
    }

    @ParameterizedTest
    @CsvSource({"100, 21, 1.25", "300, 21, 1.15", "1000, 21, 1.15", "300, 77, 1.3"})
    void buildsOfAMinuteTakeFewCallsAndTheirEndsAreNoticedAtOnce(int count, int pauseMillis, double most) {
        listen();
        prove();
        bench.aws().calls().reset();
        List<Job> jobs = start(count, Duration.ofMillis(pauseMillis));
        untilOver(jobs, LONG);

        double perBuild = (polls() + count) / (double) count;
        System.out.printf(
                "%d heard builds of 60 s, one each %d ms: %d polls, %.3f calls per build, delay of the end median %.2f s, 99 %% %.2f s%n",
                count,
                pauseMillis,
                polls(),
                perBuild,
                median(jobs).toMillis() / 1000.0,
                nearlyLongest(jobs).toMillis() / 1000.0);
        assertTrue(perBuild <= most, perBuild + " calls per build");
        assertTrue(median(jobs).compareTo(Duration.ofMillis(500)) <= 0, "Median: " + median(jobs));
        assertTrue(nearlyLongest(jobs).compareTo(Duration.ofMillis(1500)) <= 0, "99 %: " + nearlyLongest(jobs));
        assertEquals(0, bench.watcher().size());
    }

    @Test
    void buildsOfTenMinutesAreLookedAtSeldom() {
        listen();
        prove();
        takes(600);
        bench.aws().calls().reset();
        List<Job> jobs = start(300, Duration.ofMillis(21));
        untilOver(jobs, LONG);

        double looks = polls() / 300.0 / 10;
        System.out.printf("300 heard builds of 10 min: %d polls, %.3f a minute of a build%n", polls(), looks);
        assertTrue(looks <= 0.1, looks + " looks a minute");
        assertTrue(median(jobs).compareTo(Duration.ofMillis(500)) <= 0, "Median: " + median(jobs));
    }

    @Test
    void aLongBuildIsLookedAtOnceAMinuteOnceEventsHaveProvedThemselves() {
        listen();
        prove();
        takes(1200);
        Job job = start();
        bench.advance(Duration.ofMinutes(8));
        List<Call> calls = bench.aws().calls().of(POLL);
        Duration last = Duration.between(
                calls.get(calls.size() - 2).time(), calls.get(calls.size() - 1).time());
        assertTrue(last.compareTo(Duration.ofSeconds(54)) >= 0, "Last pause: " + last);
        untilOver(List.of(job), LONG);
        assertTrue(job.delay().compareTo(Duration.ofSeconds(1)) <= 0, "Delay: " + job.delay());
    }

    @Test
    void untilEventsHaveProvedThemselvesNothingIsStretched() {
        listen();
        takes(1200);
        Job job = start();
        bench.advance(Duration.ofMinutes(8));
        List<Call> calls = bench.aws().calls().of(POLL);
        Duration last = Duration.between(
                calls.get(calls.size() - 2).time(), calls.get(calls.size() - 1).time());
        assertTrue(last.compareTo(Duration.ofSeconds(6)) <= 0, "Last pause: " + last);
        untilOver(List.of(job), LONG);
    }

    @Test
    void anEndThatNobodyAnnouncesPutsTheOldIntervalsBack() {
        listen();
        prove();
        takes(300);
        Job unannounced = start();
        takes(1200);
        Job other = start();
        bench.advance(10);
        bench.aws().events().weather(Weather.SILENT);
        untilOver(List.of(unannounced), LONG);
        assertTrue(unannounced.delay().compareTo(Duration.ofSeconds(66)) <= 0, "Delay: " + unannounced.delay());
        bench.advance(70);
        bench.aws().calls().reset();
        bench.advance(60);
        assertTrue(polls() >= 10, polls() + " polls in a minute");
        untilOver(List.of(other), LONG);
        assertTrue(other.delay().compareTo(Duration.ofSeconds(6)) <= 0, "Delay: " + other.delay());
    }

    @Test
    void anEventThatOnlyComesAfterTheLookProvesWellEnough() {
        bench.aws().events().weather(Weather.late(Duration.ofSeconds(50)));
        listen();
        prove();
        bench.advance(60);
        prove();
        bench.advance(60);
        takes(600);
        Job job = start();
        untilOver(List.of(job), LONG);
        assertTrue(job.delay().compareTo(Duration.ofSeconds(61)) <= 0, "Delay: " + job.delay());
    }

    @Test
    void lostDoubledLateAndReorderedEventsChangeNothingButTime() {
        bench.aws().events().weather(new Weather(Duration.ofMillis(200), Duration.ofSeconds(20), 0.2, 0.2));
        listen();
        List<Job> jobs = start(300, Duration.ofMillis(21));
        untilOver(jobs, LONG);
        assertTrue(jobs.stream().allMatch(job -> job.ends == 1));
        bench.advance(120);
        assertEquals(List.of(), queue.bodies());
    }

    @Test
    void whoeverMakesEventsUpHasJobsLookedAtAndNotOften() {
        listen();
        takes(600);
        Job job = start();
        bench.advance(60);
        bench.aws().calls().reset();
        for (int i = 0; i < 600; i++) {
            queue.send(forged(job.id, "SUCCEEDED"));
            bench.advance(Duration.ofMillis(100));
        }
        assertEquals(0, job.ends);
        assertTrue(polls() <= 2 * 60 + 1, polls() + " polls in a minute");
        assertEquals(List.of(), queue.bodies());
    }

    private static String forged(String build, String status) {
        return "{\"id\":\"1\",\"source\":\"aws.codebuild\",\"detail-type\":\"CodeBuild Build State Change\","
                + "\"region\":\"eu-west-1\",\"account\":\"123456789012\",\"detail\":{\"build-status\":\"" + status
                + "\",\"build-id\":\"arn:aws:codebuild:eu-west-1:123456789012:build/" + build + "\"}}";
    }

    @Test
    void aPollerWithoutAnswersHasJobsLookedAtAsBefore() {
        listen();
        prove();
        takes(1200);
        Job job = start();
        bench.advance(Duration.ofMinutes(5));
        bench.aws().faults().on("SQS.ReceiveMessage").accessDenied();
        bench.advance(30);
        bench.aws().calls().reset();
        bench.advance(60);
        assertTrue(polls() >= 10, polls() + " polls in a minute");
        untilOver(List.of(job), LONG);
    }

    @Test
    void onceAnEarIsClosedJobsAreLookedAtAsBefore() {
        QueuePoller poller = listen();
        prove();
        takes(1200);
        Job job = start();
        bench.advance(Duration.ofMinutes(5));
        poller.close();
        bench.advance(30);
        bench.aws().calls().reset();
        bench.advance(60);
        assertTrue(polls() >= 10, polls() + " polls in a minute");
        untilOver(List.of(job), LONG);
    }

    @Test
    void anEventThatComesWhileAWSIsAskedIsFollowedByAnotherLook() {
        listen();
        prove();
        takes(300);
        Job job = start();
        bench.aws().faults().on(POLL).stale(Duration.ofSeconds(5)).times(1000);
        untilOver(List.of(job), LONG);
        assertTrue(job.delay().compareTo(Duration.ofSeconds(9)) <= 0, "Delay: " + job.delay());
    }
}
