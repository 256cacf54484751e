package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.Admission;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.List;

/** Has a step's job pass the guards of stages, and keeps which of them an administrator has let it pass over. */
final class StageGate {

    private final Run<?, ?> run;
    private final ResolvedStage stage;
    private final AwsAccess access;
    private final AwsSession session;
    private final JobConsole console;
    private volatile String override;

    /** @param stage the one that the step names, as it was when the step began; null for none */
    StageGate(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull AwsAccess access,
            @NonNull AwsSession session,
            @NonNull JobConsole console) {
        this.run = run;
        this.stage = stage;
        this.access = access;
        this.session = session;
        this.console = console;
    }

    /** To be asked before anything is deployed. */
    @NonNull
    Gate of(@NonNull Target.Service service) {
        return (application, target, revision) -> admit(
                new Target(service, session.region().id(), Target.account(access), application, target), revision);
    }

    /** Fails unless the run may build in the step's stage. */
    void admitBuild() {
        admit(null, null);
    }

    private void admit(@CheckForNull Target target, @CheckForNull String revision) {
        Instant now = AwsConnections.get().engine().scheduler().now();
        List<String> overridden = Admission.of(run, stage, target, revision, now);
        if (!overridden.isEmpty()) {
            overridden.forEach(console::line);
            override = String.join("; ", overridden);
        }
    }

    /** Why guards of a stage were passed over; null if none were. */
    @CheckForNull
    String override() {
        return override;
    }
}
