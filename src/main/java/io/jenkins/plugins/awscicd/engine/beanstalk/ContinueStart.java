package io.jenkins.plugins.awscicd.engine.beanstalk;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Takes up a blue/green deployment whose green environment was prepared before, if that is still as it was and may become live. */
final class ContinueStart implements PairStart.Task {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final Prepared prepared;
    private final String cname;
    private final Journal journal;
    private final JobConsole console;
    private final Gate gate;

    /** @param gate asked about what is live, and what is to be */
    ContinueStart(AwsSession session, BeanstalkRequest request, Journal journal, JobConsole console, Gate gate) {
        this.session = session;
        this.request = request;
        this.prepared = Objects.requireNonNull(request.blueGreen().continued());
        this.cname = prepared.cname(request.blueGreen());
        this.journal = journal;
        this.console = console;
        this.gate = gate;
    }

    @Override
    public String action() {
        return EnvironmentService.DESCRIBE;
    }

    private EnvironmentDescription green(ApplicationEnvironments all) {
        return all.get(
                BlueGreenArguments.CONTINUE,
                prepared.green(),
                "it may have been terminated since: prepare another one");
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
        ApplicationEnvironments.checkTier(BlueGreenArguments.CONTINUE, green);
        EnvironmentDescription blue = all.live(cname);
        String name = green.environmentName();
        if (blue == green) {
            throw refusal(name + " is live already: it has the CNAME " + green.cname());
        }
        String blueId = prepared.blueId();
        if (blueId != null && !blueId.equals(blue.environmentId())) {
            throw refusal(
                    blue.environmentName() + " has become live since " + name + " was prepared; prepare it again");
        }
        String blueLabel = prepared.blueLabel();
        if (blueLabel != null && !blueLabel.equals(String.valueOf(blue.versionLabel()))) {
            throw refusal(blue.environmentName() + " has got version '" + blue.versionLabel() + "' since " + name
                    + " was prepared, when it ran '" + blueLabel + "'; prepare it again");
        }
        String label = prepared.versionLabel();
        String approved = label == null ? request.version() : label;
        String unfit = GreenCheck.problem(
                EnvironmentSnapshot.of(green), approved, request.health().colours());
        if (unfit != null) {
            throw refusal(unfit);
        }
        String changed = prepared.changed(session, green);
        if (changed != null) {
            throw refusal(changed);
        }
        gate.exchange(request.application(), blue.environmentName(), name, green.versionLabel());
        prepared.begin(journal, green, blue, false);
        console.line(name + " runs " + green.versionLabel() + " and is "
                + EnvironmentSnapshot.of(green).healthInWords() + "; live is " + blue.environmentName() + " with "
                + blue.versionLabel() + ": " + blue.cname());
        return green.environmentId();
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(BlueGreenArguments.CONTINUE + ": " + why);
    }
}
