package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack that consists of nothing but this step's change set is deleted by others while people are asked. */
class ReviewGoneTest extends SteppedStacks {

    @ParameterizedTest
    @CsvSource({"false, gone, false", "true, gone, false", "true, gone, true", "true, unknown, false"})
    void itIsMadeAnew(boolean restarts, String how, boolean denied) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        int[] asked = {0};
        Step step = deploy(TWO).asking((planned, number) -> {
            asked[0]++;
            return asked[0] == 1 ? answer : CompletableFuture.completedFuture(null);
        });
        step.begin();
        bench.advanceUntil(() -> asked[0] == 1, LONG);
        CloudFormationService.client(bench.session()).deleteStack(it -> it.stackName("web"));
        bench.advance(60);
        if (denied) {
            bench.aws().faults().on("CloudFormation.DescribeStackEvents").accessDenied();
            bench.aws().faults().on("CloudFormation.DescribeEvents").accessDenied();
        }
        if (how.equals("unknown")) {
            bench.aws()
                    .faults()
                    .on("CloudFormation.DescribeStackEvents")
                    .notYetVisible()
                    .times(1);
        }
        if (restarts) {
            step.restart();
        } else {
            answer.complete(null);
        }
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("CREATE_COMPLETE", status());
    }
}
