package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stack sets whose accounts are those of organizational units: AWS alone knows which these are. */
class StackSetUnitsTest extends SteppedStackSets {

    private static final String UNIT = "ou-ab12-11111111";
    private static final String THIRD = "333333333333";

    private void unit(String... accounts) {
        bench.aws().cloudFormation().organizationalUnit(UNIT, accounts);
    }

    private Step byUnit() {
        return step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .with("autoDeployment", false)
                .with("organizationalUnits", UNIT)
                .with("regions", "eu-west-1");
    }

    private Step filtered(String filter, String... accounts) {
        return byUnit().with("accountFilter", filter).with("accounts", List.of(accounts));
    }

    private List<String> accounts() {
        bench.advance(60);
        return new ArrayList<>(
                new TreeSet<>(instances().stream().map(it -> it.account()).toList()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "EXISTING_INSTANCES_SKIPPED", "UNIT_OF_ACCOUNT_SHOWN", "INSTANCES_LATE"})
    void anAccountThatIsNewToAUnitGetsAStack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        unit(FIRST);
        byUnit().succeeds();
        unit(FIRST, SECOND);
        bench.aws().cloudFormation().organizationalUnit("ou-ab12-22222222", SECOND);
        byUnit().succeeds();
        assertEquals(List.of(FIRST, SECOND), accounts());
        step().with("delete", true).succeeds();
        assertEquals(1, calls("DeleteStackSet"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "EXISTING_INSTANCES_SKIPPED", "UNIT_OF_ACCOUNT_SHOWN", "INSTANCES_LATE"})
    void anAccountThatIsNamedAnewGetsAStack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        unit(FIRST, SECOND, THIRD);
        filtered("INTERSECTION", FIRST).succeeds();
        bench.advance(60);
        Step more = filtered("INTERSECTION", FIRST, SECOND).succeeds();
        assertEquals(List.of(FIRST, SECOND), accounts());
        assertEquals(1, more.result().getInstances().size(), "only the one that had none");
        Step same = filtered("INTERSECTION", FIRST, SECOND).succeeds();
        assertEquals(1, same.result().getOperations().size(), "none is missing");
    }

    @Test
    void anAccountThatIsExcludedNoMoreGetsAStack() {
        unit(FIRST, SECOND);
        filtered("DIFFERENCE", SECOND).succeeds();
        assertEquals(List.of(FIRST), accounts());
        filtered("DIFFERENCE", THIRD).succeeds();
        assertEquals(List.of(FIRST, SECOND), accounts());
    }

    @Test
    void anAccountThatIsInNoneOfTheUnitsIsReported() {
        unit(FIRST);
        Step step = filtered("INTERSECTION", FIRST, SECOND).succeeds();
        assertEquals(List.of(FIRST), accounts());
        step.says("No stack was created in " + SECOND + " in eu-west-1");
        assertEquals(1, step.result().getOperations().size());
    }

