package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step asks of a stack reaches AWS, and is what AWS makes of it. */
class AskedStackTest extends SteppedStacks {

    private static final String ALARM = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors";

    /** Of {@code create-stack}, of {@code deploy}, and of CodePipeline, which {@code deploy} reads as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"ParameterKey\": \"Size\", \"ParameterValue\": \"large\"}]",
                "[\"Size=large\"]",
                "{\"Parameters\": {\"Size\": \"large\"}}"
            })
    void filesOfParametersOfEachFormatAreRead(String content) throws Exception {
        Files.writeString(workspace.resolve("p.json"), content);
        Step step = deploy(TWO).with("parameterFiles", "p.json").run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void aFileKeepsWhatTheStackHas() throws Exception {
        deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        Files.writeString(workspace.resolve("p.json"), "[{\"ParameterKey\": \"Size\", \"UsePreviousValue\": true}]");
        Step step = deploy(TWO + "  More: {Value: more}\n")
                .with("parameterFiles", "p.json")
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void listsAreJoined() {
        String zones = TWO.replace("{Type: String, Default: small}", "{Type: CommaDelimitedList}")
                .replace("Size: {Value: !Ref Size}", "Size: {Value: !Join ['-', !Ref Size]}");
        Step step = deploy(zones)
                .with("parameters", Map.of("Size", List.of("a", "b")))
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("a-b", step.result().getOutputs().get("Size"));
    }

    /** The name of the parameter is given, and AWS reads its value. */
    @Test
    void valuesComeFromParameterStoreByName() {
        String stored = TWO.replace("{Type: String, Default: small}", "{Type: 'AWS::SSM::Parameter::Value<String>'}");
        bench.aws().codeBuild().parameter("/web/size", "large");
        Step step =
                deploy(stored).with("parameters", Map.of("Size", "/web/size")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void anAlarmRollsTheUpdateBackWhileItIsWatched() {
        deployed(TWO);
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .with("rollbackAlarms", ALARM)
                .with("monitoringMinutes", 10)
                .begin();
        bench.advance(Duration.ofMinutes(5));
        assertEquals("UPDATE_IN_PROGRESS", status(), () -> step.lines().toString());
        bench.aws().cloudFormation().alarm(ALARM);
        step.end();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
        assertTrue(step.why().contains(ALARM), step::why);
    }

    @Test
    void theEndIsTheEndOfTheCleanup() {
        String named = TWO.replace("{VisibilityTimeout: 30}", "{QueueName: !Ref Size}");
        deployed(named);
        Step step = deploy(named).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"), LONG);
        bench.advance(1);
        assertTrue(!step.kept.isOver(), "the old queue is still there");
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("UPDATE_COMPLETE", status());
        step.says("AWS now removes what was replaced or is no longer needed");
    }

    @Test
    void whatExistsIsAskedToBeImported() {
        Step step = deploy(TWO)
                .with("importExistingResources", true)
                .with("execute", false)
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertTrue(CloudFormationService.client(bench.session())
                .describeChangeSet(it -> it.changeSetName(step.result().getChangeSet()))
                .importExistingResources());
    }
}
