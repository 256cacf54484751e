package io.jenkins.plugins.awscicd.localaws.cloudformation.stackset;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts that a request means, by themselves or by organizational units.
 *
 * @param units by which they are named; empty where accounts are named alone
 */
public record Targets(List<String> accounts, List<String> units) {

    private static final int MOST_UNITS = 50;

    /** @param action CREATE, UPDATE or DELETE */
    public static Targets of(StackSets sets, StackSet set, String action, QueryInput input) throws AwsError {
        List<String> units = input.texts("DeploymentTargets.OrganizationalUnitIds");
        List<String> filtering = input.texts("DeploymentTargets.Accounts");
        List<String> alone = input.texts("Accounts");
        String filter = input.text("DeploymentTargets.AccountFilterType");
        if (set.isServiceManaged()) {
            if (!alone.isEmpty() || units.isEmpty() && !filtering.isEmpty()) {
                throw refused(
                        "StackSets with SERVICE_MANAGED permission model can only have OrganizationalUnit as target");
            }
        } else if (!units.isEmpty() || !filtering.isEmpty() || filter != null) {
            throw refused("StackSets with SELF_MANAGED permission model can only have accounts as target");
        }
        if (units.size() > MOST_UNITS) {
            throw refused("The number of organizational units exceeds " + MOST_UNITS);
        }
        check(action, filter, units, filtering);
        for (String unit : units) {
            if (!action.equals("CREATE") && !set.units().contains(unit)) {
                throw refused("Organizational unit " + unit + " not found in StackSet");
            }
        }
        Set<String> accounts = new LinkedHashSet<>(alone);
        units.forEach(unit -> accounts.addAll(sets.accounts(unit)));
        switch (filter == null ? "UNION" : filter) {
            case "INTERSECTION" -> accounts.retainAll(filtering);
            case "DIFFERENCE" -> filtering.forEach(accounts::remove);
            case "UNION" -> accounts.addAll(filtering);
            default -> {
                // all of the units
            }
        }
        return new Targets(new ArrayList<>(accounts), units);
    }

    private static void check(String action, String filter, List<String> units, List<String> accounts) throws AwsError {
        boolean creates = action.equals("CREATE");
        if (creates && "UNION".equals(filter)) {
            throw refused("AccountFilterType UNION is not supported for CreateStackInstances");
        }
        if (creates && filter == null && !units.isEmpty() && !accounts.isEmpty()) {
            throw refused(
                    "AccountFilterType should be specified when both OrganizationalUnitIds and Accounts are provided");
        }
        if ("NONE".equals(filter) && !accounts.isEmpty()) {
            throw refused("Accounts can not be specified with AccountFilterType NONE");
        }
        if (filter != null && !filter.equals("NONE") && accounts.isEmpty()) {
            throw refused("Accounts should be specified with AccountFilterType " + filter);
        }
    }

    private static AwsError refused(String why) {
        return AwsError.badRequest("ValidationError", why);
    }
}
