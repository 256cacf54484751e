package io.jenkins.plugins.awscicd.rehearsal.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.JobExecution;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A step that runs something at AWS, with the arguments, the console lines and the result of the Jenkins step, on the same engine. */
abstract class AwsStep {

    /** Whose uploads they are. */
    final Delivery delivery;

    final AwsSessions aws;
    final Admission admission;
    private final String name;
    private final String unnamed;
    private final String service;

    /** @param unnamed what an argument without a name is */
    AwsStep(Delivery delivery, AwsSessions aws, Admission admission, String name, String unnamed, String service) {
        this.delivery = delivery;
        this.aws = aws;
        this.admission = admission;
        this.name = name;
        this.unnamed = unnamed;
        this.service = service;
    }

    public final void addTo(Steps steps) {
        // Checked by the engine, which knows them best.
        steps.add(name, StepCall.any(unnamed), this::run);
    }

    private Object run(StepCall call) throws IOException, InterruptedException {
        try {
            return perform(call);
        } catch (BundleException | IllegalArgumentException e) {
            throw new StepFailure(name + " " + e.getMessage(), e);
        }
    }

    /** What the script gets. */
    abstract Object perform(StepCall call) throws IOException, InterruptedException;

    final String name() {
        return name;
    }

    final JobConsole console() {
        return console(null);
    }

    private JobConsole console(@CheckForNull String stage) {
        return new StepConsole(delivery.console(), service, stage);
    }

    final WorkspaceSource files() {
        return new StepFiles(delivery.directory(), aws.uploads());
    }

    /** A new one for each call of a step. */
    final StartToken token() {
        return new StartToken(
                UUID.randomUUID().toString(), aws.engine().scheduler().now());
    }

    /**
     * Runs a step's job to its end.
     *
     * @param limit null if AWS alone limits its job
     * @param leaves whether its job is left alone when the delivery is aborted, and not stopped
     */
    final <S extends Snapshot> JobResult run(
            StepStage stage,
            StartToken token,
            @CheckForNull Duration limit,
            JobArguments arguments,
            boolean leaves,
            RehearsedJob.Kind<S> kind)
            throws IOException {
        return new RehearsedJob<>(delivery, console(stage.name()), aws.engine().scheduler(), kind)
                .run(
                        service,
                        stage.name(),
                        new JobExecution.Settings(token.chosen(), limit, arguments.propagate(), !leaves, null));
    }

    final void noteCredentials(AwsAccess access) {
        if (access.credentialsId() != null) {
            delivery.console()
                    .note("There are no credentials '" + access.credentialsId()
                            + "' in a rehearsal: the default ones are used");
        }
    }
}
