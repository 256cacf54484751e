package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps that every Jenkins with Pipeline has, in scripts. */
class StepsRehearsalTest {

    @TempDir
    private Path workspace;

    private Rehearsed rehearsed;

    @BeforeEach
    void begin() {
        rehearsed = new Rehearsed(workspace);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    @Test
    void shellScriptsReallyRun() throws Exception {
        Result result = rehearsed.run("""
                node('linux') {
                    checkout scm
                    sh 'echo streamed > made.txt; cat made.txt'
                    def out = sh(script: 'echo "two words"', returnStdout: true).trim()
                    def status = sh script: 'exit 3', returnStatus: true
                    echo "${out}, ${status}"
                    sh '''#!/bin/cat
                    its own interpreter'''
                    withEnv(["A=1", "PATH+EXTRA=/extra"]) { sh 'echo "A is $A, ${PATH%%:*}"' }
                    sh 'exit 7'
                }
                """);

        assertEquals(Result.FAILURE, result);
        List<String> lines = rehearsed.lines();
        for (String line : List.of("streamed", "two words, 3", "its own interpreter", "A is 1, /extra")) {
            assertTrue(lines.stream().anyMatch(it -> it.strip().equals(line)), rehearsed.console());
        }
        assertTrue(Files.exists(workspace.resolve("made.txt")));
        assertTrue(
                rehearsed.lastLine().endsWith(": script returned exit code 7 (Jenkinsfile line 10)"),
                rehearsed.lastLine());
    }

    @Test
    void shellScriptsReachLocalAwsAndNoOther() throws Exception {
        Result result = rehearsed
                .terminal("AWS_PROFILE", "production")
                .terminal("AWS_ACCESS_KEY_ID", "AKIA")
                .run("""
                sh 'echo "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_PROFILE."'
                """);

        assertEquals(Result.SUCCESS, result);
        assertTrue(rehearsed.lines().contains(rehearsed.aws().endpoint() + " local ."), rehearsed.console());
    }

    @Test
    void anUnknownStepIsNamedWithItsLine() throws Exception {
        Result result = rehearsed.run("""
                stage('Deploy') {
                    echo 'before'
                    codeBuidl project: 'web'
                }
                """);

        assertEquals(Result.FAILURE, result);
        assertTrue(
                rehearsed
                        .lastLine()
                        .endsWith(": Deploy: There is no step 'codeBuidl' in a rehearsal; did you mean codeBuild?"
                                + " (Jenkinsfile line 3)"),
                rehearsed.lastLine());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sh script: 'x', returnStdOut: true | sh: there is no argument 'returnStdOut'; known are script
            echo                               | There is no variable or property 'echo'
            timeout(time: 'x') { }             | timeout: time must be a whole number, not 'x'
            dir('x')                           | dir: give it a block
            readFile 'missing.txt'             | readFile: NoSuchFileException
            unstash 'never'                    | unstash: there is no stash 'never'
            archiveArtifacts 'none/*'          | archiveArtifacts: no file matches 'none/*'
            junit 'none/*.xml'                 | junit: no test report matches 'none/*.xml'
            throw new Exception('of its own')  | of its own
            assert 1 == 2                      | assert 1 == 2
            def x = (                          | Jenkinsfile: 1:
            """)
    void whatIsWrongIsSaidLast(String jenkinsfile, String message) throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run(jenkinsfile));

        assertTrue(rehearsed.lastLine().contains(message), rehearsed.console());
    }

    @Test
    void filesCanBeReadWrittenAndStashed() throws Exception {
        Result result = rehearsed.run("""
                dir('out') {
                    writeFile file: 'a/b.txt', text: 'content'
                    stash name: 'all', includes: 'a/**'
                }
                dir('other') {
                    unstash 'all'
                    echo "${readFile('a/b.txt')} ${fileExists('a/b.txt')} ${fileExists 'a/c.txt'} ${pwd()}"
                }
                archiveArtifacts artifacts: 'out/**', fingerprint: true
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("content true false " + workspace.resolve("other")), rehearsed.console());
        assertTrue(rehearsed.lines().contains("Archived out/a/b.txt"));
    }

    @Test
    void failedTestsMakeTheDeliveryUnstable() throws Exception {
        Result result = rehearsed.file("reports/TEST-a.xml", """
                        <testsuite>
                          <testcase name='a'/>
                          <testcase name='b'><failure>no</failure></testcase>
                          <testcase name='c'><skipped/></testcase>
                        </testsuite>
                        """).run("""
                        def tests = junit 'reports/*.xml'
                        echo "passed ${tests.passCount}, ${currentBuild.currentResult}"
                        """);

        assertEquals(Result.UNSTABLE, result);
        assertTrue(rehearsed.lines().contains("Test reports: 3 tests, 1 failed, 1 skipped"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("passed 1, UNSTABLE"), rehearsed.console());
    }

    @Test
    void errorsCanBeCaught() throws Exception {
        Result result = rehearsed.run("""
                stage('A') {
                    warnError('careful') { error 'minor' }
                    try { error 'caught' } catch (e) { echo "got ${e.message}" }
                }
                echo currentBuild.result
                catchError(buildResult: 'FAILURE', message: 'major one') { sh 'exit 1' }
                retry(2) { echo 'tried'; if (currentBuild.result != 'FAILURE') { error 'no' } }
                sleep 30
                [1].each { sleep(time: 5, unit: 'MINUTES') }
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        for (String line : List.of(
                "ERROR: careful: minor",
                "got caught",
                "UNSTABLE",
                "tried",
                "Not slept in a rehearsal: 30 seconds",
                "Not slept in a rehearsal: 5 minutes")) {
            assertTrue(rehearsed.lines().contains(line), line + " is not in\n" + rehearsed.console());
        }
        assertTrue(rehearsed.console().contains("=== A: UNSTABLE in "), rehearsed.console());
        assertTrue(rehearsed.lastLine().endsWith("script returned exit code 1"), rehearsed.lastLine());
    }

    @Test
    void parallelBranchesAllRunUnlessTheFirstFailureIsToEndThem() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("""
                parallel one: { error 'one' }, two: { echo 'two runs' }
                """));
        assertTrue(rehearsed.lines().contains("two runs"));

        assertEquals(Result.FAILURE, rehearsed.run("""
                parallel failFast: true, one: { error 'one' }, three: { echo 'three runs' }
                """));
        assertFalse(rehearsed.lines().contains("three runs"));
    }

    @Test
    void credentialsComeFromTheTerminalAndAreMasked() throws Exception {
        Result result = rehearsed
                .terminal("TOKEN", "t0ken")
                .terminal("USER_NAME", "me")
                .terminal("WORD", "pass")
                .run("""
                withCredentials([string(credentialsId: 'a', variable: 'TOKEN'),
                        usernamePassword(credentialsId: 'b', usernameVariable: 'USER_NAME', passwordVariable: 'WORD')]) {
                    sh 'echo "$TOKEN of $USER_NAME with $WORD"'
                    echo "echoed ${TOKEN}"
                }
                error 'told at the end: t0ken'
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertTrue(rehearsed.lines().containsAll(List.of("**** of me with ****", "echoed ****")), rehearsed.console());
        assertTrue(rehearsed.lastLine().contains("told at the end: ****"), rehearsed.lastLine());
    }

    @Test
    void credentialsThatTheTerminalDoesNotHaveAreNamed() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("""
                withCredentials([string(credentialsId: 'github', variable: 'GITHUB_TOKEN')]) { echo 'in' }
                """));

        assertTrue(
                rehearsed
                        .lastLine()
                        .contains("Credentials 'github': set the environment variable GITHUB_TOKEN on the terminal"),
                rehearsed.lastLine());
    }

    private static final String ASKS = """
            def answer = input message: 'Deploy?', submitter: 'alice', parameters: [
                string(name: 'WHERE', defaultValue: 'test'), booleanParam(name: 'SURE', defaultValue: false)]
            echo "answer ${answer.WHERE} ${answer.SURE}"
            """;

    @Test
    void allIsApproved() throws Exception {
        assertEquals(Result.SUCCESS, rehearsed.approve(Approval.ALL).run(ASKS), rehearsed.console());

        assertTrue(rehearsed.lines().contains("answer test false"));
    }

    @Test
    void nothingIsApproved() throws Exception {
        assertEquals(Result.ABORTED, rehearsed.approve(Approval.NONE).run(ASKS));

        assertTrue(
                rehearsed.lastLine().contains("Not approved: 'Deploy?' would have been asked of alice"),
                rehearsed.lastLine());
    }

    @Test
    void thePersonAtTheTerminalIsAsked() throws Exception {
        assertEquals(Result.SUCCESS, rehearsed.types("y\nprod\ntrue\n").run(ASKS), rehearsed.console());

        assertTrue(rehearsed.lines().contains("answer prod true"), rehearsed.console());
    }

    @ParameterizedTest
    @CsvSource({"'n\n', was rejected", "'', nobody answers here"})
    void withoutAYesNothingGoesOn(String typed, String message) throws Exception {
        assertEquals(Result.ABORTED, rehearsed.types(typed).run(ASKS));

        assertTrue(rehearsed.lastLine().contains(message), rehearsed.lastLine());
    }

    @Test
    void otherScriptsCanBeLoaded() throws Exception {
        Result result = rehearsed.file("lib/tools.groovy", """
                def greet(name) { echo "hello ${name}" }
                return this
                """).run("""
                def tools = load 'lib/tools.groovy'
                tools.greet('world')
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("hello world"));
    }

    @Test
    void propertiesDefineParameters() throws Exception {
        Result result = rehearsed.run("""
                properties([buildDiscarder(logRotator(numToKeepStr: '3')),
                    parameters([string(name: 'STAGE', defaultValue: 'dev'), choice(name: 'SIZE', choices: 'small\\nlarge')])])
                echo "${params.STAGE} ${SIZE}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("dev small"), rehearsed.console());
    }

    @Test
    void dataIsReadAndWritten() throws Exception {
        Result result = rehearsed.file("in.yaml", "web: {port: 80}\n").run("""
                def settings = readYaml file: 'in.yaml'
                writeJSON file: 'out.json', json: [port: settings.web.port, hosts: ['a', 'b']]
                def back = readJSON file: 'out.json'
                echo "${back.port} ${back.hosts.size()} ${readJSON(text: '{"x": true}').x}"
                echo writeYaml(data: [a: 1], returnText: true).trim()
                echo readProperties(text: 'version=1.2').version
                writeYaml file: 'out.json', data: [:]
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertTrue(rehearsed.lines().containsAll(List.of("80 2 true", "a: 1", "1.2")), rehearsed.console());
        assertTrue(rehearsed.lastLine().contains("add overwrite: true (Jenkinsfile line 7)"), rehearsed.lastLine());
    }

    @Test
    void aCheckoutOfAnythingIsTheWorkspace() throws Exception {
        Result result = rehearsed.run("""
                checkout([$class: 'GitSCM', branches: [[name: 'main']], userRemoteConfigs: [[url: 'https://example.com/x.git']]])
                checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: 'https://example.com/x.git']])
                git url: 'https://example.com/x.git', branch: 'main'
                git 'https://example.com/x.git'
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(
                4,
                rehearsed.lines().stream()
                        .filter(("The workspace is " + workspace)::equals)
                        .count());
    }

