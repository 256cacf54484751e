package io.jenkins.plugins.awscicd.engine.job.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of all kinds that are aborted while AWS does not answer: what is not begun need not be waited for. */
class SilentAwsTest {

    enum Kind {
        STOPPED_DEPLOYMENT,
        CONTINUED_DEPLOYMENT,
        UPDATE,
        SETTINGS,
        TWINS,
        CLONE,
        CONTINUED,
        DISCARDED
    }

    private static final WorkspaceSource NO_FILES = StepFiles.none();

    private final RuntimeException abort = new RuntimeException("aborted by a person");

    @AutoClose
    private final Bench bench = Bench.stepped();

    @BeforeEach
    void places() {
        bench.aws().s3().createBucket("artifacts", false);
        bench.aws().s3().put("artifacts", "1.zip", new byte[] {1});
        bench.aws().codeDeploy().group(GroupSpec.simulated("web", "dev").instances("i-1"));
        bench.aws().beanstalk().version("web", "v1", "artifacts", "1.zip");
        for (String name : new String[] {"web-a", "web-b"}) {
            bench.aws()
                    .beanstalk()
                    .environment(EnvironmentSpec.simulated("web", name)
                            .instances(1)
                            .version("v0")
                            .cname(name.equals("web-a") ? "live" : "idle"));
        }
        bench.advance(60);
    }

    private KeptStep<?> step(Kind kind) {
        return switch (kind) {
            case STOPPED_DEPLOYMENT -> deployment(Map.of("stop", "d-123456789"));
            case CONTINUED_DEPLOYMENT -> deployment(Map.of("continueAfterReady", "d-123456789"));
            case UPDATE -> update(Map.of("environment", "web-a", "version", "v1"));
            case SETTINGS ->
                update(Map.of(
                        "environment",
                        "web-a",
                        "version",
                        "v1",
                        "optionSettings",
                        List.of(Map.of(
                                "namespace", "aws:elasticbeanstalk:application:environment",
                                "optionName", "A",
                                "value", "b"))));
            case TWINS ->
                update(Map.of(
                        "environment",
                        "web-a",
                        "twin",
                        "web-b",
                        "cname",
                        "live",
                        "strategy",
                        "blueGreen",
                        "version",
                        "v1"));
            case CLONE -> update(Map.of("cname", "live", "strategy", "blueGreen", "version", "v1"));
            case CONTINUED -> update(Map.of("continueBlueGreen", "web-b", "version", "v0", "cname", "live"));
            case DISCARDED -> update(Map.of("discardBlueGreen", "web-b", "cname", "live"));
        };
    }

    private KeptStep<?> deployment(Map<String, Object> arguments) {
        DeploymentRequest request = new DeploymentRequest(arguments);
        assertEquals(List.of(), request.problems());
        return new KeptStep<DeploymentSnapshot>(
                bench,
                (at, token) -> bench.codeDeploy()
                        .prepare(at, request, token, new Turn("web #1", 1), false, Gate.OPEN, NO_FILES));
    }

    private KeptStep<?> update(Map<String, Object> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("application", "web");
        BeanstalkRequest request = new BeanstalkRequest(all);
        assertEquals(List.of(), request.problems());
        return new KeptStep<EnvironmentSnapshot>(
                bench,
                (at, token) ->
                        bench.beanstalk().prepare(at, request, token, new Turn("web #1", 1), Gate.OPEN, NO_FILES));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotBegunNeedNotBeWaitedFor(Kind kind) {
        KeptStep<?> step = step(kind);
        Fault silence = bench.aws().faults().on("*").error(503);
        step.begin();
        bench.advance(20);
        step.execution().stop(abort, null);
        bench.advanceUntil(step::isOver, Duration.ofSeconds(2));
        assertSame(abort, step.outcome().failure());
        bench.aws().faults().lift(silence);
        long calls = bench.aws().calls().total();
        bench.advance(Duration.ofMinutes(20));
        assertEquals(calls, bench.aws().calls().total(), "nothing is begun, or looked for");
    }
}
