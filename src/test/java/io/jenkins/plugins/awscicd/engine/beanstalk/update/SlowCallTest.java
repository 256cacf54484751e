package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS takes a call late, and its answer is lost. */
class SlowCallTest extends SteppedUpdates {

    @ParameterizedTest
    @ValueSource(ints = {0, 14, 16, 40})
    void aVersionThatFailsIsDeployedOnce(int seconds) {
        environment(it -> it).simulation().failing("v1", "does not start");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.UpdateEnvironment")
                .meanwhile(() -> bench.advance(Duration.ofSeconds(seconds)))
                .times(1);
        bench.loseAnswerTo("ElasticBeanstalk.UpdateEnvironment");
        EnvironmentRun run = deploy("1.zip").with("versionLabel", "v1").start();
        untilOver(run);
        assertEquals(1, begun());
    }
}
