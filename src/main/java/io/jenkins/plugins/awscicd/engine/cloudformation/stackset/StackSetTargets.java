package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /**
     * What is still to be done, each part in one call: stacks that are missing, or such that are to be deleted and are there. What AWS does
     * where a call names more than that is not known.
     */
    @NonNull
    static List<StackSetTargets> left(@NonNull StackSetRequest request, @NonNull List<StackInstanceSummary> there) {
        StackSetTargets wanted = named(request);
        boolean byUnit = request.hasTargets()
                ? !wanted.units().isEmpty()
                : there.stream().anyMatch(it -> it.organizationalUnitId() != null);
        if (byUnit
                && request.hasTargets()
                && request.deletes()) { // they may be in others, from which stacks were named
            return there.isEmpty() ? List.of() : List.of(wanted);
        }
        Set<String> known = new HashSet<>();
        there.forEach(it -> known.add(key(byUnit ? it.organizationalUnitId() : it.account(), it.region())));
        List<String> places = !request.hasTargets()
                ? distinct(there.stream()
                        .map(byUnit ? StackInstanceSummary::organizationalUnitId : StackInstanceSummary::account)
                        .toList())
                : byUnit ? wanted.units() : wanted.accounts();
        List<String> regions = request.hasTargets()
                ? wanted.regions()
                : distinct(there.stream().map(StackInstanceSummary::region).toList());
        Map<List<String>, List<String>> parts = new LinkedHashMap<>();
        for (String place : places) {
            List<String> ofPlace = regions.stream()
                    .filter(region -> known.contains(key(place, region)) == request.deletes())
                    .toList();
            if (!ofPlace.isEmpty()) {
                parts.computeIfAbsent(ofPlace, part -> new ArrayList<>()).add(place);
            }
        }
        return parts.entrySet().stream()
                .map(part -> new StackSetTargets(
                        byUnit ? wanted.accounts() : part.getValue(),
                        byUnit ? part.getValue() : List.of(),
                        wanted.filter(),
                        part.getKey()))
                .toList();
    }

    private static String key(@CheckForNull String place, String region) {
        return place + " " + region;
    }

    /** Such as {@code 123456789012 in eu-west-1, us-east-1}. */
    @NonNull
    String inWords() {
        List<String> places = units.isEmpty() ? accounts : units;
        return String.join(", ", places)
                + (units.isEmpty() || accounts.isEmpty()
                        ? ""
                        : " (" + filter + " of " + String.join(", ", accounts) + ")")
                + " in " + String.join(", ", regions);
    }

    private static List<String> distinct(Collection<String> all) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(all));
        distinct.removeIf(Objects::isNull);
        return distinct;
    }
}
