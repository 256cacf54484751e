package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code codeBuild} in a rehearsal, on the real engine. */
class CodeBuildRehearsalTest {

    private static final String BUILDSPEC = """
            version: 0.2
            env:
              exported-variables: [VERSION]
            phases:
              build:
                commands:
                  - export VERSION=1.2
                  - cat app.txt
                  - test ! -e broken
            artifacts:
              files: app.txt
            """;

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) throws Exception {
        rehearsed = new Rehearsed(workspace).file("buildspec.yml", BUILDSPEC).file("app.txt", "the app\n");
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    @Test
    void aDeclarativeDeliveryBuildsTheWorkspace() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages {
                        stage('Build') {
                            steps {
                                script {
                                    def build = codeBuild project: 'web', source: 'workspace'
                                    echo "Built ${build.exportedVariables.VERSION}, ${build.status}, #${build.number}"
                                    echo "Artifact at ${build.artifacts[0].location}"
                                }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        List<String> lines = rehearsed.lines();
        assertTrue(lines.contains("Built 1.2, SUCCEEDED, #1"), rehearsed.console());
        assertTrue(lines.contains("the app"), "the build's log is streamed");
        assertTrue(lines.stream()
                .anyMatch(it ->
                        it.matches("\\[CodeBuild] Started web #1, which builds s3://\\S+\\.zip at \\S+: https://.*")));
        assertTrue(rehearsed.lastLine().matches("Delivery SUCCESS in .* s"), rehearsed.lastLine());
        String id = build().id();
        String key = "web/builds/" + id.substring(id.indexOf(':') + 1) + "/web.zip";
        assertTrue(lines.contains("Artifact at arn:aws:s3:::artifacts/" + key), rehearsed.console());
        assertTrue(rehearsed.aws().s3().object("artifacts", key).isPresent());
    }

    @Test
    void aFailedBuildFailsTheDeliveryWithItsCauseLast() throws Exception {
        rehearsed.file("broken", "");

        Result result = rehearsed.run("""
                node {
                    stage('Test') {
                        codeBuild project: 'web', source: 'workspace', log: 'none'
                    }
                    echo 'not reached'
                }
                """);

        assertEquals(Result.FAILURE, result);
        String last = rehearsed.lastLine();
        assertTrue(
                last.matches(
                        "Delivery FAILURE after .* s: Test: web #1 failed: BUILD failed: COMMAND_EXECUTION_ERROR: .*"
                                + " \\(Jenkinsfile line 3\\)"),
                last);
        assertFalse(rehearsed.lines().contains("not reached"));
        assertFalse(rehearsed.lines().contains("the app"), "no log was wanted");
    }

    @Test
    void withoutPropagateTheScriptGetsTheFailedBuild() throws Exception {
        rehearsed.file("broken", "");

        Result result = rehearsed.run("""
                def build = codeBuild project: 'web', source: 'workspace', propagate: false
                echo "${build.status}: ${build.cause}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().stream()
                .anyMatch(it -> it.startsWith("FAILED: BUILD failed: COMMAND_EXECUTION_ERROR")));
    }

    @Test
    void aProjectsOwnSourceIsTheWorkspace() throws Exception {
        Result result = rehearsed.run("codeBuild 'api'");

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("the app"), rehearsed.console());
    }

    @Test
    void aRoleBuildsInItsOwnAccountAndRegion() throws Exception {
        Result result = rehearsed.run("""
                def build = codeBuild project: 'web', source: 'workspace', region: 'us-west-2',
                    role: 'arn:aws:iam::210987654321:role/delivery'
                echo build.arn
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(
                rehearsed.console().contains("arn:aws:codebuild:us-west-2:210987654321:build/web:"),
                rehearsed.console());
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingStarts() throws Exception {
        Result result = rehearsed.run("""
                echo 'first'
                codeBuild project: 'web', imagee: 'x', propagate: 'maybe', timeoutMinutes: 1
                """);

        assertEquals(Result.FAILURE, result);
        assertTrue(rehearsed.console().contains("codeBuild imagee: there is no such argument"), rehearsed.console());
        assertTrue(rehearsed.console().contains("codeBuild timeoutMinutes: 1 is out of range"), rehearsed.console());
        assertTrue(rehearsed.lastLine().contains("propagate: 'maybe' is neither true nor false"), rehearsed.lastLine());
        assertEquals(List.of(), rehearsed.aws().codeBuild().builds());
    }

    @Test
    void credentialsOfJenkinsAreReplacedWithANote() throws Exception {
        Result result = rehearsed.run("""
                2.times { codeBuild project: 'web', source: 'workspace', credentialsId: 'deployer', log: 'link' }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(
                1,
                rehearsed.lines().stream()
                        .filter(it -> it.contains("no credentials 'deployer'"))
                        .count());
    }

    @Test
    void anAbortStopsTheBuild() throws Exception {
        Result result = rehearsed.abortAt("Started web #1").run("""
                pipeline {
                    agent any
                    stages {
                        stage('Build') { steps { codeBuild project: 'web', source: 'workspace', image: '%s' } }
                    }
                    post { aborted { echo 'cleaned up' } }
                }
                """.formatted(ProjectSpec.SIMULATED_IMAGE));

        assertEquals(Result.ABORTED, result);
        assertEquals(Status.STOPPED, build().status());
        assertTrue(rehearsed.lines().contains("cleaned up"));
        assertTrue(
                rehearsed.lastLine().contains(": Build: Aborted by the person at the terminal"), rehearsed.lastLine());
    }

    @Test
    void aTimeLimitStopsTheBuild() throws Exception {
        Result result = rehearsed.run("""
                timeout(time: 30, unit: 'SECONDS') {
                    codeBuild project: 'web', source: 'workspace', image: '%s'
                }
                """.formatted(ProjectSpec.SIMULATED_IMAGE));

        assertEquals(Result.ABORTED, result);
        assertEquals(Status.STOPPED, build().status());
        assertTrue(rehearsed.lastLine().contains("Timeout of 30 s has been exceeded"), rehearsed.lastLine());
    }

    @Test
    void aBuildThatIsToBeLeftIsNotStopped() throws Exception {
        Result result = rehearsed.abortAt("Started web #1").run("""
                codeBuild project: 'web', source: 'workspace', image: '%s', onAbort: 'leave'
                """.formatted(ProjectSpec.SIMULATED_IMAGE));

        assertEquals(Result.ABORTED, result);
        assertEquals(Status.IN_PROGRESS, build().status());
    }

    private Build build() {
        List<Build> builds = rehearsed.aws().codeBuild().builds();
        assertEquals(1, builds.size());
        return builds.get(0);
    }

    @Test
    void parametersAndSecretsAreThoseOfTheCommandLine() throws Exception {
        rehearsed
                .with("--parameter", "/web/port=8080", "--secret", "web/login={\"password\": \"s3cr3t\"}")
                .file("buildspec.yml", """
                        version: 0.2
                        env:
                          parameter-store: {PORT: /web/port}
                          secrets-manager: {PASSWORD: "web/login:password"}
                          exported-variables: [LENGTH, DOUBLE]
                        phases:
                          build:
                            commands:
                              - export LENGTH=${#PASSWORD} DOUBLE=$((PORT * 2))
                        """);
        Result result = rehearsed.run("""
                def build = codeBuild 'web'
                echo "${build.exportedVariables.LENGTH} ${build.exportedVariables.DOUBLE}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("6 16160"), rehearsed.console());
        assertFalse(rehearsed.console().contains("s3cr3t"), rehearsed.console());
    }

    @Test
    void whatIsInAnotherRegionHasItsBucketsThere() throws Exception {
        rehearsed.file("buildspec.yml", """
                version: 0.2
                phases: {build: {commands: [echo hello]}}
                artifacts: {files: [buildspec.yml]}
                """);
        Result result = rehearsed.run("""
                codeBuild project: 'web', region: 'us-east-1', source: 'workspace', bucket: 'sources'
                withAWS(region: 'us-west-2', credentials: 'x') { codeBuild 'web' }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(Optional.of("us-east-1"), rehearsed.aws().s3().region("sources"));
        assertEquals(Optional.of("us-east-1"), rehearsed.aws().s3().region("artifacts-us-east-1"));
        assertEquals(Optional.of("us-west-2"), rehearsed.aws().s3().region("artifacts-us-west-2"));
        assertTrue(rehearsed.console().contains("withAWS stands for region, credentialsId, role and externalId"));
    }

    @Test
    void aBatchRunsTheBuildsThatItsBuildspecLists() throws Exception {
        rehearsed.file("batch.yml", """
                version: 0.2
                env:
                  exported-variables: [WHO]
                batch:
                  build-graph:
                    - identifier: unit
                      env: {variables: {WHO: tests}}
                    - identifier: pack
                      env: {variables: {WHO: archive}}
                      depend-on: [unit]
                phases: {build: {commands: ['echo "I am the $WHO"']}}
                """);
        Result result = rehearsed.run("""
                node {
                    def batch = codeBuild project: 'web', source: 'workspace', buildspec: 'batch.yml', batch: true
                    echo batch.members.collect { "${it.identifier} ${it.status} ${it.exportedVariables.WHO}" }.join(', ')
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        List<String> lines = rehearsed.lines();
        assertTrue(
                lines.contains("DOWNLOAD_SOURCE SUCCEEDED null, unit SUCCEEDED tests, pack SUCCEEDED archive"),
                rehearsed.console());
        assertTrue(lines.contains("unit | I am the tests"), rehearsed.console());
        assertTrue(lines.contains("[CodeBuild]     pack after unit"), rehearsed.console());
    }

    @Test
    void aBatchOfAMatrixAndOneOfAFanoutRunToo() throws Exception {
        rehearsed.file("matrix.yml", """
                version: 0.2
                batch:
                  build-matrix:
                    dynamic:
                      env:
                        variables:
                          JDK: ['17', '21']
                phases: {build: {commands: ['echo "with $JDK"']}}
                """);
        rehearsed.file("fanout.yml", """
                version: 0.2
                batch: {build-fanout: {parallelism: 2}}
                phases: {build: {commands: ['echo "part"']}}
                """);
        Result result = rehearsed.run("""
                node {
                    echo "${codeBuild(project: 'web', source: 'workspace', buildspec: 'matrix.yml', batch: true).members.size()}"
                    echo "${codeBuild(project: 'web', source: 'workspace', buildspec: 'fanout.yml', batch: true).members.size()}"
                }
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(2, rehearsed.lines().stream().filter("3"::equals).count(), rehearsed.console());
        assertTrue(rehearsed.lines().stream().anyMatch(line -> line.endsWith(" | with 21")), rehearsed.console());
    }
}
