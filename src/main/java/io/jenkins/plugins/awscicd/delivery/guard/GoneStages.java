package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * Tells administrators of stages that were renamed or removed while jobs deploy to them, whoever has done it: on the configuration page,
 * in a folder, by Configuration as Code. It is seen from what jobs have deployed, so it passes once a job deploys to the same place under
 * another stage's name, and after some time.
 */
@Extension
public final class GoneStages extends AdministrativeMonitor {

    /** Whoever has not deployed for as long is not expected to. */
    private static final Duration RECENT = Duration.ofDays(30);

    /** So many jobs are named. */
    private static final int NAMED = 10;

    /**
     * A stage that is gone.
     *
     * @param stage its name
     * @param stages those that the jobs see; empty if there are none
     * @param runs the last one of each job that has deployed there
     */
    public record Gone(
            @NonNull String stage,
            @NonNull String stages,
            @NonNull List<String> runs) {

        /** What to do about it. */
        @NonNull
        public String getText() {
            return stages.isEmpty() ? Messages.GoneStages_last(stage) : Messages.GoneStages_gone(stage, stages);
        }

        @NonNull
        public List<String> getRuns() {
            return runs.size() <= NAMED ? runs : runs.subList(0, NAMED);
        }

        /** How many there are besides. */
        public int getFurther() {
            return Math.max(0, runs.size() - NAMED);
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.GoneStages_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getGone().isEmpty();
    }

    /** By the stages' names; one for each, if the jobs see the same stages. */
    @NonNull
    public List<Gone> getGone() {
        Instant since = Instant.now().minus(RECENT);
        Stages general = Stages.of(null);
        Map<Destination, List<Deployment>> all = Deployments.get().byDestination();
        Map<Gone, Map<String, Integer>> gone =
                new TreeMap<>(Comparator.comparing(Gone::stage).thenComparing(Gone::stages));
        all.forEach((destination, deployments) -> {
            String stage = destination.stage();
            Deployment last = deployments.get(0);
            // Asked with each page of an administrator: what all jobs see takes no look at the job.
            if (stage == null
                    || general.find(stage).isPresent()
                    || last.started().isBefore(since)
                    || last.origin().left() == Origin.Left.NOTHING) {
                return;
            }
            Item job = Jenkins.get().getItemByFullName(last.origin().job());
            if (job == null) {
                return;
            }
            Stages stages = Stages.of(job);
            if (stages.find(stage).isEmpty() && !hasMovedOn(last, all)) {
                gone.computeIfAbsent(
                                new Gone(stage, String.join(", ", stages.names()), List.of()), key -> new TreeMap<>())
                        .merge(job.getFullName(), last.origin().number(), Math::max);
            }
        });
        return gone.entrySet().stream()
                .map(entry -> new Gone(
                        entry.getKey().stage(),
                        entry.getKey().stages(),
                        entry.getValue().entrySet().stream()
                                .map(job -> job.getKey() + " #" + job.getValue())
                                .toList()))
                .toList();
    }

    /** Whether the job has deployed to the same place since, for another stage. */
    private static boolean hasMovedOn(Deployment last, Map<Destination, List<Deployment>> all) {
        Destination place = last.destination();
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().stage() != null
                        && entry.getKey().application().equals(place.application())
                        && entry.getKey().target().equals(place.target()))
                .flatMap(entry -> entry.getValue().stream())
                .anyMatch(other -> other.started().isAfter(last.started())
                        && other.origin().isOf(last.origin().job()));
    }
}
