package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks are made and changed, in all ways in which CloudFormation may speak of it. */
class StackDeploymentTest extends SteppedStacks {

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void isCreatedAndUpdated(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        Step created = deploy(TWO).run();
        assertEquals(Verdict.End.SUCCEEDED, created.verdict(), () -> created.lines() + created.why());
        assertEquals("CREATE_COMPLETE", created.result().getStatus());
        assertEquals(Map.of("Size", "small"), created.result().getOutputs());
        assertEquals(2, created.result().getChanges().size());
        assertTrue(created.result().isExecuted());
        created.says("Change set of web, which is new: 2 added");
        created.says("Creating stack web");

        Step updated = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, updated.verdict(), () -> updated.lines() + updated.why());
        assertEquals("UPDATE_COMPLETE", updated.result().getStatus());
        assertEquals(Map.of("Size", "large"), updated.result().getOutputs());
        updated.says("Updating stack web");
        updated.says("Stack web is in UPDATE_COMPLETE");
        assertEquals(2, calls("CreateChangeSet"));
        assertEquals(2, calls("ExecuteChangeSet"));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothingToChangeIsGreenAndQuick(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        Step again = deploy(TWO).begin();
        bench.advanceUntil(again.kept::isOver, Duration.ofSeconds(30));
        assertEquals(Verdict.End.SUCCEEDED, again.verdict(), () -> again.lines().toString());
        again.says("No changes");
        assertEquals("", again.result().getChangeSet());
        assertFalse(again.result().isExecuted());
        assertEquals(Map.of("Size", "small"), again.result().getOutputs());
        assertEquals(1, calls("ExecuteChangeSet"));
        assertEquals(1, calls("DeleteChangeSet"), "what is of no use is put away");
    }

    @Test
    void outputsAloneAreAChange() {
        deployed(TWO);
        Step again = deployed(TWO + "  More: {Value: '1'}\n");
        assertEquals(Map.of("Size", "small", "More", "1"), again.result().getOutputs());
        again.says("outputs or settings only, no resource");
    }

    @Test
    void whatIsReplacedComesFirst() {
        deployed(TWO);
        Step step = deployed(TWO.replace("{VisibilityTimeout: 30}", "{QueueName: jobs}") + "  More: {Value: '1'}\n");
        step.says("1 replaced");
        int table = step.lines()
                .indexOf(step.lines().stream()
                        .filter(line -> line.startsWith("Change set of web"))
                        .findFirst()
                        .orElseThrow());
        assertTrue(
                step.lines().get(table + 1).contains("! replace"),
                () -> step.lines().toString());
        assertTrue(
                step.lines().get(table + 1).contains("Queue"),
                () -> step.lines().toString());
        step.says("QueueName");
    }

