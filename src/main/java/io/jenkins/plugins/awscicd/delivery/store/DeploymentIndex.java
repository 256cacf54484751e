package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The deployments in memory, by destination. Of each destination the newest are kept, and the last one that succeeded; beyond that,
 * of all of them. Where there are too many, those go first of which one job has most. Not for several threads at once.
 */
final class DeploymentIndex {

    /** So many are kept of a destination. */
    static final int OF_DESTINATION = 100;

    /** So many are kept in all. */
    static final int OF_ALL = 20_000;

    /** So many destinations are kept. */
    static final int DESTINATIONS = 2_000;

    /** So many of them of a job, which deploys to a new one in each round of a loop if it likes. */
    static final int OF_JOB = 200;

    private static final Comparator<Deployment> OLDEST_FIRST =
            Comparator.comparing(Deployment::started).thenComparing(Deployment::token);

    private final int ofDestination;
    private final int ofAll;
    private final int destinations;
    private final int ofJob;
    /** Of a destination and the job that has deployed there last: whether it is the place of a stage, as that is configured. */
    private final BiPredicate<Destination, String> configured;

    private final Map<String, Deployment> byToken = new HashMap<>();
    private final Map<Destination, NavigableSet<Deployment>> byDestination = new HashMap<>();
    private final NavigableSet<Deployment> all = new TreeSet<>(OLDEST_FIRST);

    DeploymentIndex(@NonNull BiPredicate<Destination, String> configured) {
        this(OF_DESTINATION, OF_ALL, DESTINATIONS, OF_JOB, configured);
    }

    DeploymentIndex(
            int ofDestination,
            int ofAll,
            int destinations,
            int ofJob,
            @NonNull BiPredicate<Destination, String> configured) {
        this.ofDestination = ofDestination;
        this.ofAll = ofAll;
        this.destinations = destinations;
        this.ofJob = ofJob;
        this.configured = configured;
    }

    void apply(@NonNull DeploymentLine line) {
        if (line instanceof DeploymentLine.Told told) {
            put(told.deployment());
        } else if (line instanceof DeploymentLine.Moved moved) {
            change(
                    origin -> origin.left() != Origin.Left.NOTHING && origin.isBelow(moved.from()),
                    origin -> origin.moved(moved.from(), moved.to()));
        } else if (line instanceof DeploymentLine.Gone gone) {
            change(
                    origin -> origin.left() != Origin.Left.NOTHING
                            && (gone.run() == 0
                                    ? origin.isBelow(gone.item())
                                    : origin.job().equals(gone.item()) && origin.number() == gone.run()),
                    origin -> origin.left(gone.run() == 0 ? Origin.Left.NOTHING : Origin.Left.JOB));
        }
    }

    /** Whether a line would change anything. */
    boolean concerns(@NonNull String item) {
        return byToken.values().stream()
                .map(Deployment::origin)
                .anyMatch(origin -> origin.left() != Origin.Left.NOTHING && origin.isBelow(item));
    }

    private void change(Predicate<Origin> which, UnaryOperator<Origin> how) {
        for (Deployment deployment : List.copyOf(byToken.values())) {
            if (which.test(deployment.origin())) {
                put(deployment.from(how.apply(deployment.origin())));
            }
        }
    }

    private void put(Deployment deployment) {
        Deployment before = byToken.get(deployment.token());
        if (before != null) {
            remove(before);
        }
        byToken.put(deployment.token(), deployment);
        all.add(deployment);
        boolean isNew = !byDestination.containsKey(deployment.destination());
        NavigableSet<Deployment> there =
                byDestination.computeIfAbsent(deployment.destination(), destination -> new TreeSet<>(OLDEST_FIRST));
        there.add(deployment);
        if (there.size() > ofDestination + 1) {
            removeOldest(there);
        }
        if (isNew) {
            makeRoom(deployment.origin().job());
        }
        if (all.size() > ofAll) {
            removeOldest(ofBusiestJob());
        }
    }

    /** A job that deploys to ever new places pushes out its own, not those of others. */
    private void makeRoom(String job) {
        Map<String, Long> places = byDestination.values().stream()
                .collect(Collectors.groupingBy(there -> there.last().origin().job(), Collectors.counting()));
        if (places.getOrDefault(job, 0L) > ofJob) {
            removeOldestDestination(job);
        } else if (byDestination.size() > destinations) {
            places.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .anyMatch(most -> removeOldestDestination(most.getKey()));
        }
    }

    /** What can go of the job of which most can, the oldest first. */
    private Collection<Deployment> ofBusiestJob() {
        Map<String, List<Deployment>> jobs = all.stream()
                .filter(deployment -> !deployment.isRunning() && !isLastSuccess(deployment))
                .collect(Collectors.groupingBy(deployment -> deployment.origin().job()));
        return jobs.values().stream().max(Comparator.comparing(List::size)).orElse(List.of());
    }

    private void removeOldest(Collection<Deployment> some) {
        some.stream()
                .filter(deployment -> !deployment.isRunning() && !isLastSuccess(deployment))
                .findFirst()
                .ifPresent(this::remove);
    }

    private boolean isLastSuccess(Deployment deployment) {
        return deployment.succeeded()
                && byDestination.get(deployment.destination()).tailSet(deployment, false).stream()
                        .noneMatch(Deployment::succeeded);
    }

    /** Of those to which this job has deployed last, but never the place of a stage; whether there was one. */
    private boolean removeOldestDestination(String job) {
        Optional<NavigableSet<Deployment>> oldest = byDestination.values().stream()
                .filter(there -> there.last().origin().job().equals(job))
                .sorted(Comparator.comparing(NavigableSet::last, OLDEST_FIRST))
                .filter(there -> !configured.test(there.last().destination(), job))
                .findFirst();
        oldest.ifPresent(there -> List.copyOf(there).forEach(this::remove));
        return oldest.isPresent();
    }

    private void remove(Deployment deployment) {
        byToken.remove(deployment.token());
        all.remove(deployment);
        NavigableSet<Deployment> there = byDestination.get(deployment.destination());
        if (there != null && there.remove(deployment) && there.isEmpty()) {
            byDestination.remove(deployment.destination());
        }
    }

    @CheckForNull
    Deployment get(@NonNull String token) {
        return byToken.get(token);
    }

    /** All of them, the oldest first. */
    @NonNull
    Collection<Deployment> all() {
        return new ArrayList<>(all);
    }

    /** Those that have not ended, the oldest first. */
    @NonNull
    List<Deployment> running() {
        return all.stream().filter(Deployment::isRunning).toList();
    }

    /** Those of an application in a stage, the newest first. */
    @NonNull
    List<Deployment> of(@CheckForNull String stage, @NonNull String application) {
        return byDestination.entrySet().stream()
                .filter(entry -> entry.getKey().isIn(stage, application))
                .flatMap(entry -> entry.getValue().stream())
                .sorted(OLDEST_FIRST.reversed())
                .toList();
    }

    /** Each destination with what was deployed to it, the newest first. */
    @NonNull
    Map<Destination, List<Deployment>> byDestination() {
        Map<Destination, List<Deployment>> copy = new HashMap<>();
        byDestination.forEach((destination, there) -> {
            List<Deployment> newestFirst = new ArrayList<>(there.size());
            for (Iterator<Deployment> each = there.descendingIterator(); each.hasNext(); ) {
                newestFirst.add(each.next());
            }
            copy.put(destination, newestFirst);
        });
        return copy;
    }
}