    /** They are AWS's own: it refuses to be told them, and no stage owns them. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "SERVICE_ROLES_SHOWN"})
    void theRolesOfAServiceManagedStackSetAreNotSentBack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        unit(FIRST);
        byUnit().succeeds();
        List<String> seen = new ArrayList<>();
        byUnit().behind(new Gate() {
                    @Override
                    public void pass(String application, String target, String revision) {
                        // approved
                    }

                    @Override
                    public boolean isGuarded() {
                        return true;
                    }

                    @Override
                    public void look(Where where, Collection<String> roles) {
                        seen.addAll(roles);
                    }
                })
                .succeeds();
        assertEquals(List.of(), seen);
    }

    private List<String> manyUnits(int count) {
        List<String> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String unit = "ou-ab12-" + (10_000_000 + i);
            bench.aws().cloudFormation().organizationalUnit(unit, String.valueOf(100_000_000_000L + i));
            units.add(unit);
        }
        return units;
    }

    /** AWS takes 50 of them in a call. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "EXISTING_INSTANCES_SKIPPED", "UNIT_OF_ACCOUNT_SHOWN", "INSTANCES_LATE"})
    void manyUnitsAreNamedInSeveralOperations(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        List<String> units = manyUnits(101);
        Step step = byUnit().with("organizationalUnits", units)
                .with("maxConcurrent", 60)
                .with("failureTolerance", 60);
        step.begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        bench.advance(60);
        assertEquals(101, instances().size());
        assertEquals(3, step.result().getOperations().size());
        assertEquals(
                3,
                client().listStackSetOperations(it -> it.stackSetName("all"))
                        .summaries()
                        .size());
        Step gone = step().with("delete", true)
                .with("maxConcurrent", 60)
                .with("failureTolerance", 60)
                .succeeds();
        assertEquals(3, gone.result().getOperations().size());
        assertEquals(1, calls("DeleteStackSet"));
    }

    @Test
    void manyUnitsAreDeletedInSeveralOperations() {
        List<String> units = manyUnits(60);
        byUnit().with("organizationalUnits", units)
                .with("maxConcurrent", 60)
                .with("failureTolerance", 60)
                .succeeds();
        Step gone = step().with("delete", true)
                .with("organizationalUnits", units)
                .with("regions", "eu-west-1")
                .with("maxConcurrent", 60)
                .with("failureTolerance", 60)
                .succeeds();
        assertEquals(2, gone.result().getOperations().size());
        assertEquals(List.of(), instances());
    }

    /** Somebody else has the stack set between two parts of what is to be done. */
    @Test
    void eachPartWaitsForWhatAwsDoesForOthers() {
        List<String> units = manyUnits(101);
        Step step = byUnit().with("organizationalUnits", units)
                .with("maxConcurrent", 60)
                .with("failureTolerance", 60);
        step.begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 1, LONG);
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .times(1);
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        client().createStackInstances(it -> it.stackSetName("all")
                .deploymentTargets(targets -> targets.organizationalUnitIds(units.get(0)))
                .regions("us-east-1"));
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        bench.advance(60);
        assertEquals(101 + 1, instances().size());
        assertEquals(3, step.result().getOperations().size());
    }

    @Test
    void whatIsGoneIsNotDeletedAgain() {
        unit(FIRST);
        byUnit().succeeds();
        Step step =
                step().with("delete", true).with("organizationalUnits", UNIT).with("regions", "eu-west-1");
        step.succeeds();
        assertEquals(List.of(), instances());
        Step again = step().with("delete", true)
                .with("organizationalUnits", UNIT)
                .with("regions", "eu-west-1")
                .succeeds();
        assertEquals(List.of(), again.result().getOperations());
        assertEquals(1, calls("DeleteStackInstances"));
    }

    /** Its accounts have stacks by a unit above it: AWS does not delete them by their own. */
    @Test
    void aUnitByWhichTheStackSetHasNoAccountsIsReported() {
        bench.aws().cloudFormation().organizationalUnit("r-ab12", FIRST, SECOND);
        unit(FIRST);
        byUnit().with("organizationalUnits", "r-ab12").succeeds();
        Step step = step().with("delete", true)
                .with("organizationalUnits", UNIT)
                .with("regions", "eu-west-1")
                .succeeds();
        assertEquals(2, instances().size());
        step.says("Stack set all was not deployed to " + UNIT + ", but to r-ab12: no stacks are deleted for it");
    }

    /** A delegated administrator's stack sets are the management account's, and are not seen without saying so. */
    @Test
    void whoseStackSetItIsHasToBeSaid() {
        unit(FIRST);
        byUnit().with("callAs", "DELEGATED_ADMIN").succeeds();
        Step deletion = step().with("delete", true).succeeds();
        deletion.says("There is no stack set all: nothing to delete");
        deletion.says("callAs: 'DELEGATED_ADMIN'");
        Step update = step().with("template", "previous").run();
        assertTrue(update.why().contains("callAs: 'DELEGATED_ADMIN'"), update::why);
        Step own = step().with("delete", true).with("callAs", "DELEGATED_ADMIN").succeeds();
        assertEquals(1, own.result().getOperations().size());
        step().with("delete", true).with("callAs", "DELEGATED_ADMIN").succeeds().says("leave callAs out");
    }

    @Test
    void whatDoesNotGoWithThePermissionModelIsRefusedBeforeAnythingIsDone() {
        unit(FIRST);
        Step none = step().with("template", Map.of("body", TEMPLATE))
                .with("organizationalUnits", UNIT)
                .with("regions", "eu-west-1")
                .run();
        assertTrue(none.why().contains("organizationalUnits: "), none::why);
        Step bare = step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .run();
        assertTrue(bare.why().contains("autoDeployment: "), bare::why);
        assertEquals(0, calls("CreateStackSet"));
        byUnit().succeeds();
        Step named = step().with("template", "previous")
                .in(List.of(FIRST), List.of("us-east-1"))
                .run();
        assertTrue(named.why().contains("organizationalUnits: "), named::why);
        Step gone = step().with("delete", true)
                .in(List.of(FIRST), List.of("eu-west-1"))
                .run();
        assertTrue(gone.why().contains("organizationalUnits: "), gone::why);
        assertEquals(0, calls("UpdateStackSet") + calls("DeleteStackInstances"));
        Step refused = step().with("delete", true)
                .in(List.of(FIRST), List.of("eu-west-1"))
                .behind((application, target, revision) -> {
                    throw new Refused("not now");
                })
                .run();
        assertEquals(Verdict.End.REFUSED, refused.verdict(), "guards come first");
    }
}
