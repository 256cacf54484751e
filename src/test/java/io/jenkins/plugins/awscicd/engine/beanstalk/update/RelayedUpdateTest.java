package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment through something that once says something of its own, though AWS has carried out what was asked. */
@Timeout(60)
class RelayedUpdateTest extends SteppedUpdates {

    @ParameterizedTest
    @CsvSource({
        "CreateApplicationVersion, 1, 200 OK",
        "DescribeEnvironments, 1, 200 OK",
        "UpdateEnvironment, 1, 404 Not Found",
        "DescribeEnvironments, 3, 404 Not Found",
        "UpdateEnvironment, 1, 200 OK",
        "UpdateEnvironment, 1, 502 Bad Gateway"
    })
    void anUpdateIsNotLost(String operation, int which, String status) {
        environment(it -> it);
        AtomicInteger asked = new AtomicInteger();
        try (Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] own = onward.answer();
            boolean hit = request.contains("Action=" + operation + "&") && asked.incrementAndGet() == which;
            return hit ? Relay.answer(status, "") : own;
        })) {
            AwsAccess access = new AwsAccess(
                    "eu-west-1", null, null, null, null, relay.address().toString());
            EnvironmentRun run =
                    deploy(bench.clients().open(access, Bench.ALICE), "1.zip").start();
            untilOver(run);
            assertEquals(null, run.failure());
        }
    }
}
