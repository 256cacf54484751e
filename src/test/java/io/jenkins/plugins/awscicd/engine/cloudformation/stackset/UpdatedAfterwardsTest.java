package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step's last operation has brought all its stacks, whoever updates the stack set immediately afterwards, and whatever AWS shows of it. */
class UpdatedAfterwardsTest extends SteppedStackSets {

    @ParameterizedTest
    @CsvSource({
        "plain, false",
        "late, false",
        "denied, false",
        "inoperable, false",
        "plain, true",
        "late, true",
        "denied, true"
    })
    void itSucceeds(String how, boolean creates) {
        if (!creates) {
            deploy().succeeds();
        }
        switch (how) {
            case "late" -> bench.aws().cloudFormation().speak(List.of(Dialect.RESULTS_LATE));
            case "denied" ->
                bench.aws()
                        .faults()
                        .on("CloudFormation.ListStackSetOperationResults")
                        .accessDenied();
            case "inoperable" -> makeInoperable();
            default -> {}
        }
        Step step = deploy().with("parameters", Map.of("Size", "large")).begin();
        String last = creates ? "CreateStackInstances" : "UpdateStackSet";
        bench.advanceUntil(() -> calls(last) >= 1 && haveEnded(), LONG);
        assertFalse(step.kept.isOver());
        client().updateStackSet(it -> it.stackSetName("all").usePreviousTemplate(true));
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @ParameterizedTest
    @CsvSource({"plain, false", "denied, false", "plain, true", "denied, true"})
    void whatADeletionToleratesIsTriedOnce(String how, boolean named) {
        deploy().succeeds();
        fail(FIRST, "eu-west-1");
        if (how.equals("denied")) {
            bench.aws()
                    .faults()
                    .on("CloudFormation.ListStackSetOperationResults")
                    .accessDenied();
        }
        Step step = step().with("delete", true).with("failureTolerance", 3);
        if (named) {
            step.in(List.of(FIRST, SECOND), List.of("eu-west-1", "us-east-1"));
        }
        step.run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("DeleteStackInstances"));
    }

    private boolean haveEnded() {
        return client().listStackSetOperations(it -> it.stackSetName("all")).summaries().stream()
                .noneMatch(one -> List.of("RUNNING", "QUEUED", "STOPPING").contains(one.statusAsString()));
    }

    private void makeInoperable() {
        fail(FIRST, "eu-west-1");
        step().with("delete", true).in(List.of(FIRST), List.of("eu-west-1")).run();
    }

    private void fail(String account, String region) {
        instances().stream()
                .filter(one -> one.account().equals(account) && one.region().equals(region))
                .forEach(one -> bench.aws()
                        .cloudFormation(new Place(account, region))
                        .stack(one.stackId())
                        .simulation()
                        .failing(Action.DELETE, "Queue", "Still in use"));
    }
}
