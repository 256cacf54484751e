package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Duration;

/**
 * How long CodePipeline takes for its own part.
 *
 * @param transition from one stage into the next
 * @param poll between two looks at what an action has started
 * @param simulated how long an action takes that is only simulated
 */
public record CodePipelineTiming(Duration transition, Duration poll, Duration simulated) {

    public static final CodePipelineTiming DEFAULT =
            new CodePipelineTiming(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10));
}
