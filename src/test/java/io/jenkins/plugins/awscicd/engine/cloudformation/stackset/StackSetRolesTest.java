package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Guards learn which roles a stack set works with, also those that no step names, in all accounts that it has stacks in. */
class StackSetRolesTest extends SteppedStackSets {

    private static final String PROD = "arn:aws:iam::" + SECOND + ":role/prod";

    private final Set<String> seen = new TreeSet<>();

    private final Gate gate = new Gate() {
        @Override
        public void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision) {
            // approved
        }

        @Override
        public boolean isGuarded() {
            return true;
        }

        @Override
        public void look(@NonNull Where where, @NonNull Collection<String> roles) {
            seen.addAll(roles);
            if (roles.contains(PROD)) {
                throw new Refused("role prod belongs to stage prod");
            }
        }
    };

    private void refuses(Step step) {
        long updates = calls("UpdateStackSet");
        long deletions = calls("DeleteStackInstances");
        step.behind(gate).run();
        assertTrue(step.why().contains("belongs to stage prod"), step.why());
        assertEquals(updates, calls("UpdateStackSet"));
        assertEquals(deletions, calls("DeleteStackInstances"));
    }

    /** An update reaches all stacks, whichever accounts a step names. */
    @Test
    void aRoleIsUsedInAccountsThatAStepDoesNotName() {
        deploy().with("executionRoleName", "harmless").succeeds();
        refuses(deploy().with("executionRoleName", "prod").in(List.of(FIRST), List.of("eu-west-1")));
        refuses(step().with("template", "previous").with("executionRoleName", "prod"));
    }

    /** A delegated administrator has other stack sets of the same names. */
    @Test
    void asWhomAStackSetIsDeletedIsApproved() {
        StackSetRequest request =
                new StackSetRequest(Map.of("stackSet", "all", "delete", true, "callAs", "DELEGATED_ADMIN"));
        assertEquals("DELEGATED_ADMIN", request.live().get("callAs"));
        assertEquals("DELEGATED_ADMIN", request.toAsk().get("callAs"));
    }

    @Test
    void aStackSetKeepsItsRoles() {
        deploy().with("executionRoleName", "prod")
                .with("administrationRoleArn", "arn:aws:iam::" + FIRST + ":role/sets")
                .succeeds();
        refuses(deploy());
        assertTrue(seen.contains("arn:aws:iam::" + FIRST + ":role/sets"), seen::toString);
        refuses(step().with("delete", true));
    }

    private final List<Gate.Where> places = new ArrayList<>();

    private boolean isOfOrganization(Step step) {
        places.clear();
        step.behind(new Gate() {
                    @Override
                    public void pass(
                            @NonNull String application, @NonNull String target, @CheckForNull String revision) {
                        throw new AssertionError("more is known of it");
                    }

                    @Override
                    public void pass(@NonNull Where where, @NonNull What what) {
                        places.add(where);
                    }

                    @Override
                    public boolean isGuarded() {
                        return true;
                    }

                    @Override
                    public void look(@NonNull Where where, @NonNull Collection<String> roles) {
                        places.add(where);
                    }
                })
                .succeeds();
        assertEquals(1, places.stream().distinct().count(), places::toString);
        return places.get(0).ofOrganization();
    }

    /** A delegated administrator changes the management account's stack sets, and the other way round. */
    @Test
    void aServiceManagedStackSetMayBeThatOfAnotherAccount() {
        assertFalse(isOfOrganization(deploy()));
        assertFalse(isOfOrganization(step().with("template", "previous")));
        assertFalse(isOfOrganization(step().with("delete", true)));
        Step made = step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .with("autoDeployment", false);
        assertTrue(isOfOrganization(made));
        assertTrue(isOfOrganization(step().with("template", "previous")));
        assertTrue(isOfOrganization(step().with("delete", true)));
    }

    /** Others of the same name that this account has are other stack sets. */
    @Test
    void aDelegatedAdministratorDoesNotWaitForStackSetsOfItsOwnAccount() {
        deploy().succeeds();
        Step own = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .with("autoDeployment", false)
                .with("callAs", "DELEGATED_ADMIN")
                .with("whenBusy", "fail")
                .succeeds();
        assertFalse(own.kept.isOver());
    }
}
