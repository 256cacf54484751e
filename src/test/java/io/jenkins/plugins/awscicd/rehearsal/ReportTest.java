package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal leaves to be looked at. */
class ReportTest {

    private Rehearsed rehearsed;
    private Path html;
    private Path junit;

    @BeforeEach
    void begin(@TempDir Path workspace, @TempDir Path reports) throws Exception {
        html = reports.resolve("more/index.html");
        junit = reports.resolve("more/junit.xml");
        rehearsed = new Rehearsed(workspace)
                .with("--report", html.toString(), "--junit", junit.toString(), "--job", "shop/web", "--as", "ada")
                .file("app.txt", "the app\n")
                .file("check.sh", "#!/bin/sh\necho '<b>looking</b>'\nexit 3\n")
                .file("appspec.yml", """
                        version: 0.0
                        os: linux
                        files:
                          - source: app.txt
                            destination: /opt/web
                        hooks:
                          ValidateService:
                            - location: check.sh
                        """);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private static void has(String page, String... parts) {
        for (String part : parts) {
            assertTrue(page.contains(part), () -> part + " is not in:\n" + page);
        }
    }

    @Test
    void aFailureIsShownWithTheLogOfTheScriptAndNothingUnescaped() throws Exception {
        Result result = rehearsed.with("--secret", "x=S3cr3t").run("""
                pipeline {
                    agent any
                    stages {
                        stage('<i>dev</i>') {
                            steps {
                                codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace', bucket: 'artifacts'
                            }
                        }
                        stage('prod') { steps { echo 'not reached' } }
                    }
                }
                """);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        String page = Files.readString(html);
        has(page, "shop/web #1", "<span class=\"badge\">Failed</span>", "&lt;i&gt;dev&lt;/i&gt;", "<details open>");
        has(page, "&lt;b&gt;looking&lt;/b&gt;", "web to dev failed", "Skipped, as an earlier stage has failed");
        assertFalse(page.contains("<b>looking") || page.contains("<i>"), page);
        String tests = Files.readString(junit);
        has(tests, "tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\"", "<skipped message=", "web to dev failed");
        has(tests, "classname=\"shop/web #1\" name=\"&lt;i&gt;dev&lt;/i&gt;\"");
    }

    @Test
    void whoHasApprovedIsShownAndWhoDidNotCountWithWhy() throws Exception {
        Result result = rehearsed
                .with("--approve", "ada", "--approve", "bob", "--comment", "seen & liked")
                .run("""
                stage('Approval') { awsApproval message: 'Ship it?', what: 'web 1.4.2', forbidSelfApproval: true }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        has(
                Files.readString(html),
                "<b class=\"who\">ada</b> does not count: ada started this run, so somebody else must approve it",
                "<b class=\"who\">bob</b> approved at",
                "<q class=\"\">seen &amp; liked</q>",
                "<dd>web 1.4.2</dd>");
    }

    @Test
    void theBoardShowsWhatRunsWhere() throws Exception {
        rehearsed.file("check.sh", "#!/bin/sh\nexit 0\n");
        Result result = rehearsed.run("""
                codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace', bucket: 'artifacts'
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        has(Files.readString(html), "<h2>The board</h2>", "<small class=\"\">deployment group dev of web</small>");
    }

    @Test
    void whatDoesNotCompileHasItsPageToo() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("pipeline {"));

        has(Files.readString(html), "<span class=\"badge\">Failed</span>", "Jenkinsfile");
        has(Files.readString(junit), "tests=\"1\" failures=\"1\"");
    }
}
