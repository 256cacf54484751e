package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.stage.RoleName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.PermissionModels;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/** As who AWS works on a stack set: with the roles that a step names, and those that the stack set has. */
final class StackSetRoles {

    private StackSetRoles() {}

    /**
     * Fails unless guards let a step work with them.
     *
     * @param where the stack set
     * @return their ARNs
     */
    @NonNull
    static Set<String> look(
            Gate gate, Gate.Where where, StackSetRequest request, StackSet now, List<StackInstanceSummary> there) {
        Set<String> roles = of(request, now, there);
        gate.look(where, roles);
        return roles;
    }

    /** The ARNs. An operation may reach each account in which there is a stack. */
    @NonNull
    private static Set<String> of(
            @NonNull StackSetRequest request, @NonNull StackSet now, @NonNull List<StackInstanceSummary> there) {
        Set<String> accounts = new TreeSet<>(request.accounts());
        there.stream().map(StackInstanceSummary::account).forEach(accounts::add);
        Set<String> roles = new TreeSet<>();
        boolean own = now.permissionModel() != PermissionModels.SERVICE_MANAGED; // else the roles are AWS's
        add(roles, own ? now.administrationRoleARN() : null);
        add(roles, request.text("administrationRoleArn"));
        for (String name : new String[] {own ? now.executionRoleName() : null, request.text("executionRoleName")}) {
            if (name != null) {
                accounts.forEach(account -> roles.add(RoleName.arn(account, name)));
            }
        }
        return roles;
    }

    private static void add(Set<String> roles, @CheckForNull String arn) {
        if (arn != null) {
            roles.add(arn);
        }
    }
}
