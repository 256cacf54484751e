package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.events.SteppedPoller;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Event;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates of which AWS's events tell: they change how soon an end is noticed, and how often it is looked. */
class HeardUpdateTest extends SteppedUpdates {

    @BeforeEach
    void hear() {
        SteppedPoller.hear(bench, "elasticbeanstalk");
        environment(it -> it);
    }

    private EnvironmentRun updated(String key, String label) {
        EnvironmentRun run = deploy(key).with("versionLabel", label).start();
        untilOver(run);
        assertEquals(label, run.last().versionLabel());
        return run;
    }

    /** From its last event to the end of the step, which goes on looking at the health for half a minute. */
    private Duration delay(EnvironmentRun run) {
        return Duration.between(ended(), run.overAt());
    }

    private Instant ended() {
        return bench.aws().beanstalk().events("web-prod").stream()
                .filter(event -> event.message().equals("Environment update completed successfully."))
                .map(Event::date)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<Instant> looks() {
        return bench.aws().calls().of("ElasticBeanstalk.DescribeEnvironments").stream()
                .map(Call::time)
                .toList();
    }

    @Test
    void anEndIsNoticedAtOnceAndItsHealthLookedAtAsOften() {
        updated("1.zip", "v1");
        Duration polled = delay(updated("2.zip", "v2"));
        EnvironmentRun run = updated("1.zip", "v3");

        Instant end = ended();
        Duration first = Duration.between(
                end, looks().stream().filter(end::isBefore).findFirst().orElseThrow());
        assertTrue(first.compareTo(Duration.ofMillis(400)) <= 0, "First look: " + first);
        assertTrue(delay(run).compareTo(Duration.ofSeconds(38)) <= 0, delay(run) + ", " + polled + " before");
    }

    @Test
    void aLongUpdateIsLookedAtSeldom() {
        updated("1.zip", "v1");
        bench.aws().beanstalk().simulation("web-prod").command(Duration.ofMinutes(20));
        EnvironmentRun run = deploy("2.zip").start();
        bench.advance(Duration.ofMinutes(10));
        int before = looks().size();
        bench.advance(Duration.ofMinutes(5));
        assertTrue(looks().size() - before <= 6, looks().size() - before + " looks in 5 minutes");
        untilOver(run);
        assertTrue(delay(run).compareTo(Duration.ofSeconds(38)) <= 0, "Delay: " + delay(run));
    }

    @Test
    void lostAndDoubledEventsChangeNothingButTime() {
        updated("1.zip", "v1");
        bench.aws().events().weather(new Weather(Duration.ofSeconds(1), Duration.ofSeconds(20), 0, 1));
        updated("2.zip", "v2");
        bench.aws().events().weather(Weather.SILENT);
        EnvironmentRun run = updated("1.zip", "v3");
        assertTrue(delay(run).compareTo(Duration.ofSeconds(98)) <= 0, "Delay: " + delay(run));
    }
}
