package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.DeploymentTargets;
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

    /** AWS takes no more of them in a call. */
    static final int MOST_UNITS = 50;

    @NonNull
    static StackSetTargets named(@NonNull StackSetRequest request) {
        return new StackSetTargets(
                request.list("accounts"),
                request.list("organizationalUnits"),
                request.text("accountFilter"),
                request.list("regions"));
    }

    /** Whether an account that it names is meant only if it is one of a unit's: then its stacks show whether it is left. */
    boolean intersects() {
        return "INTERSECTION".equals(filter);
    }

    /** Whether that stack is one of those. */
    boolean mean(@NonNull StackInstanceSummary stack) {
        boolean inUnits = stack.organizationalUnitId() != null && units.contains(stack.organizationalUnitId());
        boolean inAccounts = accounts.contains(String.valueOf(stack.account()));
        boolean isMeant = units.isEmpty()
                ? inAccounts
                : switch (String.valueOf(filter)) {
                    case "INTERSECTION" -> inUnits && inAccounts;
                    case "DIFFERENCE" -> inUnits && !inAccounts;
                    case "UNION" -> inUnits || inAccounts;
                    default -> inUnits;
                };
        return isMeant && regions.contains(stack.region());
    }

    /** What is the same but for the units, a part for as many as AWS takes. */
    @NonNull
    List<StackSetTargets> by(@NonNull List<String> others) {
        List<StackSetTargets> parts = new ArrayList<>();
        for (int from = 0; from < others.size(); from += MOST_UNITS) {
            parts.add(new StackSetTargets(
                    accounts,
                    List.copyOf(others.subList(from, Math.min(from + MOST_UNITS, others.size()))),
                    filter,
                    regions));
        }
        return parts;
    }

    /** As AWS takes them; null where accounts are named alone. */
    @CheckForNull
    DeploymentTargets ofUnits() {
        return units.isEmpty()
                ? null
                : DeploymentTargets.builder()
                        .organizationalUnitIds(units)
                        .accounts(accounts.isEmpty() ? null : accounts)
                        .accountFilterType(filter)
                        .build();
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
}
