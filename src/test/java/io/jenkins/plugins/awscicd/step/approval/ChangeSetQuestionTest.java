package io.jenkins.plugins.awscicd.step.approval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ParameterDefinition;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People are asked about a change set with what it does, whoever made it. */
@WithSharedJenkins
class ChangeSetQuestionTest extends PipelineRuns {

    private static final String BEFORE = "Resources: {Topic: {Type: \"AWS::SNS::Topic\", Properties: {DisplayName: a}},"
            + " Queue: {Type: \"AWS::SQS::Queue\", Properties: {QueueName: one}}}";
    private static final String AFTER = BEFORE.replace("DisplayName: a", "DisplayName: \"<script>b</script>\"")
            .replace("QueueName: one", "QueueName: two");
    private static final String ASK = "awsApproval message: 'Ship it?', ";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void prod() {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stack/web");
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    /** The ARN of one that was made by somebody else. */
    private String planned() throws Exception {
        String step = "cloudFormationDeploy stack: 'web', template: [body: '";
        run(Result.SUCCESS, step + BEFORE + "']");
        WorkflowRun run = run(
                Result.SUCCESS,
                "def planned = " + step + AFTER + "'], execute: false\necho 'made ' + planned.changeSet");
        return run.getLog(1_000).stream()
                .filter(line -> line.startsWith("made "))
                .findFirst()
                .orElseThrow()
                .substring("made ".length());
    }

    @Test
    void itsChangesAreShown() throws Exception {
        Approvers people = Approvers.in(jenkins);
        String arn = planned();
        for (boolean guarded : new boolean[] {true, false}) {
            if (guarded) {
                prod();
            } else {
                noStages();
            }
            WorkflowRun run = people.asking(
                    job(ASK + (guarded ? "stage: 'prod', " : "") + "what: [stack: 'web', changeSet: '" + arn + "']")
                            .scheduleBuild2(0)
                            .waitForStart(),
                    1);
            ParameterDefinition comment = run.getAction(InputAction.class)
                    .getExecutions()
                    .get(0)
                    .getInput()
                    .getParameters()
                    .get(0);
            List<String> lines = String.valueOf(comment.getDescription())
                    .replace('\u00a0', ' ') // which keep the indentation on pages
                    .lines()
                    .toList();
            List<String> table = lines.stream()
                    .filter(line -> line.matches("([!~] | +Queue| +Display).*"))
                    .toList();
            assertTrue(table.get(0).startsWith("! replace  Queue  AWS::SQS::Queue"), lines::toString);
            assertTrue(
                    table.stream().anyMatch(line -> line.startsWith("~ change   Topic  AWS::SNS::Topic")),
                    lines::toString);
            assertTrue(
                    table.stream().anyMatch(line -> line.contains("DisplayName: a \u2192 <script>b</script>")),
                    lines::toString);
            String shown = String.valueOf(comment.getFormattedDescription());
            assertTrue(shown.contains("&lt;script&gt;") && !shown.contains("<script>"), shown);
            run.doStop();
            jenkins.waitForCompletion(run);
        }
    }

    @Test
    void nobodyIsAskedAboutOneThatIsNotThere() throws Exception {
        String arn = planned();
        prod();
        String what = "what: [stack: 'web', changeSet: '" + arn + "']";
        jenkins.assertLogContains(
                "changeSet: stack 'other' has no change set",
                run(Result.FAILURE, ASK + "stage: 'prod', " + what.replace("'web'", "'other'")));
        noStages();
        run(Result.SUCCESS, "cloudFormationDeploy stack: 'web', changeSet: '" + arn + "'");
        prod();
        jenkins.assertLogContains("cannot be executed", run(Result.FAILURE, ASK + "stage: 'prod', " + what));
    }

    /** A step may have been told anything, by an endpoint of its own. */
    @Test
    void whatAStepWasToldElsewhereIsNotShown() throws Exception {
        try (LocalAws other = LocalAws.builder().start()) {
            prod();
            jenkins.assertLogContains(
                    "changeSet: stack 'api' has no change set",
                    run(
                            Result.FAILURE,
                            "def planned = cloudFormationDeploy stack: 'api', template: [body: '" + BEFORE
                                    + "'], execute: false, credentialsId: 'aws', endpoint: '" + other.endpoint() + "'\n"
                                    + ASK + "stage: 'prod', what: planned"));
        }
    }

    /** What is shown, and what is approved, is one thing. */
    @Test
    void noOtherRevisionIsNamed() throws Exception {
        String step = "cloudFormationDeploy stack: 'web', template: [body: '" + BEFORE + "'], execute: false";
        for (String what : List.of(
                "def planned = " + step + "\n" + ASK + "what: planned, ",
                "def planned = " + step + "\n" + ASK + "what: [changeSet: planned], ",
                ASK
                        + "what: [stack: 'web', changeSet: 'arn:aws:cloudformation:eu-west-1:123456789012:changeSet/a/b'], ",
                ASK + "what: [stack: 'web', delete: true], ",
                ASK + "what: [revision: 's3://artifacts/web.zip'], ")) {
            WorkflowRun run = run(Result.FAILURE, what + "revision: 's3://artifacts/other.zip'");
            jenkins.assertLogContains("awsApproval revision: what is asked about is ", run);
            assertFalse(run.getLog(1_000).toString().contains("Waiting for"));
        }
    }
}
