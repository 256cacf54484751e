package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
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
        has(page, "<div class=\"target bad\">", "<span class=\"name\">Install</span>", "<div class=\"phase bad\">");
        has(page, "&lt;b&gt;looking&lt;/b&gt;", "web to dev failed", "Skipped because an earlier stage has failed");
        assertFalse(page.contains("<b>looking") || page.contains("<i>"), page);
        String tests = Files.readString(junit);
        has(tests, "tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\"", "<skipped message=", "web to dev failed");
        has(tests, "classname=\"shop/web #1\" name=\"&lt;i&gt;dev&lt;/i&gt;\"");
    }

    @Test
    void theTestsOfABuildAreCounted() throws Exception {
        Result result =
                rehearsed.file("buildspec.yml", """
                        version: 0.2
                        phases:
                          build:
                            commands:
                              - mkdir reports
                              - echo '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>' > reports/1.xml
                              - echo '<testsuite><testcase name="c"><skipped/></testcase><testcase name="d"/></testsuite>' > reports/2.xml
                        reports:
                          unit:
                            base-directory: reports
                            files: ['*.xml']
                        """).run("node { codeBuild project: 'web', source: 'workspace' }");

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        has(
                Files.readString(html),
                "<b>4 tests</b>",
                "<span class=\"count good\">2 succeeded</span>",
                "<span class=\"count bad\">1 failed</span>",
                "<span class=\"count skipped\">1 skipped</span>");
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
    void aStackIsShownWithItsChangesItsOutputsAndWhatHasFailed() throws Exception {
        String template = """
                Resources:
                  Queue: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: 30}}
                  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
                Outputs:
                  Name: {Value: !GetAtt Queue.QueueName}
                """;
        String deploys = "stage('Fleet') { cloudFormationDeploy stack: 'web', template: 'web.yaml' }";
        assertEquals(Result.SUCCESS, rehearsed.file("web.yaml", template).run(deploys), rehearsed.console());
        String made = Files.readString(html);
        has(made, "<caption>Change set: 2 added</caption>", "<td class=\"verb\">add</td>", "<dt class=\"\">Name</dt>");
        has(made, "<span class=\"name\">Topic</span>", "<th scope=\"row\">stack web</th>");

        rehearsed.aws().cloudFormation().simulation("web").failing(Action.UPDATE, "Queue", "Limit <exceeded>");
        String changed = template.replace("30", "60").replace("news", "other");
        assertEquals(Result.FAILURE, rehearsed.file("web.yaml", changed).run(deploys), rehearsed.console());
        String failed = Files.readString(html);
        has(failed, "<td class=\"verb\">replace</td>", "<del class=\"\">news</del> → <ins class=\"\">other</ins>");
        has(
                failed,
                "<em class=\"\">replaces it</em>",
                "<span class=\"name\">Queue</span>",
                "<div class=\"phase bad\">");
        has(failed, "<p class=\"message\">Limit &lt;exceeded&gt;</p>", "UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void whatDoesNotCompileHasItsPageToo() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("pipeline {"));

        has(Files.readString(html), "<span class=\"badge\">Failed</span>", "Jenkinsfile");
        has(Files.readString(junit), "tests=\"1\" failures=\"1\"");
    }
}
