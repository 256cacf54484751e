package io.jenkins.plugins.awscicd.engine.beanstalk;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Finds the clone that was prepared for a blue/green deployment and is not to become live. Nothing is changed here yet. */
final class DiscardStart implements PairStart.Task {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final Prepared prepared;
    private final String cname;
    private final Journal journal;
    private final Gate gate;

    /** @param gate asked about the clone, of which nothing is deployed */
    DiscardStart(AwsSession session, BeanstalkRequest request, Journal journal, Gate gate) {
        this.session = session;
        this.request = request;
        this.prepared = Objects.requireNonNull(request.blueGreen().discarded());
        this.cname = prepared.cname(request.blueGreen());
        this.journal = journal;
        this.gate = gate;
    }

    @Override
    public String action() {
        return EnvironmentService.DESCRIBE;
    }

    private EnvironmentDescription green(ApplicationEnvironments all) {
        return all.get(
                BlueGreenArguments.DISCARD,
                prepared.green(),
                "if it is terminated already, there is nothing to discard");
    }

    @Override
    public Set<String> sides(ApplicationEnvironments all) {
        return new HashSet<>(
                List.of(green(all).environmentName(), all.live(cname).environmentName()));
    }

    @Override
    public String begin(ApplicationEnvironments all, Runnable wanted) {
        wanted.run();
        EnvironmentDescription green = green(all);
        EnvironmentDescription blue = all.live(cname);
        if (blue == green) {
            throw refusal(green.environmentName() + " is live: it has the CNAME " + green.cname());
        }
        if (!GreenClone.isClone(green)) {
            throw refusal(
                    green.environmentName() + " was not cloned for a blue/green deployment and is left as it is; a"
                            + " twin waits for the next run");
        }
        String changed = prepared.changed(session, green);
        if (changed != null) {
            throw refusal(changed + ", or give its name to end it all the same");
        }
        gate.pass(request.application(), green.environmentName(), null);
        prepared.begin(journal, green, blue, true);
        return green.environmentId();
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(BlueGreenArguments.DISCARD + ": " + why);
    }
}
