package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * The calls that change what is served. Immediately before each of them the gate is asked, unless the same call may have been made a
 * moment ago already: what is refused then may be on its way. They block.
 */
public record LiveCalls(@NonNull Step step) {

    /** For as long an answer may be missing, and AWS not show what it has begun. */
    private static final Duration MOMENT = Duration.ofMinutes(5);

    /**
     * Whether a call is to pass the gate.
     *
     * @param asked when AWS was asked for the same before, and may have begun it; null if it was not
     */
    public static boolean isNew(@CheckForNull Instant asked, @NonNull Instant now) {
        return asked == null || asked.plus(MOMENT).isBefore(now);
    }

    private Gate.What version(String label) {
        return VersionContent.of(step.session(), step.application(), label);
    }

    /**
     * @param label what the environment runs from then on
     * @param passes whether it {@linkplain #isNew is to pass} the gate
     * @param mark keeps that it is made
     * @return the request's id
     */
    @NonNull
    String update(
            @NonNull EnvironmentSnapshot environment,
            @NonNull String label,
            boolean passes,
            @NonNull Runnable mark,
            @NonNull UpdateEnvironmentRequest.Builder update) {
        if (passes) {
            step.gate().pass(environment.where(), version(label));
        }
        mark.run();
        return step.client()
                .updateEnvironment(update.environmentId(environment.id()).build())
                .responseMetadata()
                .requestId();
    }

    @NonNull
    CreateEnvironmentResponse create(
            @NonNull String label, boolean passes, @NonNull Runnable mark, @NonNull CreateEnvironmentRequest create) {
        if (passes) {
            step.gate()
                    .pass(
                            new Gate.Where(step.application(), step.request().environment(), create.cnamePrefix()),
                            version(label));
        }
        mark.run();
        return step.client().createEnvironment(create);
    }

    public void swap(@NonNull Sides sides, @NonNull EnvironmentSnapshot green, boolean passes, @NonNull Runnable mark) {
        if (passes) {
            step.gate()
                    .exchange(
                            new Gate.Where(step.application(), sides.blue(), sides.cname()),
                            green.where(),
                            version(green.versionLabel()),
                            version(sides.blueLabel()));
        }
        mark.run();
        step.client()
                .swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentId(sides.blueId()).destinationEnvironmentId(green.id()));
    }
}
