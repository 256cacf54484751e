package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Finds the clone that was prepared for a blue/green deployment and is not to become live. Nothing is changed here yet. */
final class DiscardStart implements RemoteJob.Starter {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final Journal journal;
    private final Gate gate;

    /** @param gate asked about the clone, of which nothing is deployed */
    DiscardStart(AwsSession session, BeanstalkRequest request, Journal journal, Gate gate) {
        this.session = session;
        this.request = request;
        this.journal = journal;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return GreenStart.call(session, request, EnvironmentService.DESCRIBE, () -> {
            GreenStart.checkWanted(wanted);
            return find();
        });
    }

    /** Run by the lane. */
    private String find() {
        BlueGreenArguments arguments = request.blueGreen();
        Prepared prepared = Objects.requireNonNull(arguments.discarded());
        ApplicationEnvironments all = ApplicationEnvironments.read(session, request.application());
        EnvironmentDescription green = all.get(
                BlueGreenArguments.DISCARD,
                prepared.green(),
                "if it is terminated already, there is nothing to discard");
        String claimed = prepared.cname();
        EnvironmentDescription blue = all.live(claimed == null ? Objects.requireNonNull(arguments.cname()) : claimed);
        if (blue == green) {
            throw refusal(green.environmentName() + " is live: it has the CNAME " + green.cname());
        }
        if (!GreenClone.isClone(green)) {
            throw refusal(
                    green.environmentName() + " was not cloned for a blue/green deployment and is left as it is; a"
                            + " twin waits for the next run");
        }
        gate.pass(request.application(), green.environmentName(), null);
        Prepared.begin(journal, green, blue, true);
        return green.environmentId();
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(BlueGreenArguments.DISCARD + ": " + why);
    }
}
