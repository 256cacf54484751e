package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment through something that once says something of its own, though AWS has carried out what was asked. */
@Timeout(60)
class RelayedDeploymentTest extends SteppedDeployments {

    private static final String HTML = "<html><head><title>Gateway</title></head><body><p>Not now</p></body></html>";

    @ParameterizedTest
    @CsvSource({
        "CreateDeployment, 200 OK, ''",
        "CreateDeployment, 302 Found, " + HTML,
        "CreateDeployment, 400 Bad Request, " + HTML,
        "CreateDeployment, 403 Forbidden, " + HTML,
        "CreateDeployment, 404 Not Found, " + HTML,
        "CreateDeployment, 502 Bad Gateway, " + HTML,
        "BatchGetDeployments, 400 Bad Request, " + HTML,
        "BatchGetDeployments, 403 Forbidden, " + HTML,
        "BatchGetDeployments, 404 Not Found, " + HTML,
        "BatchGetDeployments, 200 OK, " + HTML,
        "BatchGetDeployments, 200 OK, ''"
    })
    void aDeploymentIsNotLost(String operation, String status, String body) {
        group(it -> it);
        AtomicInteger asked = new AtomicInteger();
        try (Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] own = onward.answer();
            boolean hit = request.contains("CodeDeploy_20141006." + operation + "\r\n") && asked.incrementAndGet() == 1;
            return hit ? Relay.answer(status + "\r\nContent-Type: text/html", body) : own;
        })) {
            AwsAccess access = new AwsAccess(
                    "eu-west-1", null, null, null, null, relay.address().toString());
            DeploymentRun run =
                    deploy(bench.clients().open(access, Bench.ALICE), "1.zip").start();
            bench.advanceUntil(run::isOver, LONG);
            assertEquals(1, deployments().size());
            assertEquals(null, run.failure());
            assertEquals("Succeeded", run.last().status());
        }
    }
}
