package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code codeCommitStatus} in a rehearsal shows what the pull request would be told, and tells it nothing. */
class CodeCommitRehearsalTest {

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) {
        rehearsed = new Rehearsed(workspace);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private void assertShown(String... lines) {
        int from = 0;
        for (String line : lines) {
            int at = rehearsed.console().indexOf("[CodeCommit] " + line, from);
            assertTrue(at >= 0, line + " in order in\n" + rehearsed.console());
            from = at + 1;
        }
    }

    @Test
    void whatThePullRequestIsToldIsShown() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                  agent any
                  stages {
                    stage('Test') { steps { codeCommitStatus() } }
                  }
                  post {
                    success { codeCommitStatus state: 'success', approve: true, message: 'All *is* well' }
                    unsuccessful { codeCommitStatus state: 'failure', approve: true }
                  }
                }
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertShown(
                "In Jenkins, the pull request has this comment now:",
                "  **Jenkins:** ",
                "In Jenkins, the pull request has this comment now:",
                "  **Jenkins:** ",
                "  All *is* well",
                "In Jenkins, the pull request is approved");
        assertTrue(rehearsed.console().contains("**is running**"), rehearsed.console());
        assertTrue(rehearsed.console().contains("**succeeded**"), rehearsed.console());
        assertEquals(0, rehearsed.aws().calls().total());
    }

    @Test
    void aFailureIsRevoked() throws Exception {
        rehearsed.run("""
                currentBuild.result = 'FAILURE'
                codeCommitStatus pullRequest: '7', approve: true
                """);
        assertShown(
                "In Jenkins, pull request 7 has this comment now:",
                "In Jenkins, an approval of pull request 7 is revoked");
        assertTrue(rehearsed.console().contains("**failed**"), rehearsed.console());
    }

    @Test
    void whatIsWrongIsSaidAsInJenkins() throws Exception {
        assertEquals(
                Result.FAILURE,
                rehearsed.run("codeCommitStatus pullRequest: 'seven', commit: 'abc', state: 'fine', mesage: 'x'\n"));
        for (String problem : new String[] {
            "codeCommitStatus pullRequest: 'seven' is not a pull request",
            "codeCommitStatus commit: 'abc' is not a commit",
            "codeCommitStatus state: 'fine' is not a state; use one of running, success, unstable, failure, aborted",
            "codeCommitStatus mesage: there is no such argument"
        }) {
            assertTrue(rehearsed.console().contains(problem), rehearsed.console());
        }
        assertEquals(Result.FAILURE, rehearsed.run("codeCommitStatus approve: true\n"));
        assertTrue(
                rehearsed.console().contains("codeCommitStatus approve: the run has no result yet"),
                rehearsed.console());
    }
}
