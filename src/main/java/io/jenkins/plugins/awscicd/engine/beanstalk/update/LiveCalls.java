package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
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
public final class LiveCalls {

    /** For as long an answer may be missing, and AWS not show what it has begun. */
    private static final Duration MOMENT = Duration.ofMinutes(5);

    private final AwsSession session;
    private final String application;
    private final Gate gate;

    public LiveCalls(@NonNull AwsSession session, @NonNull String application, @NonNull Gate gate) {
        this.session = session;
        this.application = application;
        this.gate = gate;
    }

    /** Of what has one more condition. */
    @NonNull
    public LiveCalls behind(@NonNull Gate other) {
        return new LiveCalls(session, application, other);
    }

    /**
     * Whether a call is to pass the gate.
     *
     * @param asked when AWS was asked for the same before, and may have begun it; null if it was not
     */
    public static boolean isNew(@CheckForNull Instant asked, @NonNull Instant now) {
        return asked == null || asked.plus(MOMENT).isBefore(now);
    }

    private Gate.What version(String label) {
        return VersionContent.of(session, application, label);
    }

    @NonNull
    public Gate gate() {
        return gate;
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
            @NonNull UpdateEnvironmentRequest update) {
        if (passes) {
            gate.pass(environment.where(), version(label));
        }
        mark.run();
        return EnvironmentService.client(session)
                .updateEnvironment(update)
                .responseMetadata()
                .requestId();
    }

    /**
     * Deploys what ran there before: it was let in once, and what has failed is not to stay for want of a second time.
     *
     * @param passes whether it passes the gate all the same, as others come to the environment than then
     * @param mark keeps that it is made
     */
    @NonNull
    String bringBack(
            @NonNull EnvironmentSnapshot environment, @NonNull String label, boolean passes, @NonNull Runnable mark) {
        if (passes) {
            gate.pass(environment.where(), version(label));
        }
        mark.run();
        return EnvironmentService.client(session)
                .updateEnvironment(
                        update -> update.environmentId(environment.id()).versionLabel(label))
                .responseMetadata()
                .requestId();
    }

    @NonNull
    CreateEnvironmentResponse create(
            @NonNull String environment,
            @NonNull String label,
            boolean passes,
            @NonNull Runnable mark,
            @NonNull CreateEnvironmentRequest create) {
        if (passes) {
            gate.pass(new Gate.Where(application, environment, create.cnamePrefix()), version(label));
        }
        mark.run();
        return EnvironmentService.client(session).createEnvironment(create);
    }

    public void swap(@NonNull Sides sides, @NonNull EnvironmentSnapshot green, boolean passes, @NonNull Runnable mark) {
        if (passes) {
            gate.exchange(
                    new Gate.Where(application, sides.blue(), sides.cname()),
                    green.where(),
                    version(green.versionLabel()),
                    version(sides.blueLabel()));
        }
        mark.run();
        EnvironmentService.client(session)
                .swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentId(sides.blueId()).destinationEnvironmentId(green.id()));
    }
}
