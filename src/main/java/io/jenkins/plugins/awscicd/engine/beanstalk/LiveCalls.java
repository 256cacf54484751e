package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * The calls that change what is served. Immediately before each of them the gate is asked, unless the same call may have been made
 * already. They block.
 */
final class LiveCalls {

    private final AwsSession session;
    private final String application;
    private final Gate gate;

    LiveCalls(@NonNull AwsSession session, @NonNull String application, @NonNull Gate gate) {
        this.session = session;
        this.application = application;
        this.gate = gate;
    }

    /** Of what has one more condition. */
    @NonNull
    LiveCalls behind(@NonNull Gate other) {
        return new LiveCalls(session, application, other);
    }

    @NonNull
    Gate gate() {
        return gate;
    }

    /**
     * @param label what the environment runs from then on
     * @param first false if the same call may have been made already
     * @param mark keeps that it is made
     * @return the request's id
     */
    @NonNull
    String update(
            @NonNull String environment,
            @CheckForNull String label,
            boolean first,
            @NonNull Runnable mark,
            @NonNull UpdateEnvironmentRequest update) {
        if (first) {
            gate.pass(application, environment, label);
        }
        mark.run();
        return EnvironmentService.client(session)
                .updateEnvironment(update)
                .responseMetadata()
                .requestId();
    }

    /** Deploys what ran there before: it was let in once, and what has failed is not to stay for want of a second time. */
    @NonNull
    String bringBack(@NonNull String environmentId, @NonNull String label) {
        return EnvironmentService.client(session)
                .updateEnvironment(update -> update.environmentId(environmentId).versionLabel(label))
                .responseMetadata()
                .requestId();
    }

    @NonNull
    CreateEnvironmentResponse create(
            @NonNull String environment,
            @NonNull String label,
            boolean first,
            @NonNull Runnable mark,
            @NonNull CreateEnvironmentRequest create) {
        if (first) {
            gate.pass(application, environment, label);
        }
        mark.run();
        return EnvironmentService.client(session).createEnvironment(create);
    }

    void swap(@NonNull Sides sides, @NonNull EnvironmentSnapshot green, boolean first, @NonNull Runnable mark) {
        if (first) {
            gate.exchange(application, sides.blue(), green.name(), green.versionLabel());
        }
        mark.run();
        EnvironmentService.client(session)
                .swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentId(sides.blueId()).destinationEnvironmentId(green.id()));
    }
}
