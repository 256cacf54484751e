package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.events.SteppedPoller;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Event;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stacks of which AWS's events tell: they change how soon an end is noticed, and how often it is looked. */
class HeardStackTest extends SteppedStacks {

    @BeforeEach
    void hear() {
        SteppedPoller.hear(bench, "cloudformation");
    }

    /** @return how late the end was noticed */
    private Duration updated(String size) {
        Step step = deploy(TWO).with("parameters", Map.of("Size", size)).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(Map.of("Size", size), step.result().getOutputs());
        Instant end = bench.aws().cloudFormation().stack("web").events().stream()
                .map(Event::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.between(end, bench.now());
    }

    /** The end is one when the stack and its events say so, which takes a second look. */
    @Test
    void anEndIsNoticedAtOnce() {
        updated("small");
        Duration delay = updated("large");
        assertTrue(delay.compareTo(Duration.ofSeconds(3)) <= 0, "Delay: " + delay);
    }

    @Test
    void lostAndDoubledEventsChangeNothingButTime() {
        updated("small");
        bench.aws().events().weather(new Weather(Duration.ofSeconds(1), Duration.ofSeconds(20), 0, 1));
        updated("large");
        bench.aws().events().weather(Weather.SILENT);
        Duration delay = updated("huge");
        assertTrue(delay.compareTo(Duration.ofSeconds(66)) <= 0, "Delay: " + delay);
    }

    @Test
    void aLongUpdateIsLookedAtSeldom() {
        updated("small");
        simulation().takes(Duration.ofMinutes(20));
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advance(Duration.ofMinutes(10));
        long before = calls("DescribeStacks");
        bench.advance(Duration.ofMinutes(5));
        assertTrue(calls("DescribeStacks") - before <= 6, calls("DescribeStacks") - before + " looks in 5 minutes");
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }
}
