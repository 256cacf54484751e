package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What many deployments at once cost; prints figures. */
class DeploymentLoadTest extends SteppedDeployments {

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void manyDeploymentsShareTheirCalls(int count) {
        List<DeploymentRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GroupSpec spec = GroupSpec.simulated("web", "group-" + i).instances(3);
            bench.aws().codeDeploy().group(spec);
            spec.simulation().events(Duration.ofSeconds(9));
            runs.add(new DeploymentRun(bench)
                    .with("application", "web")
                    .with("deploymentGroup", "group-" + i)
                    .with("revision", "s3://artifacts/1.zip")
                    .start());
        }
        bench.advanceUntil(() -> runs.stream().allMatch(DeploymentRun::isOver), LONG);

        List<Double> late = new ArrayList<>();
        for (DeploymentRun run : runs) {
            assertEquals("Succeeded", run.last().status());
            assertEquals(
                    21,
                    run.console().lines().stream()
                            .filter(line -> line.matches("i-\\d+  .*s"))
                            .count());
            late.add(Duration.between(
                                    bench.aws()
                                            .codeDeploy()
                                            .deployment(run.id())
                                            .completeTime(),
                                    run.overAt())
                            .toMillis()
                    / 1000.0);
        }
        late.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%d deployments of 64 s: per deployment %.2f looks at it, %.2f lists and %.2f looks at its targets;"
                        + " delay of the end median %.1f s, longest %.1f s%n",
                count,
                (double) calls("BatchGetDeployments") / count,
                (double) calls("ListDeploymentTargets") / count,
                (double) calls("BatchGetDeploymentTargets") / count,
                late.get(late.size() / 2),
                late.get(late.size() - 1));
    }
}
