package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.config.StageUses;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Stages that something is deployed to, or was. */
@Extension
public final class DeployedStages implements StageUses {

    private static final int FEW = 5;

    @Override
    @NonNull
    public List<String> of(@NonNull String stage) {
        List<String> uses = new ArrayList<>();
        Deployments deployments = Deployments.get();
        deployments.running().stream()
                .filter(deployment -> stage.equals(deployment.destination().stage()))
                .map(deployment -> Messages.DeployedStages_running(
                        deployment.origin().job() + " #" + deployment.origin().number()))
                .limit(FEW)
                .forEach(uses::add);
        deployments.byDestination().keySet().stream()
                .filter(destination -> stage.equals(destination.stage()))
                .map(destination -> Messages.DeployedStages_history(destination.application()))
                .distinct()
                .limit(FEW)
                .forEach(uses::add);
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
