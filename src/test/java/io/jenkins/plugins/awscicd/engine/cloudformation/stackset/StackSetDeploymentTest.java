package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;

/** What is done to a stack set, and how often. */
class StackSetDeploymentTest extends SteppedStackSets {

    @Test
    void itIsMadeAndGetsStacksInEachAccountAndRegion() {
        Step step = deploy().with("maxConcurrent", 4).succeeds();
        step.says("Created stack set all");
        step.says("Creating stacks of stack set all (operation " + step.kept.token.token() + ")");
        step.says("  " + FIRST + " eu-west-1: SUCCEEDED");
        step.says("  " + SECOND + " us-east-1: SUCCEEDED");
        step.says("Stack set all: CREATE SUCCEEDED, 4 of 4 stacks done");
        assertEquals(4, instances().size());
        StackSetResult result = step.result();
        assertEquals(List.of(step.kept.token.token()), result.getOperations());
        assertEquals(4, result.getInstances().size());
        assertEquals("SUCCEEDED", result.getInstances().get(0).get("status"));
        assertNull(result.getCause());
    }

    @Test
    void itIsChangedAndThenGetsStacksWhereThereAreNone() throws Exception {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Files.writeString(workspace.resolve("all.yaml"), TEMPLATE);
        Step step = deploy().with("template", "all.yaml")
                .with("parameters", Map.of("Size", "large"))
                .succeeds();
        step.says("Updating stack set all");
        step.says("Stack set all: UPDATE SUCCEEDED, 2 of 2 stacks done");
        step.says("Stack set all: CREATE SUCCEEDED");
        String token = step.kept.token.token();
        assertEquals(List.of(token, token + "-2"), step.result().getOperations());
        assertEquals(4, instances().size());
        instances().forEach(it -> assertEquals("CURRENT", it.statusAsString()));
        assertEquals(
                "large",
                client().describeStackSet(it -> it.stackSetName("all"))
                        .stackSet()
                        .parameters()
                        .get(0)
                        .parameterValue());
    }

    @Test
    void aParameterThatIsNotGivenStaysAndSoDoesTheTemplate() {
        deploy().with("parameters", Map.of("Size", "large")).succeeds();
        step().with("template", "previous").succeeds();
        assertEquals(
                "large",
                client().describeStackSet(it -> it.stackSetName("all"))
                        .stackSet()
                        .parameters()
                        .get(0)
                        .parameterValue());
    }

    @Test
    void unitsOfAnOrganizationGetStacks() {
        bench.aws().cloudFormation().organizationalUnit("ou-ab12-11111111", FIRST, SECOND);
        bench.aws().cloudFormation().organizationalUnit("ou-ab12-22222222", "333333333333");
        Step step = step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .with("autoDeployment", Map.of("enabled", true, "retainStacks", false))
                .with("organizationalUnits", "ou-ab12-11111111")
                .with("regions", "eu-west-1");
        step.succeeds();
        assertEquals(2, instances().size());
        Step more = step().with("template", "previous")
                .with("organizationalUnits", List.of("ou-ab12-11111111", "ou-ab12-22222222"))
                .with("regions", "eu-west-1")
                .succeeds();
        assertEquals(2, more.result().getOperations().size());
        assertEquals(3, instances().size());
        step().with("delete", true).succeeds();
        assertEquals(1, calls("DeleteStackSet"));
    }