    @Test
    void parametersThatAreNotGivenKeepTheirValues() {
        deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        Step step = deployed(TWO + "  More: {Value: '1'}\n");
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    /** What is not given stays; what is given empty is taken away, as far as AWS does so. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "EMPTY_TAGS_KEPT"})
    void tagsAndTopicsAreKeptOrTakenAway(Dialect dialect) {
        String topic = "arn:aws:sns:eu-west-1:123456789012:stacks";
        deploy(TWO)
                .with("tags", Map.of("team", "web"))
                .with("notificationArns", topic)
                .run();
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO + "  More: {Value: '1'}\n");
        assertEquals(Map.of("team", "web"), settings().tags());
        assertEquals(List.of(topic), settings().notificationArns());
        Step none = deploy(TWO)
                .with("tags", Map.of())
                .with("notificationArns", List.of())
                .with("parameters", Map.of())
                .run();
        assertEquals(Verdict.End.SUCCEEDED, none.verdict(), none::why);
        assertEquals(List.of(), settings().notificationArns());
        if (dialect == Dialect.EMPTY_TAGS_KEPT) {
            deploy(TWO).with("tags", "none").run().says("AWS has kept the stack's tags");
        } else {
            assertEquals(Map.of(), settings().tags());
        }
    }

    private StackSettings settings() {
        return bench.aws().cloudFormation().stack("web").settings();
    }

    @Test
    void theTemplateOfTheStackIsTakenAgain() {
        deployed(TWO);
        Step step = step().with("template", "previous")
                .with("parameters", Map.of("Size", "large"))
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsRefused() {
        Step step = deploy(TWO).with("parameters", Map.of("Sise", "large")).run();
        assertEquals("parameters: 'Sise' is not a parameter of the template; did you mean 'Size'?", step.why());
        assertEquals(0, calls("CreateChangeSet"));
    }

    @Test
    void filesOfParametersAreRead() throws Exception {
        Files.writeString(workspace.resolve("p.json"), "[{\"ParameterKey\": \"Size\", \"ParameterValue\": \"010\"}]");
        Files.writeString(workspace.resolve("web.yaml"), TWO);
        Step step = step().with("template", "web.yaml")
                .with("parameterFiles", "p.json")
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("010", step.result().getOutputs().get("Size"));
    }

    @Test
    void aLargeTemplateNeedsABucket() throws Exception {
        Files.writeString(workspace.resolve("web.yaml"), TWO + "# " + "x".repeat(60_000) + "\n");
        Step refused = step().with("template", "web.yaml").run();
        assertTrue(refused.why().startsWith("bucket: web.yaml has 60"), refused::why);
        assertFalse(bench.aws().cloudFormation().has("web"));
    }

    @Test
    void aTemplateIsTakenFromS3() {
        bench.aws().s3().createBucket("templates", false);
        bench.aws().s3().put("templates", "web.yaml", TWO.getBytes(StandardCharsets.UTF_8));
        Step step = step().with("template", "s3://templates/web.yaml").run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void missingCapabilitiesAreNamed() {
        String template = TWO.replace("Outputs:", "  Role:\n    Type: AWS::IAM::Role\n    Properties: {}\nOutputs:");
        Step step = deploy(template).run();
        assertTrue(step.why().startsWith("capabilities: "), step::why);
        assertTrue(step.why().endsWith("add capabilities: ['CAPABILITY_IAM']"), step::why);
        Step given =
                deploy(template).with("capabilities", "CAPABILITY_NAMED_IAM").run();
        assertEquals(Verdict.End.SUCCEEDED, given.verdict(), given::why);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aFailedUpdateIsFollowedToItsRollbackAndItsCauseIsLast(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full");
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        step.says("Rolling back");
        step.says("it was rolled back to its previous state");
        assertEquals(
                "Cause: Reader (AWS::Lambda::Function): Memory is full",
                step.lines().get(step.lines().size() - 1));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
    }

    @Test
    void aFailedCreationCanBeKeptOrDeleted() {
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        Step kept = deploy(TWO).with("onFailure", "keep").run();
        assertEquals(Verdict.End.FAILED, kept.verdict());
        assertEquals("CREATE_FAILED", status());
        step().with("delete", true).run();
        assertFalse(bench.aws().cloudFormation().has("web"));
        Step deleted = deploy(TWO).with("onFailure", "delete").run();
        assertEquals(
                Verdict.End.FAILED, deleted.verdict(), () -> deleted.lines().toString());
        assertFalse(bench.aws().cloudFormation().has("web"));
        assertEquals(
                "Cause: Reader (AWS::Lambda::Function): No such handler",
                deleted.lines().get(deleted.lines().size() - 1));
    }

    @Test
    void aFailedCreationIsRecreatedOnlyIfThatIsAskedFor() {
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        deploy(TWO).run();
        simulation().heal();
        assertEquals("ROLLBACK_COMPLETE", status());
        Step step = deploy(TWO).run();
        assertTrue(step.why().contains("add recreateFailed: true"), step::why);
        assertEquals("ROLLBACK_COMPLETE", status());
        Step again = deploy(TWO).with("recreateFailed", true).run();
        assertEquals(Verdict.End.SUCCEEDED, again.verdict(), again::why);
    }

    @Test
    void aChangeSetWaitsToBeExecutedByAnotherStep() {
        Step made = deploy(TWO).with("execute", false).run();
        assertEquals(Verdict.End.SUCCEEDED, made.verdict(), made::why);
        assertEquals("REVIEW_IN_PROGRESS", status());
        assertEquals(2, made.result().getChanges().size());
        assertNotEquals("", made.result().getChangeSet());
        assertEquals(made.result().getChangeSet(), made.result().exactly());
        Step executed = step().with("changeSet", made.result()).run();
        assertEquals(Verdict.End.SUCCEEDED, executed.verdict(), executed::why);
        assertEquals("CREATE_COMPLETE", status());
        assertEquals(made.result().getChangeSet(), executed.result().getChangeSet());
        Step twice = step().with("changeSet", made.result()).run();
        assertEquals(Verdict.End.FAILED, twice.verdict());
        assertTrue(twice.why().startsWith("changeSet: "), twice::why);
    }

    @Test
    void anObsoleteChangeSetIsNotExecuted() {
        bench.aws().cloudFormation().speak(Dialect.OTHERS_OBSOLETE);
        deployed(TWO);
        Step made = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .with("execute", false)
                .run();
        deploy(TWO).with("parameters", Map.of("Size", "huge")).run();
        Step executed = step().with("changeSet", made.result()).run();
        assertEquals(Verdict.End.FAILED, executed.verdict());
        assertTrue(executed.why().contains("obsolete"), executed::why);
    }

    @Test
    void theGateIsAskedRightBeforeWithTheChangeSet() {
        StringBuilder asked = new StringBuilder();
        Step step = deploy(TWO)
                .behind((application, target, revision) -> {
                    asked.append(target).append(' ').append(revision);
                    throw new Refused("not approved");
                })
                .run();
        assertEquals(Verdict.End.REFUSED, step.verdict());
        assertTrue(asked.toString().startsWith("web arn:aws:cloudformation:"), asked::toString);
        assertEquals(0, calls("ExecuteChangeSet"));
    }

    @Test
    void isDeleted() {
        deployed(TWO);
        Step step = step().with("delete", true).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("DELETE_COMPLETE", step.result().getStatus());
        Step again = step().with("delete", true).run();
        assertEquals(Verdict.End.SUCCEEDED, again.verdict(), again::why);
        again.says("There is no stack web to delete");
    }

    @Test
    void whatCannotBeDeletedIsNamedAndRetained() {
        deployed(TWO);
        simulation().failing(Action.DELETE, "Queue", "It is in use");
        Step step = step().with("delete", true).run();
        assertEquals(Verdict.End.FAILED, step.verdict());
        assertEquals(
                "Cause: Queue (AWS::SQS::Queue): It is in use",
                step.lines().get(step.lines().size() - 1));
        Step again =
                step().with("delete", true).with("retain", List.of("Queue")).run();
        assertEquals(Verdict.End.SUCCEEDED, again.verdict(), again::why);
    }

    /** AWS says it by the line and the column of what was sent, which is the file as it is. */
    @Test
    void whereATemplateIsWrongIsSaid() {
        for (boolean validate : new boolean[] {true, false}) {
            Step step = deploy("Resources:\n  Queue:\n  - a: [")
                    .with("validate", validate)
                    .run();
            assertEquals(Verdict.End.FAILED, step.verdict());
            assertTrue(step.why().contains("YAML not well-formed. (line 3, column "), step.why());
        }
        assertEquals(0, calls("CreateChangeSet"));
    }

    @Test
    void aTemplateIsValidatedWithoutAStack() {
        Step step = deploy(TWO).with("stack", "").with("validate", true).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("VALID", step.result().getStatus());
        assertEquals("the template is valid", step.result().summary());
        Step wrong = deploy("Resources: {}\n")
                .with("stack", "")
                .with("validate", true)
                .run();
        assertEquals(Verdict.End.FAILED, wrong.verdict());
        assertTrue(wrong.why().contains("cloudformation:GetTemplateSummary failed for the template "), wrong::why);
    }

    @Test
    void aTemplateIsValidated() {
        Step step = deploy(TWO).with("validate", true).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertFalse(bench.aws().cloudFormation().has("web"));
        Step broken = step().with("template", Map.of("body", "Resources:\n  A: {Type: [}\n"))
                .with("validate", true)
                .run();
        assertEquals(Verdict.End.FAILED, broken.verdict());
    }

    @Test
    void driftIsFound() {
        deployed(TWO);
        simulation().drifting("Reader", it -> it.put("MemorySize", "tiny"));
        Step step = step().with("driftOnly", true).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(
                "MODIFIED /MemorySize is tiny, not small",
                step.result().getDrift().get("Reader"));
    }

    @Test
    void twoStepsTakeTurns() {
        Step one = deploy(TWO).begin();
        bench.advance(2);
        Step other = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        one.end();
        other.end();
        assertEquals(Verdict.End.SUCCEEDED, one.verdict(), one::why);
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), other::why);
        other.says("Waiting behind web #1");
        assertEquals("large", other.result().getOutputs().get("Size"));
    }

    @Test
    void anAbortedUpdateIsRolledBack() {
        deployed(TWO);
        simulation().takes("Reader", Duration.ofMinutes(5));
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        bench.advance(20);
        RuntimeException abort = new RuntimeException("aborted");
        step.kept.execution().stop(abort, null);
        step.end();
        assertEquals(abort, step.kept.outcome().failure());
        assertEquals("UPDATE_ROLLBACK_COMPLETE", status());
        assertEquals(1, calls("CancelUpdateStack"));
    }

    @Test
    void anAbortBeforeTheExecutionChangesNothing() {
        deployed(TWO);
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateChangeSet") == 2, LONG);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.end();
        bench.advance(60);
        assertEquals("CREATE_COMPLETE", status());
        assertEquals(1, calls("ExecuteChangeSet"));
        assertEquals(1, calls("DeleteChangeSet"));
    }

    /** At each second of its life. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20})
    void isDoneOnceWhateverSecondTheProcessEndsIn(int seconds) {
        Step step = deploy(TWO).begin();
        bench.advance(seconds);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals("CREATE_COMPLETE", step.result().getStatus());
        assertEquals(
                1,
                bench.aws().cloudFormation().stack("web").resources().keySet().stream()
                        .filter("Queue"::equals)
                        .count());
        assertNull(step.result().getCause());
        assertTrue(calls("ExecuteChangeSet") <= 2);
    }
}
