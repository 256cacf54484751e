package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Relay;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A build through something that once says something of its own, though AWS has carried out what was asked. */
@Timeout(60)
class RelayedBuildTest extends SteppedBuilds {

    @ParameterizedTest
    @CsvSource({
        "StartBuild, 200 OK",
        "StartBuild, 302 Found",
        "StartBuild, 404 Not Found",
        "BatchGetBuilds, 404 Not Found",
        "BatchGetBuilds, 200 OK",
        "StartBuild, 502 Bad Gateway"
    })
    void aBuildIsNotLost(String operation, String status) {
        bench.simulatedProject("web");
        AtomicInteger asked = new AtomicInteger();
        try (Relay relay = new Relay(bench.aws().endpoint(), (request, onward) -> {
            byte[] own = onward.answer();
            boolean hit = request.contains("CodeBuild_20161006." + operation + "\r\n") && asked.incrementAndGet() == 1;
            return hit ? Relay.answer(status, "") : own;
        })) {
            AwsAccess access = new AwsAccess(
                    "eu-west-1", null, null, null, null, relay.address().toString());
            BuildRun run = new BuildRun(bench, bench.clients().open(access, Bench.ALICE)).start("web");
            untilOver(run);
            onlyBuild();
            assertEquals(null, run.failure());
        }
    }
}
