package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;

/**
 * Accounts and regions that an operation is about: each of the accounts in each of the regions.
 *
 * @param units organizational units, whose accounts are meant; empty where accounts are named alone
 * @param filter what the accounts are to the units' own; null for AWS's default
 */
record StackSetTargets(
        @NonNull List<String> accounts,
        @NonNull List<String> units,
        @CheckForNull String filter,
        @NonNull List<String> regions) {

    private static StackSetTargets named(StackSetRequest request) {
        return new StackSetTargets(
                request.list("accounts"),
                request.list("organizationalUnits"),
                request.text("accountFilter"),
                request.list("regions"));
    }

    boolean isEmpty() {
        return regions.isEmpty();
    }

    /** Those of the named ones that have no stack yet, and as many of the others as cannot be said apart in one call. */
    @NonNull
    static StackSetTargets missing(@NonNull StackSetRequest request, @NonNull List<StackInstanceSummary> there) {
        StackSetTargets wanted = named(request);
        boolean byUnit = !wanted.units().isEmpty();
        List<String> places = byUnit ? wanted.units() : wanted.accounts();
        Set<String> missingPlaces = new LinkedHashSet<>();
        Set<String> missingRegions = new LinkedHashSet<>();
        for (String region : wanted.regions()) {
            for (String place : places) {
                boolean has = there.stream()
                        .anyMatch(it -> region.equals(it.region())
                                && place.equals(byUnit ? it.organizationalUnitId() : it.account()));
                if (!has) {
                    missingPlaces.add(place);
                    missingRegions.add(region);
                }
            }
        }
        return new StackSetTargets(
                byUnit ? wanted.accounts() : List.copyOf(missingPlaces),
                byUnit ? List.copyOf(missingPlaces) : List.of(),
                wanted.filter(),
                List.copyOf(missingRegions));
    }

    /** Those whose stacks are to be deleted: the named ones, or all that the stack set has; empty if it has none of them. */
    @NonNull
    static StackSetTargets deleted(@NonNull StackSetRequest request, @NonNull List<StackInstanceSummary> there) {
        if (there.isEmpty()) {
            return new StackSetTargets(List.of(), List.of(), null, List.of());
        }
        if (request.hasTargets()) {
            return named(request);
        }
        List<String> units = distinct(
                there.stream().map(StackInstanceSummary::organizationalUnitId).toList());
        return new StackSetTargets(
                units.isEmpty()
                        ? distinct(there.stream()
                                .map(StackInstanceSummary::account)
                                .toList())
                        : List.of(),
                units,
                null,
                distinct(there.stream().map(StackInstanceSummary::region).toList()));
    }

    private static List<String> distinct(Collection<String> all) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(all));
        distinct.removeIf(Objects::isNull);
        return distinct;
    }
}
