package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Begins a blue/green deployment with a clone of the environment that is live when its turn has come. */
public final class CloneStart implements PairStart.Task {

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final String cname;
    private final ApplicationVersions versions;
    private final UpdateJournal journal;
    private final JobConsole console;
    private final Gate gate;
    private final GreenClone green;
    private final String token;

    /**
     * @param gate asked about what is live, before anything is made that is to replace it
     * @param token of the step alone
     */
    public CloneStart(
            AwsSession session,
            BeanstalkRequest request,
            ApplicationVersions versions,
            Journal journal,
            JobConsole console,
            Gate gate,
            String token) {
        this.session = session;
        this.request = request;
        this.cname = Objects.requireNonNull(request.blueGreen().cname());
        this.versions = versions;
        this.journal = UpdateJournal.of(journal);
        this.console = console;
        this.gate = gate;
        this.green = new GreenClone(session, request, journal, console);
        this.token = token;
    }

    @Override
    public String action() {
        return GreenClone.ACTION;
    }

    /** What cannot work is found out before a version is made, and long before its turn perhaps. */
    @Override
    public CompletableFuture<?> ready(BooleanSupplier wanted) {
        if (journal.hasLabel()) { // before a restart
            return CompletableFuture.completedFuture(null);
        }
        return PairStart.call(
                        wanted,
                        session,
                        request,
                        EnvironmentService.DESCRIBE,
                        () -> live(ApplicationEnvironments.read(session, request.application())))
                .thenCompose(live -> versions.ready(wanted))
                .thenAccept(journal::label);
    }

    private EnvironmentDescription live(ApplicationEnvironments all) {
        EnvironmentDescription blue = all.live(cname);
        ApplicationEnvironments.checkTier("cname", blue);
        return blue;
    }

    @Override
    public Set<String> sides(ApplicationEnvironments all) {
        Sides kept = Sides.kept(journal);
        return kept != null && green.isThere(all)
                ? Set.of(kept.blue(), green.name())
                : Set.of(live(all).environmentName(), green.choose(live(all), token));
    }

    @Override
    public String begin(ApplicationEnvironments all, Runnable wanted) {
        if (green.isThere(all)) {
            return green.found(all);
        }
        wanted.run();
        EnvironmentDescription blue = live(all);
        Sides sides = Sides.of(blue, true);
        if (!sides.equals(Sides.kept(journal))) {
            green.deleteTemplate(); // of another one
            sides.keep(journal);
            sides.tell(console);
        }
        String label = journal.label();
        return green.make(sides, blue, label, () -> {
            wanted.run();
            gate.exchange(
                    ApplicationEnvironments.where(blue),
                    new Gate.Where(request.application(), green.name(), null).asClone(),
                    VersionContent.of(session, request.application(), label),
                    VersionContent.of(session, request.application(), sides.blueLabel()));
        });
    }

    @Override
    public CompletableFuture<?> giveUp() {
        return green.tidyUp();
    }
}
