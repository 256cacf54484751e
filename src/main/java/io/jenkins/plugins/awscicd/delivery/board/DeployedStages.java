package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.config.StageUses;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.Audience;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Stages that something is deployed to, or was: told to whoever may see the jobs, and to others only that there are some. */
@Extension
public final class DeployedStages implements StageUses {

    private static final int FEW = 5;

    @Override
    @NonNull
    public List<String> of(@NonNull String stage, @CheckForNull Item folder) {
        String jobs = folder == null ? "" : folder.getFullName() + "/";
        List<String> uses = new ArrayList<>();
        Deployments deployments = Deployments.get();
        Audience audience = new Audience();
        List<Deployment> running = deployments.running().stream()
                .filter(deployment -> stage.equals(deployment.destination().stage())
                        && deployment.origin().job().startsWith(jobs))
                .toList();
        List<List<Deployment>> histories = deployments.byDestination().entrySet().stream()
                .filter(entry -> stage.equals(entry.getKey().stage()))
                .map(entry -> entry.getValue().stream()
                        .filter(deployment -> deployment.origin().job().startsWith(jobs))
                        .toList())
                .filter(history -> !history.isEmpty())
                .toList();
        running.stream()
                .filter(audience::maySee)
                .map(deployment -> Messages.DeployedStages_running(
                        deployment.origin().job() + " #" + deployment.origin().number()))
                .limit(FEW)
                .forEach(uses::add);
        histories.stream()
                .flatMap(history -> history.stream().filter(audience::maySee).limit(1))
                .map(deployment ->
                        Messages.DeployedStages_history(deployment.destination().application()))
                .distinct()
                .limit(FEW)
                .forEach(uses::add);
        if (uses.isEmpty() && !histories.isEmpty()) {
            uses.add(Messages.DeployedStages_hidden());
        }
        return uses;
    }

    @Override
    @CheckForNull
    public String last(@NonNull String stage, @NonNull Item job) {
        return Deployments.get()
                .latest(stage, origin -> origin.isOf(job.getFullName()))
                .map(deployment -> Messages.DeployedStages_last(
                        deployment.origin().number(),
                        deployment.started().truncatedTo(ChronoUnit.SECONDS).toString()))
                .orElse(null);
    }
}
