package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;

/**
 * What is still to be done to a stack set, a part for each operation: stacks that are missing, or such that are to be deleted and are
 * there.
 *
 * @param isShown whether the stacks of the stack set show what has been done, so that what is done is no part any more. Else the parts are
 *     the same each time: AWS alone knows which accounts an organizational unit has
 */
record StackSetParts(@NonNull List<StackSetTargets> all, boolean isShown) {

    /** Nothing has been begun yet. */
    static final int NONE_BEGUN = Integer.MAX_VALUE;

    /**
     * @param units the organizational units by which the stack set was told its accounts; empty if it has none, or they are not known
     * @param there its stacks
     */
    @NonNull
    static StackSetParts left(
            @NonNull StackSetRequest request, @NonNull List<String> units, @NonNull List<StackInstanceSummary> there) {
        StackSetTargets wanted = StackSetTargets.named(request);
        return !request.deletes()
                ? toCreate(wanted, there)
                : request.hasTargets() ? toDelete(wanted, units, there) : toDeleteAll(units, there);
    }

    private static StackSetParts toCreate(StackSetTargets wanted, List<StackInstanceSummary> there) {
        boolean byAccount = wanted.units().isEmpty() || wanted.intersects();
        List<StackSetTargets> missing = byAccount ? rectangles(wanted, accounts(there), false) : List.of();
        if (byAccount && (wanted.units().size() <= StackSetTargets.MOST_UNITS || missing.isEmpty())) {
            return new StackSetParts(missing, true);
        }
        return new StackSetParts(wanted.by(wanted.units()), false);
    }

    private static StackSetParts toDelete(
            StackSetTargets wanted, List<String> units, List<StackInstanceSummary> there) {
        if (wanted.units().isEmpty()) {
            return new StackSetParts(rectangles(wanted, accounts(there), true), true);
        }
        boolean any = there.stream()
                .filter(it -> wanted.regions().contains(it.region()))
                .anyMatch(it -> !wanted.intersects() || wanted.accounts().contains(it.account()));
        List<String> known = wanted.units().stream()
                .filter(unit -> units.isEmpty() || units.contains(unit))
                .toList();
        return new StackSetParts(any ? wanted.by(known) : List.of(), false);
    }

    private static StackSetParts toDeleteAll(List<String> units, List<StackInstanceSummary> there) {
        List<String> regions =
                distinct(there.stream().map(StackInstanceSummary::region).toList());
        List<String> named = distinct(
                there.stream().map(StackInstanceSummary::organizationalUnitId).toList());
        if (!units.isEmpty() && !units.containsAll(named)) { // some have come by a unit that is above their own
            return new StackSetParts(
                    there.isEmpty() ? List.of() : new StackSetTargets(List.of(), units, null, regions).by(units),
                    false);
        }
        if (named.isEmpty()) {
            List<String> accounts =
                    distinct(there.stream().map(StackInstanceSummary::account).toList());
            return new StackSetParts(
                    rectangles(new StackSetTargets(accounts, List.of(), null, regions), accounts(there), true), true);
        }
        Set<List<String>> known = there.stream()
                .map(it -> List.of(String.valueOf(it.organizationalUnitId()), it.region()))
                .collect(Collectors.toSet());
        return new StackSetParts(
                rectangles(new StackSetTargets(named, List.of(), null, regions), known, true).stream()
                        .flatMap(part -> new StackSetTargets(List.of(), part.accounts(), null, part.regions())
                                .by(part.accounts()).stream())
                        .toList(),
                true);
    }

    private static Set<List<String>> accounts(List<StackInstanceSummary> there) {
        return there.stream().map(it -> List.of(it.account(), it.region())).collect(Collectors.toSet());
    }

    /** @param isThere whether the places are meant in which there is a stack, or those in which there is none */
    private static List<StackSetTargets> rectangles(StackSetTargets wanted, Set<List<String>> known, boolean isThere) {
        Map<List<String>, List<String>> parts = new LinkedHashMap<>();
        for (String place : wanted.accounts()) {
            List<String> regions = wanted.regions().stream()
                    .filter(region -> known.contains(List.of(place, region)) == isThere)
                    .toList();
            if (!regions.isEmpty()) {
                parts.computeIfAbsent(regions, part -> new ArrayList<>()).add(place);
            }
        }
        return parts.entrySet().stream()
                .map(part -> new StackSetTargets(part.getValue(), wanted.units(), wanted.filter(), part.getKey()))
                .toList();
    }

    /** The same without those in which some places are, as account and region, and without those by organizational units. */
    @NonNull
    StackSetParts without(@NonNull Set<String> places) {
        return new StackSetParts(
                all.stream()
                        .filter(part -> part.units().isEmpty())
                        .filter(part -> part.accounts().stream()
                                .noneMatch(account -> part.regions().stream()
                                        .anyMatch(region -> places.contains(account + " " + region))))
                        .toList(),
                isShown);
    }

    private static List<String> distinct(Collection<String> names) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(names));
        distinct.removeIf(Objects::isNull);
        return distinct;
    }

    /** Whether nothing is seen of what the operation before has done: if it has done anything, AWS does not show it yet. */
    boolean isAsBefore(int before) {
        return isShown && all.size() >= before;
    }

    /**
     * How many are left, the next one included; 0 if there is none, also if the operation before has not made them less.
     *
     * @param before what this was when the operation before was begun
     */
    int left(int before) {
        return isShown
                ? all.size() < before ? all.size() : 0
                : before == NONE_BEGUN ? all.size() : Math.min(before - 1, all.size());
    }

    /**
     * The same for what is read when an operation has been begun already: {@link #NONE_BEGUN} if it may be less by then.
     *
     * @param before what this was when the operation before that one was begun
     */
    int leftThen(int before) {
        return isShown ? NONE_BEGUN : left(before);
    }

    /** @param before as for {@link #left(int)} */
    @NonNull
    Optional<StackSetTargets> next(int before) {
        int left = left(before);
        return left <= 0 ? Optional.empty() : Optional.of(isShown ? all.get(0) : all.get(all.size() - left));
    }
}
