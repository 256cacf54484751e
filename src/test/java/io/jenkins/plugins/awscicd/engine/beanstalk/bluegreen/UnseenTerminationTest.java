package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkTiming;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nothing takes time at AWS, so that no look sees what an environment is between two states. */
class UnseenTerminationTest extends SteppedBlueGreen {

    UnseenTerminationTest() {
        super(Bench.stepped(it -> it.beanstalkTiming(BeanstalkTiming.NONE)));
    }

    @Test
    void aTerminationThatFailsBetweenTwoLooksIsNotWaitedForWithoutEnd() {
        environment("web-prod", "web-prod");
        bench.aws().beanstalk().dialect(Dialect.TERMINATION_FAILS);
        EnvironmentRun run = green("v1").with("oldEnvironment", "terminate").start();
        untilOver(run);

        assertTrue(run.result().isSwapped());
        assertTrue(
                run.console().lines().stream()
                        .anyMatch(line -> line.contains(
                                "web-prod is not terminated: AWS started to terminate it but left it as it was")),
                () -> run.console().lines().toString());
    }

    @Test
    void anEnvironmentThatAwsDoesNotShowIsNotTakenForOneThatWasLeft() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("oldEnvironment", "terminate").start();
        until(() -> calls("TerminateEnvironment") == 1);
        Fault silence =
                bench.aws().faults().on("ElasticBeanstalk.DescribeEnvironments").throttle();
        bench.advance(Duration.ofMinutes(5));
        bench.aws().faults().lift(silence);
        untilOver(run);

        assertFalse(
                reported(run, "web-prod is not terminated"),
                run.console().lines().toString());
        assertNull(run.result().getCause());
    }
}
