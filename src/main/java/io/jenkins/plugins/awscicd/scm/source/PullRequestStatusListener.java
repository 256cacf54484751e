package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus;
import io.jenkins.plugins.awscicd.engine.codecommit.RunState;
import io.jenkins.plugins.awscicd.scm.BuiltPullRequest;
import io.jenkins.plugins.awscicd.scm.CodeCommitSource;
import io.jenkins.plugins.awscicd.scm.PullRequestComments;
import io.jenkins.plugins.awscicd.scm.PullRequestReport;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMSourceOwner;
import jenkins.scm.api.SCMSourceOwners;
import jenkins.scm.api.trait.SCMTrait;

/**
 * Tells pull requests how their runs stand, where the source has the {@linkplain PullRequestStatusTrait trait}. Nothing waits for it. What
 * a controller that fell has not reported is reported when it is up again.
 */
@Extension(optional = true)
public final class PullRequestStatusListener extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(PullRequestStatusListener.class.getName());

    /** A pull request that is to be reported. */
    private record Reported(BuiltPullRequest built, PullRequestStatusTrait trait) {}

    private static Optional<Reported> reported(Run<?, ?> run) {
        return BuiltPullRequest.of(run)
                .filter(built -> built.source() instanceof CodeCommitSCMSource)
                .flatMap(built -> Optional.ofNullable(SCMTrait.find(
                                ((CodeCommitSCMSource) built.source()).getTraits(), PullRequestStatusTrait.class))
                        .map(trait -> new Reported(built, trait)));
    }

    @Override
    public void onStarted(@NonNull Run<?, ?> run, @NonNull TaskListener listener) {
        reported(run).ifPresent(reported -> {
            PullRequestComments.of(run).setDue(true);
            later(run, reported, RunState.RUNNING, line -> listener.getLogger().println("[CodeCommit] " + line));
        });
    }

    @Override
    public void onFinalized(@NonNull Run<?, ?> run) {
        reported(run).ifPresent(reported -> later(run, reported, PullRequestReport.state(run.getResult()), null));
    }

    private static void later(
            Run<?, ?> run, Reported reported, RunState state, @CheckForNull Consumer<String> console) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                report(run, reported, state, console);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> run + " cannot tell its pull request");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void report(Run<?, ?> run, Reported reported, RunState state, @CheckForNull Consumer<String> console)
            throws IOException, InterruptedException {
        boolean end = state != RunState.RUNNING;
        BuiltPullRequest built = reported.built();
        try (RepositoryConnection connection = built.source().connect()) {
            Consumer<String> lines = console == null ? line -> LOGGER.fine(() -> run + ": " + line) : console;
            PullRequestReport report =
                    new PullRequestReport(run, connection.session().region(), built.id(), built.commit(), null, lines);
            PullRequestStatus status = new PullRequestStatus(connection.aws(), built.id(), built.commit());
            boolean decides = end && reported.trait().isApprove() && built.commit() != null;
            RepositoryConnection.answer(report.post(status, state, null, decides));
        } catch (IOException e) {
            if (AwsConnections.get().isClosing()) {
                return; // reported after the restart
            }
            LOGGER.warning(() -> run + " cannot tell pull request " + built.id() + ": " + e.getMessage());
            if (console != null) {
                console.accept(e.getMessage());
            }
        }
        if (end) {
            PullRequestComments.of(run).setDue(false);
        }
    }

    /** What was not reported before the controller went down. Runs that go on tell it themselves. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void reportWhatIsDue() {
        Computer.threadPoolForRemoting.execute(() -> {
            for (SCMSourceOwner project : SCMSourceOwners.all()) {
                for (Job<?, ?> job : sourced(project)) {
                    Run<?, ?> run = job.getLastBuild();
                    PullRequestComments comments = run == null ? null : run.getAction(PullRequestComments.class);
                    if (comments != null && Boolean.TRUE.equals(comments.getDue()) && !run.isBuilding()) {
                        reported(run)
                                .ifPresent(reported ->
                                        later(run, reported, PullRequestReport.state(run.getResult()), null));
                    }
                }
            }
        });
    }

    private static List<Job<?, ?>> sourced(SCMSourceOwner owner) {
        List<Job<?, ?>> jobs = new ArrayList<>();
        if (owner instanceof ItemGroup<?> project
                && owner.getSCMSources().stream().anyMatch(CodeCommitSource.class::isInstance)) {
            for (Item item : project.getItems()) {
                if (item instanceof Job<?, ?> job) {
                    jobs.add(job);
                }
            }
        }
        return jobs;
    }
}
