package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declarative pipeline says is done as Jenkins does it. */
class DeclarativeRehearsalTest {

    /** Lines that scripts of these tests echo. */
    private static final Pattern ECHOED = Pattern.compile("> .*");

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) {
        rehearsed = new Rehearsed(workspace);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    @Test
    void environmentAndParametersReachTheSteps() throws Exception {
        Result result = rehearsed.terminal("COLOR", "blue").run("""
                def twice(text) { text + text }
                pipeline {
                    agent none
                    parameters {
                        string(name: 'WHO', defaultValue: 'world')
                        choice(name: 'COLOR', choices: ['red', 'blue'])
                        booleanParam(name: 'DRY', defaultValue: true)
                    }
                    environment {
                        GREETING = "Hello ${params.WHO}"
                        LOUD = "${GREETING}!"
                    }
                    options { timestamps(); timeout(time: 1, unit: 'HOURS'); buildDiscarder(logRotator(numToKeepStr: '5')) }
                    tools { jdk 'jdk17' }
                    stages {
                        stage('Greet') {
                            agent { label 'linux' }
                            environment { LOUD = "${twice(LOUD)}" }
                            steps {
                                echo "> ${LOUD} ${env.STAGE_NAME} ${COLOR} ${params.DRY}"
                                sh 'echo "> $GREETING"'
                            }
                        }
                        stage('Outside') { steps { echo "> ${env.LOUD}" } }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(
                List.of("> Hello world!Hello world! Greet blue true", "> Hello world", "> Hello world!"), echoed());
        assertTrue(rehearsed.console().contains("[Rehearsal] The pipeline's tools are left out in a rehearsal"));
    }

    @Test
    void afterAFailureOnlyWhatPostSaysIsDone() throws Exception {
        Result result = rehearsed.run(withPost("error 'broken'"));

        assertEquals(Result.FAILURE, result);
        assertEquals(
                List.of(
                        "> stage always",
                        "> stage failure",
                        "> always",
                        "> changed",
                        "> failure FAILURE",
                        "> unsuccessful",
                        "> cleanup"),
                echoed());
        assertTrue(rehearsed.lines().contains("=== Second: skipped, as an earlier stage has failed"));
        assertTrue(rehearsed.lastLine().endsWith(": First: broken (Jenkinsfile line 5)"), rehearsed.lastLine());
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, echo('ok'), success", "UNSTABLE, unstable('shaky'), unstable"})
    void postGoesByTheResult(Result expected, String step, String condition) throws Exception {
        assertEquals(expected, rehearsed.run(withPost(step)));

        assertTrue(echoed().contains("> second"), rehearsed.console());
        assertTrue(echoed().contains("> " + condition), rehearsed.console());
        assertEquals("> cleanup", echoed().get(echoed().size() - 1));
    }

    private static String withPost(String step) {
        return """
                pipeline {
                    agent any
                    stages {
                        stage('First') {
                            steps { %s }
                            post {
                                failure { echo '> stage failure' }
                                always { echo '> stage always' }
                            }
                        }
                        stage('Second') { steps { echo '> second' } }
                    }
                    post {
                        cleanup { echo '> cleanup' }
                        success { echo '> success' }
                        unstable { echo '> unstable' }
                        failure { echo "> failure ${currentBuild.currentResult}" }
                        unsuccessful { echo '> unsuccessful' }
                        changed { echo '> changed' }
                        fixed { echo '> fixed' }
                        always { echo '> always' }
                    }
                }
                """.formatted(step);
    }

    @Test
    void aFailingPostBlockFailsTheDeliveryAndKeepsNothingFromRunning() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages { stage('A') { steps { echo '> a' } } }
                    post {
                        always { error 'in post' }
                        cleanup { echo '> cleanup' }
                    }
                }
                """);

        assertEquals(Result.FAILURE, result);
        assertEquals(List.of("> a", "> cleanup"), echoed());
        assertTrue(rehearsed.lastLine().contains("in post"), rehearsed.lastLine());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            branch 'release/*'                                            | true
            branch 'main'                                                 | false
            branch pattern: 'rel.*', comparator: 'REGEXP'                 | true
            not { branch 'main' }                                         | true
            environment name: 'STAGE', value: 'test'                      | true
            equals expected: 2, actual: params.size()                     | false
            expression { env.STAGE == 'test' && !params.X }               | true
            anyOf { branch 'main'; environment name: 'STAGE', value: 'test' } | true
            allOf { branch 'main'; environment name: 'STAGE', value: 'test' } | false
            buildingTag()                                                 | false
            """)
    void whenDecidesWhetherAStageRuns(String condition, boolean runs) throws Exception {
        Result result = rehearsed.terminal("BRANCH_NAME", "release/1").run("""
                pipeline {
                    agent any
                    environment { STAGE = 'test' }
                    stages {
                        stage('A') {
                            when { %s }
                            steps { echo '> ran' }
                        }
                    }
                }
                """.formatted(condition));

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(runs ? List.of("> ran") : List.of(), echoed());
    }

    @Test
    void parallelStagesRunOneAfterTheOtherAndAllOfThem() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages {
                        stage('Both') {
                            parallel {
                                stage('One') { steps { error 'one is broken' } }
                                stage('Two') { stages { stage('Inner') { steps { echo '> two' } } } }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.FAILURE, result);
        assertEquals(List.of("> two"), echoed());
        assertTrue(rehearsed.lastLine().contains(": One: one is broken"), rehearsed.lastLine());
        assertEquals(
                1,
                rehearsed.lines().stream()
                        .filter(it -> it.contains("run one after the other"))
                        .count());
    }

    @Test
    void aStageIsTriedAgainByItsOptions() throws Exception {
        Result result = rehearsed.run("""
                int tries = 0
                pipeline {
                    agent any
                    stages {
                        stage('A') {
                            options { retry(3) }
                            steps { script { echo "> ${++tries}"; if (tries < 3) { error 'again' } } }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> 1", "> 2", "> 3"), echoed());
    }

    @Test
    void aStageAsksBeforeItRuns() throws Exception {
        Result result = rehearsed.approve(Approval.ALL).run("""
                pipeline {
                    agent any
                    stages {
                        stage('Deploy') {
                            input {
                                message 'Deploy?'
                                submitter 'alice,bob'
                                parameters { string(name: 'TARGET', defaultValue: 'test') }
                            }
                            steps { echo "> to ${TARGET}" }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> to test"), echoed());
        assertTrue(rehearsed.lines().contains("Approved (--approve all): Deploy? of alice,bob"), rehearsed.console());
    }

    @Test
    void credentialsInTheEnvironmentAreMasked() throws Exception {
        Result result =
                rehearsed.terminal("DB_USR", "me").terminal("DB_PSW", "s3cret").run("""
                pipeline {
                    agent any
                    environment { DB = credentials('database') }
                    stages { stage('A') { steps { sh 'echo "> $DB_USR $DB_PSW $DB"' } } }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> me **** ****"), echoed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pipeline { agent any; stagez { } }                              | There is no 'stagez' in pipeline
            pipeline { agent any }                                          | The pipeline has no stages
            pipeline { stages { stage('A') { steps { echo '1' } } } }       | The pipeline has no agent
            pipeline { agent any; stages { stage('A') { agent any } } }     | A stage 'A' must have one of steps, stages, parallel and matrix
            pipeline { agent any; stages { stage('A') { steps { bogus 1 } } } } | There is no step 'bogus'
            pipeline { agent any; options { bogus() }; stages { } }         | There is no 'bogus' in options
            """)
    void whatAPipelineCannotHaveIsNamedWithItsLine(String jenkinsfile, String message) throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("// a comment\n" + jenkinsfile));

        assertTrue(rehearsed.lastLine().contains(message), rehearsed.lastLine());
        assertTrue(rehearsed.lastLine().endsWith("(Jenkinsfile line 2)"), rehearsed.lastLine());
    }

    private List<String> echoed() {
        return rehearsed.lines().stream().filter(ECHOED.asMatchPredicate()).toList();
    }

    @Test
    void aMatrixRunsItsCells() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent any
                    stages {
                        stage('All') {
                            matrix {
                                axes {
                                    axis { name 'OS'; values 'linux', 'windows' }
                                    axis { name 'JDK'; values '17', '21' }
                                }
                                excludes {
                                    exclude {
                                        axis { name 'OS'; values 'windows' }
                                        axis { name 'JDK'; notValues '21' }
                                    }
                                }
                                environment { NAME = "${OS}-${JDK}" }
                                stages { stage('Test') { steps { echo "tests ${env.NAME}" } } }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(
                List.of("tests linux-17", "tests linux-21", "tests windows-21"),
                rehearsed.lines().stream()
                        .filter(line -> line.startsWith("tests"))
                        .toList(),
                rehearsed.console());
        assertTrue(rehearsed.lines().contains("=== Matrix - OS = 'linux', JDK = '17'"), rehearsed.console());
    }
}
