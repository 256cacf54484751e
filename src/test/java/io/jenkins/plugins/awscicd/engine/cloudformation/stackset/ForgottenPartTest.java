package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies with the last mark of its journal unwritten. */
class ForgottenPartTest extends SteppedStackSets {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stacksOfOrganizationalUnitsAreCreatedOnce(boolean forgotten) {
        bench.aws().cloudFormation().organizationalUnit("ou-ab12-11111111", FIRST, SECOND);
        Step step = step().with("template", Map.of("body", TEMPLATE))
                .with("permissionModel", "SERVICE_MANAGED")
                .with("autoDeployment", Map.of("enabled", true, "retainStacks", false))
                .with("organizationalUnits", List.of("ou-ab12-11111111"))
                .with("regions", List.of("eu-west-1"));
        bench.loseAnswerTo("CloudFormation.CreateStackInstances");
        bench.aws()
                .faults()
                .on("CloudFormation.CreateStackInstances")
                .error(503)
                .skip(1)
                .times(1);
        step.begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") >= 1, LONG);
        step.kept.execution().leave();
        if (forgotten) {
            Map<String, String> lost = new HashMap<>();
            step.kept.disk.read().keySet().stream()
                    .filter(key -> key.startsWith("begun") || key.contains(".left."))
                    .forEach(key -> lost.put(key, ""));
            step.kept.disk.write(lost);
        }
        step.restart();
        bench.advance(1);
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, step.result().getOperations().size(), step::why);
    }
}