    @Test
    void whatFailedIsToldLast() {
        deploy().succeeds();
        String stack = instances().stream()
                .filter(it -> it.account().equals(SECOND) && it.region().equals("us-east-1"))
                .findFirst()
                .orElseThrow()
                .stackId();
        bench.aws()
                .cloudFormation(new Place(SECOND, "us-east-1"))
                .stack(stack)
                .simulation()
                .failing(Action.UPDATE, "Queue", "No room");
        Step step = deploy().with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.FAILED, step.verdict(), step::why);
        List<String> lines = step.kept.console.lines();
        String last = lines.get(lines.size() - 1);
        assertTrue(last.startsWith("Cause: " + SECOND + " us-east-1: "), last);
        assertTrue(step.kept.outcome().verdict().reason().contains("stack set all FAILED"), step::why);
        assertEquals(0, calls("CreateStackInstances") - 1, "no more stacks after a failure");
    }

    /** Without a line, a stack set that has failed would have no cause at all. */
    @Test
    void whoMayNotReadWhatCameOfItIsToldWhatToAllow() {
        bench.aws().faults().on("CloudFormation.ListStackSetOperationResults").accessDenied();
        Step step = deploy().succeeds();
        assertEquals(
                1,
                step.kept.console.lines().stream()
                        .filter(line -> line.contains("cloudformation:ListStackSetOperationResults"))
                        .count(),
                () -> step.kept.console.lines().toString());
    }

    @Test
    void failuresThatAreToleratedAreTold() {
        bench.aws()
                .faults()
                .on("CloudFormation.DescribeStackSetOperation")
                .throttle()
                .times(3);
        deploy().succeeds();
        String stack = instances().get(0).stackId();
        StackInstanceSummary one = instances().get(0);
        bench.aws()
                .cloudFormation(new Place(one.account(), one.region()))
                .stack(stack)
                .simulation()
                .failing(Action.UPDATE, "Queue", "No room");
        Step step = deploy().with("parameters", Map.of("Size", "large"))
                .with("failureTolerance", "50%")
                .succeeds();
        step.says("Tolerated: " + one.account() + " " + one.region());
        assertEquals(
                1,
                step.result().getInstances().stream()
                        .filter(it -> it.get("status").equals("FAILED"))
                        .count());
    }

    @Test
    void resultsAreReadPageByPage() {
        bench.aws().cloudFormation().pageSize(1);
        Step step = deploy().succeeds();
        assertEquals(4, step.result().getInstances().size());
    }

    @Test
    void anotherOperationIsWaitedFor() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        client().updateStackSet(it -> it.stackSetName("all").usePreviousTemplate(true));
        Step step = deploy().succeeds();
        step.says("AWS is performing another operation on stack set all; waiting for its end");
        client().updateStackSet(it -> it.stackSetName("all").usePreviousTemplate(true));
        Step other = deploy().with("whenBusy", "fail").run();
        assertTrue(
                other.why().contains("whenBusy: AWS is performing another operation on stack set 'all'"), other::why);
    }

    @Test
    void anAbortStopsTheOperation() {
        deploy().succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("ListStackSetOperationResults") > 4, LONG);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.end();
        assertEquals(1, calls("StopStackSetOperation"));
        step.says("Stack set all: UPDATE STOPPED");
    }

    @Test
    void aRestartGoesOnWithTheOperation() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        bench.advance(1);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("UpdateStackSet"));
        assertEquals(4, instances().size());
    }

    @Test
    void aRestartBetweenTheTwoOperationsBeginsTheSecondOnce() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 2, LONG);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(4, instances().size());
        assertEquals(
                3,
                client().listStackSetOperations(it -> it.stackSetName("all"))
                        .summaries()
                        .size());
    }

    /** The calls are carried out, and their answers are lost. */
    @Test
    void eachCallIsMadeOnceWhateverBecomesOfItsAnswer() {
        for (String action : List.of("CreateStackSet", "CreateStackInstances")) {
            bench.aws().faults().on("CloudFormation." + action).cutConnection().times(1);
        }
        deploy().succeeds();
        bench.aws().faults().on("CloudFormation.UpdateStackSet").cutConnection().times(1);
        deploy().with("parameters", Map.of("Size", "large")).succeeds();
        assertEquals(
                2,
                client().listStackSetOperations(it -> it.stackSetName("all"))
                        .summaries()
                        .size());
    }

    @Test
    void itIsDeletedWithItsStacks() {
        deploy().succeeds();
        Step step = step().with("delete", true).succeeds();
        step.says("Deleting stacks of stack set all");
        step.says("Deleted stack set all");
        assertEquals(
                "DELETED",
                client().listStackSets(it -> it.status("DELETED"))
                        .summaries()
                        .get(0)
                        .statusAsString());
        Step again = step().with("delete", true).succeeds();
        again.says("There is no stack set all: nothing to delete");
        assertEquals(List.of(), again.result().getOperations());
    }

    @Test
    void someOfItsStacksAreDeleted() {
        deploy().succeeds();
        step().with("delete", true).in(List.of(SECOND), List.of("us-east-1")).succeeds();
        assertEquals(3, instances().size());
        assertEquals(0, calls("DeleteStackSet"));
    }

    @Test
    void nothingIsDoneThatIsRefused() {
        Step step = deploy().behind((application, target, revision) -> {
                    throw new Refused("not now");
                })
                .run();
        assertEquals(Verdict.End.REFUSED, step.verdict(), step::why);
        assertEquals(0, calls("CreateStackSet"));
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        List<String> problems = new StackSetRequest(Map.of(
                        "accounts",
                        "12",
                        "failureTolerance",
                        "many",
                        "permissionModel",
                        "SERVICE_MANAGED",
                        "executionRoleName",
                        "stacks"))
                .problems();
        for (String begin : List.of(
                "stackSet: name the stack set",
                "template: name the template",
                "accounts: '12' is not the id of an account",
                "failureTolerance: 'many' is neither a number",
                "regions: name those",
                "organizationalUnits: with permissionModel",
                "executionRoleName: not used with")) {
            assertTrue(problems.stream().anyMatch(it -> it.startsWith(begin)), () -> begin + " in " + problems);
        }
        assertFalse(problems.stream().anyMatch(it -> it.startsWith("stack: ")));
    }
}
