package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Takes up a blue/green deployment whose green environment was prepared before, if that may still become live. */
final class ContinueStart implements RemoteJob.Starter {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final BlueGreenArguments arguments;
    private final Journal journal;
    private final JobConsole console;
    private final Gate gate;
    private BooleanSupplier wanted = () -> true;

    /** @param gate asked about what is live, and what is to be */
    ContinueStart(AwsSession session, BeanstalkRequest request, Journal journal, JobConsole console, Gate gate) {
        this.session = session;
        this.request = request;
        this.arguments = request.blueGreen();
        this.journal = journal;
        this.console = console;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        Prepared prepared = Objects.requireNonNull(arguments.continued());
        return GreenStart.call(session, request, EnvironmentService.DESCRIBE, () -> takeUp(prepared));
    }

    /** Run by the lane. */
    private String takeUp(Prepared prepared) {
        GreenStart.checkWanted(wanted);
        ApplicationEnvironments all = ApplicationEnvironments.read(session, request.application());
        EnvironmentDescription green = all.get(
                BlueGreenArguments.CONTINUE,
                prepared.green(),
                "it may have been terminated since: prepare another one");
        GreenStart.checkTier(BlueGreenArguments.CONTINUE, green);
        String given = arguments.cname();
        String claimed = prepared.cname();
        String cname = claimed == null ? Objects.requireNonNull(given) : claimed;
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
        gate.exchange(request.application(), blue.environmentName(), name, green.versionLabel());
        Prepared.begin(journal, green, blue, false);
        console.line(name + " runs " + green.versionLabel() + " and is "
                + EnvironmentSnapshot.of(green).healthInWords() + "; live is " + blue.environmentName() + " with "
                + blue.versionLabel() + ": " + blue.cname());
        return green.environmentId();
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(BlueGreenArguments.CONTINUE + ": " + why);
    }
}
