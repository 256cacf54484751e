package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Begins a blue/green deployment with a clone of the environment that is live when its turn has come. */
public final class CloneStart extends PairStart {

    private final String cname;
    private final ApplicationVersions versions;
    private final UpdateJournal journal;
    private final GreenClone green;

    public CloneStart(Step step, ApplicationVersions versions) {
        super(step, Objects.requireNonNull(step.request().blueGreen().cname()));
        this.cname = Objects.requireNonNull(step.request().blueGreen().cname());
        this.versions = versions;
        this.journal = step.journal();
        this.green = new GreenClone(step);
    }

    @Override
    protected String action() {
        return GreenClone.ACTION;
    }

    /** What cannot work is found out before a version is made, and long before its turn perhaps. */
    @Override
    protected CompletableFuture<?> ready() {
        if (journal.hasLabel()) { // before a restart
            return CompletableFuture.completedFuture(null);
        }
        return call(
                        step,
                        wanted,
                        EnvironmentService.DESCRIBE,
                        () -> live(ApplicationEnvironments.read(step.session(), step.application())))
                .thenCompose(live -> versions.ready(wanted))
                .thenAccept(journal::label);
    }

    private EnvironmentSnapshot live(ApplicationEnvironments all) {
        EnvironmentSnapshot blue = all.live(cname);
        ApplicationEnvironments.checkTier("cname", blue);
        return blue;
    }

    @Override
    protected Set<String> sides(ApplicationEnvironments all) {
        Sides kept = Sides.kept(journal);
        return kept != null && green.isThere(all)
                ? Set.of(kept.blue(), green.name())
                : Set.of(live(all).name(), green.choose(live(all)));
    }

    @Override
    protected String begin(ApplicationEnvironments all) {
        if (green.isThere(all)) {
            return green.found(all);
        }
        checkWanted();
        EnvironmentSnapshot blue = live(all);
        Sides sides = Sides.of(blue, true);
        if (!sides.equals(Sides.kept(journal))) {
            green.deleteTemplate(); // of another one
            sides.keep(journal);
            sides.report(console);
        }
        String label = journal.label();
        Runnable passes = () -> {
            checkWanted();
            step.gate()
                    .exchange(
                            blue.where(),
                            new Gate.Where(step.application(), green.name(), null).asClone(),
                            VersionContent.of(step, label),
                            VersionContent.of(step, sides.blueLabel()));
        };
        return green.make(sides, blue, label, passes, this::checkWanted);
    }

    @Override
    protected CompletableFuture<?> giveUp() {
        return green.tidyUp();
    }
}
