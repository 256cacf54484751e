package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.board.RunningDeployment;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Sees to it that what an execution deploys is remembered. Whatever goes wrong with that, the deployment goes on.
 *
 * @param <S> what is seen of a deployment
 */
final class DeploymentMemory<S extends Snapshot> {

    private static final Logger LOGGER = Logger.getLogger(DeploymentMemory.class.getName());

    private final Deploying<S> deploying;
    private final RemoteJobExecution<S> execution;
    private final AwsSession session;
    private final RunningDeployment deployment;
    private boolean told;

    private DeploymentMemory(
            Deploying<S> deploying, RemoteJobExecution<S> execution, AwsSession session, RunningDeployment deployment) {
        this.deploying = deploying;
        this.execution = execution;
        this.session = session;
        this.deployment = deployment;
    }

    /** Null if the execution does not deploy anything. */
    @CheckForNull
    @SuppressWarnings("unchecked") // an execution deploys what it watches
    static <S extends Snapshot> DeploymentMemory<S> of(
            @NonNull RemoteJobExecution<S> execution, @NonNull Run<?, ?> run, @NonNull AwsSession session) {
        if (!(execution instanceof Deploying<?> deploying) || !deploying.deploys()) {
            return null;
        }
        String region = session.region().id();
        return new DeploymentMemory<>(
                (Deploying<S>) deploying,
                execution,
                session,
                new RunningDeployment(
                        run,
                        execution.token().token(),
                        deploying.stepName(),
                        region,
                        execution.gate().whose(),
                        commit(execution.getContext()),
                        deploying.archive()));
    }

    /** As a checkout that Declarative Pipeline makes leaves it, or {@code withEnv}. */
    @CheckForNull
    private static String commit(StepContext context) {
        try {
            EnvVars variables = context.get(EnvVars.class);
            return variables == null ? null : Util.fixEmptyAndTrim(variables.get("GIT_COMMIT"));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The environment does not tell a commit", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** AWS has started it, or it was found again after a restart. */
    synchronized void started(@NonNull String id) {
        Destination destination = place(deploying.destination());
        if (destination == null && !deploying.isKnownById()) {
            return;
        }
        try {
            deployment.started(
                    id,
                    destination,
                    deploying.revision(),
                    execution.gate().override(),
                    deploying.consolePage(session, id),
                    execution.gate().seen());
            told = true;
        } catch (RuntimeException e) {
            forgotten(e);
        }
    }

    @CheckForNull
    private Destination place(@CheckForNull Destination destination) {
        return destination == null ? null : destination.at(execution.gate().ownEndpoint());
    }

    /** It has ended, or come as far as it was to be watched. */
    synchronized void ended(@NonNull List<S> jobs) {
        try {
            Deploying.Outcome outcome = deploying.outcome(session, jobs);
            String id = jobs.get(0).id();
            // Only now it is known where an earlier deployment goes that no run of this Jenkins has made, and what is
            // live.
            deployment.started(
                    id,
                    place(outcome.destination()),
                    outcome.revision(),
                    execution.gate().override(),
                    deploying.consolePage(session, id),
                    execution.gate().seen());
            deployment.ended(outcome.verdict(), outcome.revision(), outcome.cause());
            told = false;
        } catch (RuntimeException e) {
            forgotten(e);
        }
    }

    /** The step is over. */
    synchronized void over() {
        if (told) {
            try {
                deployment.left();
            } catch (RuntimeException e) {
                forgotten(e);
            }
        }
    }

    private static void forgotten(RuntimeException why) {
        LOGGER.log(Level.WARNING, "Cannot remember a deployment", why);
    }
}
