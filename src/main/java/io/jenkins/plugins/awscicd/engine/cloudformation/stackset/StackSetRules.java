package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.PermissionModels;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/**
 * Which arguments about accounts go together, and with the permission model of a stack set
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html">DeploymentTargets</a>,
 * <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html">CreateStackSet</a>).
 */
final class StackSetRules {

    private StackSetRules() {}

    /** What is wrong whatever the stack set is, a sentence each that begins with an argument's name; empty if nothing is. */
    @NonNull
    static List<String> problems(@NonNull Given given) {
        List<String> problems = new ArrayList<>();
        boolean places = given.has("accounts") || given.has("organizationalUnits");
        if (places != given.has("regions")) {
            problems.add(
                    places
                            ? "regions: name those in which the accounts get stacks, such as regions: ['eu-west-1']"
                            : "accounts: name those that get stacks in the regions, or organizationalUnits");
        }
        if (given.has("accountFilter") && !given.has("organizationalUnits")) {
            problems.add("accountFilter: only used with organizationalUnits; add these, or leave it out");
        } else if (given.has("organizationalUnits")) {
            filterProblem(given, problems);
        }
        String model = given.text("permissionModel");
        if (model != null) {
            problems.addAll(modelProblems(given, model, "with permissionModel: '" + model + "'"));
        }
        return problems;
    }

    private static void filterProblem(Given given, List<String> problems) {
        String filter = given.text("accountFilter");
        boolean accounts = given.has("accounts");
        if ("UNION".equals(filter) && !given.flag("delete")) {
            problems.add(
                    "accountFilter: AWS creates no stacks by UNION; use two steps, one for the units and one for the"
                            + " accounts with their own units and accountFilter: 'INTERSECTION'");
        } else if ("NONE".equals(filter) && accounts) {
            problems.add(
                    "accounts: not used with accountFilter: 'NONE'; leave them out, or use 'INTERSECTION' or 'DIFFERENCE'");
        } else if (filter != null && !filter.equals("NONE") && !accounts) {
            problems.add("accounts: name those for accountFilter: '" + filter + "', or leave accountFilter out");
        } else if (filter == null && accounts) {
            problems.add(
                    "accountFilter: say how to combine accounts and organizationalUnits: INTERSECTION or DIFFERENCE"
                            + (given.flag("delete") ? " or UNION" : ""));
        }
    }

    /**
     * What does not go with a stack set as it is.
     *
     * @param now null if there is none yet
     */
    @NonNull
    static List<String> problems(@NonNull Given given, @CheckForNull StackSet now) {
        String wanted = given.text("permissionModel");
        if (wanted != null) {
            List<String> problems = new ArrayList<>();
            if (now == null && isService(wanted) && !given.has("autoDeployment")) {
                problems.add("autoDeployment: AWS wants it for a new stack set with permissionModel: 'SERVICE_MANAGED',"
                        + " such as autoDeployment: false");
            }
            return problems;
        }
        if (now == null) {
            return given.flag("delete")
                    ? List.of()
                    : modelProblems(
                            given,
                            "SELF_MANAGED",
                            "with a new stack set that is SELF_MANAGED, as it is without permissionModel:"
                                    + " 'SERVICE_MANAGED'");
        }
        String model = now.permissionModel() == PermissionModels.SERVICE_MANAGED ? "SERVICE_MANAGED" : "SELF_MANAGED";
        return modelProblems(given, model, "with stack set '" + now.stackSetName() + "', which is " + model);
    }

    private static boolean isService(String model) {
        return model.equals("SERVICE_MANAGED");
    }

    private static List<String> modelProblems(Given given, String model, String with) {
        List<String> problems = new ArrayList<>();
        if (isService(model)) {
            if (given.has("accounts") && !given.has("organizationalUnits")) {
                problems.add("organizationalUnits: " + with + " AWS accepts only accounts of named units;"
                        + " name these, with accountFilter: 'INTERSECTION'");
            }
            for (String name : List.of("administrationRoleArn", "executionRoleName")) {
                if (given.has(name)) {
                    problems.add(name + ": not used " + with + ", for which AWS makes the roles; leave it out");
                }
            }
            return problems;
        }
        if (given.has("organizationalUnits")) {
            problems.add("organizationalUnits: not used " + with + "; name accounts");
        }
        if (given.has("autoDeployment")) {
            problems.add("autoDeployment: not used " + with + "; leave it out");
        }
        if ("DELEGATED_ADMIN".equals(given.text("callAs"))) {
            problems.add("callAs: 'DELEGATED_ADMIN' is not used " + with + "; leave it out");
        }
        return problems;
    }
}
