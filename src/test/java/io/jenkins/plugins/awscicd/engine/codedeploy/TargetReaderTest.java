package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.DeploymentRun;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.SteppedDeployments;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Dialect;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

class TargetReaderTest extends SteppedDeployments {

    @ParameterizedTest
    @NullSource
    @EnumSource(names = "NO_SUCH_INSTANCE")
    void aTargetThatAwsKnowsNoMoreKeepsNothingBackOfTheOthers(Dialect dialect) {
        if (dialect != null) {
            bench.aws().codeDeploy().speak(List.of(dialect));
        }
        group(it -> it.instances("i-1", "i-2", "i-3"));
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);
        CompletableFuture<List<Target>> read = new TargetReader(bench.session(), run.id(), true)
                .read(List.of("i-1", "i-gone", "i-2", "i-lost", "i-3"));
        bench.advanceUntil(read::isDone, LONG);
        assertEquals(
                List.of("i-1", "i-2", "i-3"),
                read.join().stream().map(Target::id).toList());
    }

    @Test
    void whatHasNotStartedHasNoTargets() {
        group(it -> it.instances("i-1"));
        String id = CodeDeployService.client(bench.session())
                .createDeployment(create -> create.applicationName("web")
                        .deploymentGroupName("dev")
                        .revision(it -> it.revisionType("S3")
                                .s3Location(at ->
                                        at.bucket("artifacts").key("1.zip").bundleType("zip"))))
                .deploymentId();
        assertEquals(List.of(), TargetReader.all(CodeDeployService.client(bench.session()), id));
    }
}