    @Test
    void containersAreThisMachine() throws Exception {
        Result result =
                rehearsed.run("podTemplate(containers: []) { node { container('maven') { sh 'echo inside' } } }");

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("inside"), rehearsed.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bat", "powershell", "pwsh"})
    void scriptsOfWindowsSayWhatToDo(String step) throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("if (isUnix()) { " + step + " 'dir' }"));

        assertTrue(rehearsed.lastLine().contains(step + ": this machine stands for the agent"), rehearsed.lastLine());
    }

    @Test
    void aQuestionCanHaveItsCancelButtonNamed() throws Exception {
        assertEquals(Result.SUCCESS, rehearsed.approve(Approval.ALL).run("input message: 'Go?', cancel: 'Stay'"));
    }

    @Test
    void aQuestionIsForItsSubmitters() throws Exception {
        assertEquals(
                Result.SUCCESS,
                rehearsed
                        .with("--approve", "bob:ops")
                        .run("echo 'by ' + input(message: 'Go?', submitter: 'ops', submitterParameter: 'WHO')"),
                rehearsed.console());
        assertTrue(rehearsed.lines().contains("by bob"), rehearsed.console());
        assertEquals(Result.ABORTED, rehearsed.run("input message: 'Go?', submitter: 'admins'"));
        assertTrue(rehearsed.lastLine().contains("none of them is named with --approve"), rehearsed.lastLine());
    }
}
