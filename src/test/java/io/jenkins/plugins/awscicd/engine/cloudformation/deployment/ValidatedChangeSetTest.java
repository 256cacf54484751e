package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change set is made to have AWS validate what it would do, and deleted. */
class ValidatedChangeSetTest extends SteppedStacks {

    private Step validated(String template) {
        return deploy(template).with("validate", true).with("execute", false);
    }

    private long changeSets() {
        return CloudFormationService.client(bench.session())
                .listChangeSets(it -> it.stackName("web"))
                .summaries()
                .size();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothingOfItStaysOfANewStack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        Step step = validated(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("VALID", step.result().getStatus());
        assertEquals("", step.result().getChangeSet());
        assertFalse(step.result().isUnchanged());
        assertEquals(2, step.result().getChanges().size());
        bench.advanceUntil(() -> !bench.aws().cloudFormation().has("web"), LONG);
        assertEquals(0, calls("ExecuteChangeSet"));
        deployed(TWO);
    }

    @Test
    void anExistingStackStaysAsItIs() {
        deployed(TWO);
        long before = changeSets();
        Step step = validated(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("VALID", step.result().getStatus());
        assertEquals(before, changeSets());
        assertEquals("CREATE_COMPLETE", status());
        assertEquals(0, calls("DeleteStack"));
    }

    @Test
    void anEmptyOneIsValid() {
        deployed(TWO);
        Step step = validated(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("VALID", step.result().getStatus());
    }

    @Test
    void whatEarlyValidationFindsIsSaidAndNothingStays() {
        simulation().invalid("Queue", "NAME_CONFLICT_VALIDATION", "It exists already.");
        Step step = validated(TWO).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertTrue(step.why().contains("Queue /Resources/Queue/Properties: It exists already."), step::why);
        bench.advanceUntil(() -> !bench.aws().cloudFormation().has("web"), LONG);
    }

    @Test
    void whatItWarnsOfIsSaid() {
        deployed(TWO);
        simulation().doubtful("Reader", "SERVICE_QUOTA_VALIDATION", "There is little room left.");
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("Warning: Reader /Resources/Reader: There is little room left.");
        assertEquals("UPDATE_COMPLETE", status());
    }

    @Test
    void whatIsSaidOfNoResourceIsSaidAllTheSame() {
        deployed(TWO);
        simulation().doubtful("SERVICE_QUOTA_VALIDATION", "The account has few stacks left.");
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("Warning: SERVICE_QUOTA_VALIDATION: The account has few stacks left.");
    }

    /** Without a line, a change set that AWS warns of looks like one that it has nothing to say of. */
    @Test
    void whoMayNotReadWhatItWarnsOfIsToldWhatToAllow() {
        bench.aws().faults().on("CloudFormation.DescribeEvents").accessDenied();
        Step step = deploy(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("cloudformation:DescribeEvents");
    }

    @Test
    void whoMayNotReadWhyItFailsIsToldWhatToAllow() {
        simulation().invalid("Queue", "NAME_CONFLICT_VALIDATION", "It exists already.");
        bench.aws().faults().on("CloudFormation.DescribeEvents").accessDenied();
        Step step = validated(TWO).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertEquals(
                1,
                step.lines().stream()
                        .filter(line -> line.contains("cloudformation:DescribeEvents"))
                        .count(),
                () -> step.lines().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListChangeSets", "DeleteStack", "DeleteChangeSet"})
    void whatMayNotBeDeletedIsToldToStay(String action) {
        bench.aws().faults().on("CloudFormation." + action).accessDenied();
        Step step = validated(TWO).run();
        bench.advance(300);
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(
                1,
                step.lines().stream()
                        .filter(line -> line.contains("cloudformation:" + action))
                        .count(),
                () -> step.lines().toString());
    }

    @Test
    void ofAnEmptyOneTheSameIsTold() {
        deployed(TWO);
        bench.aws().faults().on("CloudFormation.DeleteChangeSet").accessDenied();
        Step step = deploy(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("cloudformation:DeleteChangeSet");
    }

    /** Another run has a change set in the stack that is new. */
    @Test
    void whatOthersHaveInItStays() {
        Step other = deploy(TWO).with("execute", false).run();
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), other::why);
        Step step = validated(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        bench.advance(30);
        assertEquals(1, changeSets());
        assertEquals("REVIEW_IN_PROGRESS", status());
    }
}
