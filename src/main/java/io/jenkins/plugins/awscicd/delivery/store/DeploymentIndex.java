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
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The deployments in memory, by destination. Of each destination the newest are kept, and the last one that succeeded; beyond that,
 * of all of them. Not for several threads at once.
 */
final class DeploymentIndex {

    /** So many are kept of a destination. */
    static final int OF_DESTINATION = 100;

    /** So many are kept in all. */
    static final int OF_ALL = 20_000;

    /** So many destinations are kept, those to which something was deployed last. */
    static final int DESTINATIONS = 2_000;

    private static final Comparator<Deployment> OLDEST_FIRST =
            Comparator.comparing(Deployment::started).thenComparing(Deployment::token);

    private final int ofDestination;
    private final int ofAll;
    private final int destinations;
    private final Map<String, Deployment> byToken = new HashMap<>();
    private final Map<Destination, NavigableSet<Deployment>> byDestination = new HashMap<>();
    private final NavigableSet<Deployment> all = new TreeSet<>(OLDEST_FIRST);

    DeploymentIndex() {
        this(OF_DESTINATION, OF_ALL, DESTINATIONS);
    }

    DeploymentIndex(int ofDestination, int ofAll, int destinations) {
        this.ofDestination = ofDestination;
        this.ofAll = ofAll;
        this.destinations = destinations;
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
        NavigableSet<Deployment> there =
                byDestination.computeIfAbsent(deployment.destination(), destination -> new TreeSet<>(OLDEST_FIRST));
        there.add(deployment);
        if (there.size() > ofDestination + 1) {
            removeOldest(there);
        }
        if (byDestination.size() > destinations) {
            removeOldestDestination();
        } else if (all.size() > ofAll) {
            removeOldest(all);
        }
    }

    private void removeOldest(NavigableSet<Deployment> some) {
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

    private void removeOldestDestination() {
        byDestination.values().stream()
                .min(Comparator.comparing(NavigableSet::last, OLDEST_FIRST))
                .ifPresent(there -> List.copyOf(there).forEach(this::remove));
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
