package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
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

/** {@code beanstalkDeploy} in a rehearsal, on the real engine. */
class BeanstalkRehearsalTest {

    /** To an environment whose updates take hours. */
    private static final String LONG = "beanstalkDeploy application: 'web', environment: 'web-long', bundle: 'app'";

    /** Answers nothing, but takes connections. */
    private static final String SERVER = """
            public class Server {
                public static void main(String[] arguments) throws Exception {
                    System.out.println("serving");
                    try (var socket = new java.net.ServerSocket(Integer.parseInt(System.getenv("PORT")))) {
                        while (true) {
                            socket.accept().close();
                        }
                    }
                }
            }
            """;

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) throws Exception {
        rehearsed = new Rehearsed(workspace)
                .file("app/Server.java", SERVER)
                .file("app/Procfile", "web: " + System.getProperty("java.home") + "/bin/java Server.java\n");
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", "web-long").version("v0");
        spec.simulation().command(Duration.ofHours(1));
        rehearsed.aws().beanstalk().environment(spec);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private boolean isReported(String regex) {
        return rehearsed.lines().stream().anyMatch(line -> line.matches(regex));
    }

    private Path instance(String environment) {
        return rehearsed.aws().beanstalk().folder(environment);
    }

    @Test
    void theWorkspaceRunsOnAnInstanceThatIsAFolder() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages {
                        stage('Deploy') {
                            steps {
                                script {
                                    def test = beanstalkDeploy application: 'web', environment: 'web-test', bundle: 'app',
                                        versionLabel: 'v1'
                                    echo "${test.environment}: ${test.versionLabel} is ${test.health}, cause: ${test.cause}"
                                }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("web-test: v1 is Green (Ok), cause: null"), rehearsed.console());
        assertTrue(isReported("\\[Beanstalk] web-test runs v1 and is Green \\(Ok\\) after .* s"), rehearsed.console());
        assertTrue(
                isReported(
                        "\\[Rehearsal] Created the environment 'web-test' of the application 'web' in local AWS: its one instance"
                                + " is the folder .*, and its app answers at http://127.0.0.1:\\d+"),
                rehearsed.console());
        assertTrue(Files.exists(instance("web-test").resolve("var/app/current/Procfile")));
    }

    @Test
    void whatWasBuiltIsDeployed() throws Exception {
        rehearsed.file("buildspec.yml", """
                version: 0.2
                phases:
                  build:
                    commands: ["echo built > app/version.txt"]
                artifacts:
                  base-directory: app
                  files: ['**/*']
                """);

        Result result = rehearsed.run("""
                def build = codeBuild project: 'web', source: 'workspace', log: 'none'
                beanstalkDeploy application: 'web', environment: 'web-test', bundle: build
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals("built\n", Files.readString(instance("web-test").resolve("var/app/current/version.txt")));
    }

    @Test
    void aProcfileThatIsWrongFailsTheDeliveryWithTheLogAndTheCauseLast() throws Exception {
        rehearsed.file("app/Procfile", "start the app\n");

        Result result = rehearsed.run("""
                node {
                    stage('Deploy') {
                        beanstalkDeploy application: 'web', environment: 'web-test', bundle: 'app', versionLabel: 'v1'
                    }
                    echo 'not reached'
                }
                """);

        assertEquals(Result.FAILURE, result);
        assertTrue(isReported("\\[Beanstalk] i-\\w+, last lines of /var/log/eb-engine.log:"), rehearsed.console());
        assertTrue(isReported(" {4}\\[ERROR] .*failed to parse Procfile.*"), rehearsed.console());
        String last = rehearsed.lastLine();
        assertTrue(
                last.matches("Delivery FAILURE after .* s: Deploy: v1 to web-test failed: .*Command failed on"
                        + " instance.*\\(Jenkinsfile line 3\\)"),
                last);
        assertFalse(rehearsed.lines().contains("not reached"));
    }

    @Test
    void withoutPropagateTheScriptGetsTheFailedDeployment() throws Exception {
        rehearsed.file("app/Procfile", "web: echo no such port >&2; exit 3\n");

        Result result = rehearsed.run("""
                def test = beanstalkDeploy application: 'web', environment: 'web-test', bundle: 'app', versionLabel: 'v1',
                    propagate: false
                echo "${test.cause} ${test.causes}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(
                isReported(
                        "'v1' is deployed, but the environment is Red \\(Severe\\) instead of Green .*services are not"
                                + " running: web.*"),
                rehearsed.console());
        assertTrue(rehearsed.lines().contains("    no such port"), rehearsed.console());
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingStarts() throws Exception {
        Result result = rehearsed.run("""
                beanstalkDeploy environment: 'web-long', bundel: 'app', onAbort: 'undo'
                """);

        assertEquals(Result.FAILURE, result);
        for (String problem : List.of(
                "beanstalkDeploy bundel: there is no such argument",
                "beanstalkDeploy application: name the Elastic Beanstalk application",
                "beanstalkDeploy onAbort: 'undo' is not known; use one of stop, leave")) {
            assertTrue(rehearsed.console().contains(problem), rehearsed.console());
        }
        assertEquals(0, rehearsed.aws().calls().total());
    }

    @ParameterizedTest
    @CsvSource({"stop, 1", "leave, 0"})
    void anAbortDoesAsTheStepSays(String onAbort, long aborts) throws Exception {
        Result result = rehearsed
                .abortAt("[Beanstalk] Deploying new version")
                .run("%s, onAbort: '%s'".formatted(LONG, onAbort));

        assertEquals(Result.ABORTED, result, rehearsed.console());
        assertEquals(aborts, rehearsed.aws().calls().count("ElasticBeanstalk.AbortEnvironmentUpdate"));
        assertTrue(isReported("Delivery ABORTED .*: Aborted by the person at the terminal.*"), rehearsed.console());
    }

    @ParameterizedTest
    @CsvSource({"stop, 1", "leave, 0"})
    void aDeploymentWhoseTimeIsOverFails(String onAbort, long aborts) throws Exception {
        Result result = rehearsed.run("%s, timeoutMinutes: 1, onAbort: '%s'".formatted(LONG, onAbort));

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertEquals(aborts, rehearsed.aws().calls().count("ElasticBeanstalk.AbortEnvironmentUpdate"));
        assertTrue(isReported("Delivery FAILURE .*: Not done within .*"), rehearsed.console());
    }
}
