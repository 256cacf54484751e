package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code codeDeploy} in a rehearsal, on the real engine. */
class CodeDeployRehearsalTest {

    private static final String APPSPEC = """
            version: 0.0
            os: linux
            files:
              - source: app.txt
                destination: /opt/web
            hooks:
              ValidateService:
                - location: check.sh
            """;

    /** To a group whose deployments take hours. */
    private static final String LONG =
            "codeDeploy application: 'web', deploymentGroup: 'long', revision: 'workspace', bucket: 'artifacts'";

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) throws Exception {
        rehearsed = new Rehearsed(workspace).file("appspec.yml", APPSPEC).file("app.txt", "the app\n");
        check("echo checked");
        GroupSpec spec = GroupSpec.simulated("web", "long");
        spec.simulation().events(Duration.ofHours(1));
        rehearsed.aws().codeDeploy().group(spec);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private void check(String script) throws IOException {
        rehearsed.file("check.sh", "#!/bin/sh\n" + script + "\n");
    }

    private Path instance(String group) {
        return rehearsed.aws().codeDeploy().folder(group, group + "-1");
    }

    private List<Deployment> deployments() {
        return rehearsed.aws().codeDeploy().deployments();
    }

    private boolean isReported(String regex) {
        return rehearsed.lines().stream().anyMatch(line -> line.matches(regex));
    }

    @Test
    void theWorkspaceIsInstalledOnAnInstanceThatIsAFolder() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages {
                        stage('Deploy') {
                            steps {
                                script {
                                    def dev = codeDeploy application: 'web', deploymentGroup: 'dev',
                                        revision: 'workspace', bucket: 'releases'
                                    echo "${dev.status}: ${dev.targets[0].id}, ${dev.revision.type}"
                                }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals("the app\n", Files.readString(instance("dev").resolve("opt/web/app.txt")));
        List<String> lines = rehearsed.lines();
        assertTrue(lines.contains("Succeeded: dev-1, S3"), rehearsed.console());
        assertTrue(isReported("\\[CodeDeploy] Deploying web to dev, .*"), rehearsed.console());
        assertTrue(isReported("\\[CodeDeploy] dev-1 {2}ValidateService .*"), rehearsed.console());
        assertTrue(
                lines.contains(
                        "[Rehearsal] Created the deployment group 'dev' of the application 'web' in local AWS: its one"
                                + " instance is the folder " + instance("dev")),
                rehearsed.console());
    }

    @Test
    void whatWasBuiltIsDeployed() throws Exception {
        rehearsed.file("buildspec.yml", """
                version: 0.2
                phases:
                  build:
                    commands: ["echo built > app.txt"]
                artifacts:
                  files: [app.txt, appspec.yml, check.sh]
                """);

        Result result = rehearsed.run("""
                def build = codeBuild project: 'web', source: 'workspace', log: 'none'
                ['dev', 'test'].each { codeDeploy application: 'web', deploymentGroup: it, revision: build }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals("built\n", Files.readString(instance("dev").resolve("opt/web/app.txt")));
        assertEquals("built\n", Files.readString(instance("test").resolve("opt/web/app.txt")));
    }

    @Test
    void aScriptThatFailsFailsTheDeliveryWithItsLogAndItsCauseLast() throws Exception {
        check("echo looking\necho 'no such port' >&2\nexit 3");

        Result result = rehearsed.run("""
                node {
                    stage('Deploy') {
                        codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace', bucket: 'artifacts'
                    }
                    echo 'not reached'
                }
                """);

        assertEquals(Result.FAILURE, result);
        assertTrue(rehearsed.lines().contains("    [stdout]looking"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("    [stderr]no such port"), rehearsed.console());
        String last = rehearsed.lastLine();
        assertTrue(
                last.matches(
                        "Delivery FAILURE after .* s: Deploy: web to dev failed: dev-1: ValidateService \\(check.sh\\) failed:"
                                + " ScriptFailed .* exit code 3 \\(Jenkinsfile line 3\\)"),
                last);
        assertFalse(rehearsed.lines().contains("not reached"));
    }

    @Test
    void withoutPropagateTheScriptGetsTheFailedDeployment() throws Exception {
        check("exit 3");

        Result result = rehearsed.run("""
                def dev = codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace',
                    bucket: 'artifacts', propagate: false
                echo "${dev.status}: ${dev.cause}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(isReported("Failed: dev-1: ValidateService \\(check.sh\\) .*"), rehearsed.console());
    }

    @Test
    void aTrafficShiftIsContinuedAfterAnApproval() throws Exception {
        rehearsed
                .aws()
                .codeDeploy()
                .group(GroupSpec.simulated("web", "prod")
                        .blueGreen()
                        .stopUnlessContinued(60)
                        .terminateAfter(0));

        Result result = rehearsed.types("y\n").run("""
                def prod = codeDeploy application: 'web', deploymentGroup: 'prod', revision: 'workspace',
                    bucket: 'artifacts', wait: 'ready'
                echo "${prod.status}, waiting: ${prod.waiting}"
                input 'Shift the traffic?'
                prod = codeDeploy continueAfterReady: prod
                echo "then ${prod.status}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("Ready, waiting: true"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("then Succeeded"), rehearsed.console());
        assertEquals(1, deployments().size());
    }

    @Test
    void aRevisionCanBeRegisteredOnly() throws Exception {
        Result result = rehearsed.run("""
                def known = codeDeploy application: 'shop', revision: 'workspace', bucket: 'releases', registerOnly: true
                echo "${known.status} ${known.revision}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(isReported("Registered s3://releases/jenkins/shop/.*\\.zip @ \\S+"), rehearsed.console());
        assertEquals(List.of(), deployments());
    }

    @Test
    void aFunctionHasAGroupOfItsOwnKind() throws Exception {
        Result result = rehearsed.run("""
                codeDeploy application: 'greeter', deploymentGroup: 'live', revision: [appSpec: '''
                version: 0.0
                Resources:
                  - greeter:
                      Type: AWS::Lambda::Function
                      Properties: {Name: greeter, Alias: live, CurrentVersion: 1, TargetVersion: 2}
                ''']
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("greeter to live succeeded"), rehearsed.console());
    }

    @Test
    void aRoleDeploysInItsOwnAccountAndRegion() throws Exception {
        Result result = rehearsed.run("""
                codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace', bucket: 'artifacts',
                    region: 'us-west-2', role: 'arn:aws:iam::210987654321:role/delivery', credentialsId: 'deployer'
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of(), deployments());
        assertEquals(
                1,
                rehearsed
                        .aws()
                        .codeDeploy(new Place("210987654321", "us-west-2"))
                        .deployments()
                        .size());
        assertTrue(rehearsed.console().contains("no credentials 'deployer'"), rehearsed.console());
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingStarts() throws Exception {
        Result result = rehearsed.run("""
                codeDeploy application: 'web', grup: 'dev', revision: 'web.zip', propagate: 'maybe', onAbort: 'undo'
                """);

        assertEquals(Result.FAILURE, result);
        for (String problem : List.of(
                "codeDeploy grup: there is no such argument",
                "codeDeploy revision: 'web.zip' is not known",
                "codeDeploy deploymentGroup: name the deployment group",
                "codeDeploy onAbort: 'undo' is not known; use one of stop, stopAndRollBack, leave")) {
            assertTrue(rehearsed.console().contains(problem), rehearsed.console());
        }
        assertTrue(rehearsed.lastLine().contains("propagate: 'maybe' is neither true nor false"), rehearsed.lastLine());
        assertEquals(List.of(), deployments());
    }

    @Test
    void anAppSpecThatCannotWorkIsToldBeforeAnythingIsUploaded() throws Exception {
        rehearsed.file("appspec.yml", APPSPEC.replace("app.txt", "web.jar"));

        assertEquals(Result.FAILURE, rehearsed.run(LONG));

        assertTrue(
                rehearsed
                        .lastLine()
                        .contains(
                                ": codeDeploy appspec: appspec.yml names files that are not in the revision: web.jar; "),
                rehearsed.lastLine());
        assertEquals(List.of(), rehearsed.aws().s3().keys("artifacts"));
    }

    @ParameterizedTest
    @CsvSource({"stop, STOPPED", "stopAndRollBack, STOPPED", "leave, IN_PROGRESS"})
    void anAbortDoesAsTheStepSays(String onAbort, DeploymentStatus status) throws Exception {
        Result result = rehearsed.abortAt("[CodeDeploy] Revision ").run("%s, onAbort: '%s'".formatted(LONG, onAbort));

        assertEquals(Result.ABORTED, result, rehearsed.console());
        assertEquals(status, deployments().get(0).status());
        assertTrue(isReported("Delivery ABORTED .*: Aborted by the person at the terminal.*"), rehearsed.console());
    }

    @ParameterizedTest
    @CsvSource({"stop, STOPPED", "leave, IN_PROGRESS"})
    void aDeploymentWhoseTimeIsOverFails(String onAbort, DeploymentStatus status) throws Exception {
        Result result = rehearsed.run("%s, timeoutMinutes: 1, onAbort: '%s'".formatted(LONG, onAbort));

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertEquals(status, deployments().get(0).status());
        assertTrue(isReported("Delivery FAILURE .*: Not done within .*"), rehearsed.console());
    }

    @Test
    void aGroupThatIsBusyCanBeAFailure() throws Exception {
        Result result = rehearsed.run(LONG + ", wait: false\n" + LONG + ", whenBusy: 'fail'");

        assertEquals(Result.FAILURE, result, rehearsed.console());
        String last = rehearsed.lastLine();
        assertEquals(1, deployments().size());
        assertTrue(last.contains(deployments().get(0).id()), last);
        assertTrue(last.contains("; wait for it with whenBusy: 'wait', or try again when it has ended"), last);
    }
}
