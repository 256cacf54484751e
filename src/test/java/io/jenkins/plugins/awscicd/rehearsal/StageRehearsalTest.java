package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages, guards and people in rehearsals, from the same file that Jenkins reads. */
class StageRehearsalTest {

    private static final String STAGES = """
            jenkins:
              systemMessage: not the plugin's
            unclassified:
              location:
                url: http://localhost/
              awsCicd:
                region: ${AWS_REGION:-eu-central-1}
                endpoint: ${AWS_CICD_ENDPOINT:-}
                stages:
                  - name: dev
                    defaults: {codeBuildProject: web, codeDeployApplication: web, deploymentGroup: dev}
                  - name: prod
                    defaults: {codeDeployApplication: web, deploymentGroup: prod}
                    guards:
                      approvers: bob, release-managers
                      forbidSelfApproval: true
                      after: dev
                      closedHours: ${CLOSED:-}
            """;

    /** Through both stages, with a question in between. */
    private static final String DELIVERS = """
            def dev
            stage('dev') { dev = codeDeploy stage: 'dev', revision: 'workspace', bucket: 'artifacts' }
            stage('approve') { awsApproval stage: 'prod', what: dev, message: 'Ship it?' }
            stage('prod') { codeDeploy stage: 'prod', revision: dev }
            """;

    private Rehearsed rehearsed;
    private Path stages;

    @BeforeEach
    void begin(@TempDir Path workspace, @TempDir Path elsewhere) throws Exception {
        stages = Files.writeString(elsewhere.resolve("jenkins.yaml"), STAGES);
        rehearsed = new Rehearsed(workspace)
                .with("--stages", stages.toString())
                .file("app.txt", "the app\n")
                .file("appspec.yml", """
                        version: 0.0
                        os: linux
                        files:
                          - source: app.txt
                            destination: /opt/web
                        """);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private Path instance(String group) {
        return rehearsed.aws().codeDeploy().folder(group, group + "-1");
    }

    private void isRefused(String why) {
        assertTrue(rehearsed.console().contains(why), rehearsed.console());
        assertFalse(rehearsed.aws().codeDeploy().has("web", "prod")
                && Files.exists(instance("prod").resolve("opt/web")));
    }

    @Test
    void somebodyElseApprovesWhatTheStageBeforeHasHad() throws Exception {
        Result result =
                rehearsed.with("--approve", "bob", "--comment", "looks good").run(DELIVERS);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals("the app\n", Files.readString(instance("prod").resolve("opt/web/app.txt")));
        assertTrue(rehearsed.lines().contains("[Approval] Approved by bob: looks good"), rehearsed.console());
    }

    @Test
    void aGroupThatIsNamedIsNamedWithItsUser() throws Exception {
        Result result =
                rehearsed.with("--approve", "carla:ops,release-managers").run(DELIVERS);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
    }

    @Test
    void whoeverStartedItDoesNotApproveIt() throws Exception {
        Result result = rehearsed.with("--as", "bob", "--approve", "bob").run(DELIVERS);

        assertEquals(Result.ABORTED, result, rehearsed.console());
        isRefused("[Approval] Not counted: bob started this run, so somebody else must approve it");
        assertTrue(
                rehearsed
                        .lastLine()
                        .contains("'Ship it?' has 0 of 1 approvals, and nobody else is named with --approve"),
                rehearsed.lastLine());
    }

    @Test
    void somebodyWhoIsNoApproverDoesNotCount() throws Exception {
        assertEquals(
                Result.ABORTED,
                rehearsed.with("--approve", "eve", "--approve", "none").run(DELIVERS));

        isRefused("would have been asked");
    }

    @Test
    void withoutAQuestionTheStageRefuses() throws Exception {
        Result result = rehearsed.run("""
                def dev = codeDeploy stage: 'dev', revision: 'workspace', bucket: 'artifacts'
                codeDeploy stage: 'prod', revision: dev
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        isRefused("stage prod: requires 1 approval ");
        assertTrue(rehearsed
                .console()
                .contains("it has 0; ask for it in this run with awsApproval stage: 'prod', revision: 's3://"));
    }

    @Test
    void theStageBeforeHasToHaveHadIt() throws Exception {
        Result result = rehearsed.with("--approve", "bob").run("""
                def it = codeDeploy application: 'web', revision: 'workspace', bucket: 'artifacts', registerOnly: true
                awsApproval stage: 'prod', what: it, message: 'Ship it?'
                codeDeploy stage: 'prod', revision: it
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        isRefused("has not been deployed to stage dev successfully; deploy it there first");
    }

    @Test
    void nothingIsDeployedInClosedHours() throws Exception {
        String today = DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        Result result = rehearsed
                .terminal("CLOSED", today + " 00:00-24:00 UTC")
                .with("--approve", "bob")
                .run(DELIVERS);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        isRefused("stage prod: closed: " + today + " 00:00-24:00 UTC");
    }

    @Test
    void whatBelongsToAStageIsNotDeployedToWithoutNamingIt() throws Exception {
        Result result = rehearsed.run("""
                codeDeploy application: 'web', deploymentGroup: 'prod', revision: 'workspace', bucket: 'artifacts'
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        isRefused("deployment group prod of web belongs to stage prod: add stage: 'prod' to the step");
    }

    @Test
    void aStageIsOneOfTheFile() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("codeBuild stage: 'prd'"));

        assertTrue(
                rehearsed.lastLine().contains("codeBuild stage: there is no stage 'prd'; there are dev, prod"),
                rehearsed.lastLine());
    }

    @Test
    void aGuardedStageSaysItselfWhoStepsAre() throws Exception {
        assertEquals(
                Result.FAILURE,
                rehearsed.run("codeDeploy stage: 'prod', region: 'eu-west-1', revision: 's3://a/b.zip'"));

        isRefused("region: cannot be combined with stage: 'prod'");
    }

    @Test
    void whatTheFileSaysWrongIsSaid() throws Exception {
        Files.writeString(stages, STAGES.replace("approvers:", "approver:"));
        String said = assertThrows(IllegalArgumentException.class, () -> rehearsed.run("echo 'x'"))
                .getMessage();

        assertTrue(
                said.startsWith("jenkins.yaml: stage prod: guards: there is no 'approver'; known are approvers,"),
                said);
    }
}
