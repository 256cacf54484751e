package io.jenkins.plugins.awscicd.delivery.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.guard.StageOverrides;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Who may have what from our pages, which are all that is not a part of a form. */
@WithSharedJenkins
class PagePermissionsTest {

    private static final String TOLD = "the run's own build";

    /** All that answers a request, and what it is asked for to have something to say. */
    private enum Page {
        BOARD("aws-deployments/", "DeploymentBoard", Kind.READ),
        BOARD_OF_FOLDER("job/team/aws-deployments/", "DeploymentBoard", Kind.READ),
        BOARD_BY_REST("aws-deployments/api/json", "", Kind.READ),
        HISTORY("aws-deployments/history/", "StageDeployments", Kind.READ),
        HISTORY_BY_REST("aws-deployments/history/api/json", "", Kind.READ),
        DIFFERENCE("aws-deployments/difference/", "StageDifference", Kind.READ),
        DIFFERENCE_BY_REST("aws-deployments/difference/api/json", "", Kind.READ),
        RUN("job/web/1/aws/", "AwsAction", Kind.READ),
        RUN_BY_REST("job/web/1/aws/api/json", "", Kind.READ),
        RUN_CHANGES("job/web/1/aws/changes", "AwsAction.doChanges", Kind.READ_BY_GET),
        COMING("job/web/2/aws/", "ComingJobs", Kind.READ),
        COMING_CHANGES("job/web/2/aws/changes", "ComingJobs.doChanges", Kind.READ_BY_GET),
        APPROVALS("job/web/1/approvals/", "ApprovalAction", Kind.READ_ELSEWHERE),
        APPROVALS_BY_REST("job/web/1/approvals/api/json", "", Kind.READ),
        EVENTS("manage/aws-events/", "EventsPage", Kind.ADMINISTER),
        OVERRIDES("job/web/1/stage-override/", "StageOverridePage", Kind.ADMINISTER),
        OVERRIDE("job/web/1/stage-override/override", "StageOverridePage.doOverride", Kind.CHANGE);

        final String path;
        final String source;
        final Kind kind;

        Page(String path, String source, Kind kind) {
            this.path = path;
            this.source = source;
            this.kind = kind;
        }
    }

    private enum Kind {
        /** For whoever sees the job; a POST is as good as a GET, as nothing comes of it. */
        READ,
        READ_BY_GET,
        /** Leads on to a page that is read. */
        READ_ELSEWHERE,
        ADMINISTER,
        /** Changes something, for administrators, by POST alone. */
        CHANGE
    }

    private static final List<String> WITH_JOB =
            List.of(FormServer.READER, FormServer.BUILDER, FormServer.VIEWER, FormServer.CONFIGURER);

    private static FormServer server;
    private static WorkflowRun run;

    @BeforeAll
    static void setUp(JenkinsRule jenkins) throws Exception {
        server = new FormServer(jenkins);
        jenkins.createFolder("team");
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setJobs("shop/**");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        server.job().setDefinition(new CpsFlowDefinition("input 'Go on?'", true));
        run = server.job().scheduleBuild2(0).waitForStart();
        ApprovalAction.of(run).save();
        AwsAction.of(run).begin("step", "CodeBuild", TOLD, null, Instant.now());
        jenkins.waitForMessage("Go on?", run); // it runs its own script, not the next one
        server.job().setDefinition(new CpsFlowDefinition("echo 'nothing at AWS'", true));
        jenkins.assertBuildStatusSuccess(server.job().scheduleBuild2(0));
    }

    @AfterAll
    static void stop() {
        run.doStop();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhoMayGetsSomething(Page page) throws Exception {
        for (boolean post : List.of(false, true)) {
            WebResponse stranger = send(post, FormServer.ANONYMOUS, page);
            assertRefused(stranger, page);
            for (String user : WITH_JOB) {
                assertAnswer(send(post, user, page), page, post, false, user);
            }
            assertAnswer(send(post, FormServer.ADMINISTRATOR, page), page, post, true, FormServer.ADMINISTRATOR);
            if (page.kind == Kind.CHANGE) {
                assertEquals(post, StageOverrides.find(run, "prod") != null);
            }
        }
    }

    private static void assertAnswer(
            WebResponse response, Page page, boolean post, boolean administrator, String user) {
        boolean allowed =
                switch (page.kind) {
                    case READ, READ_ELSEWHERE -> true;
                    case READ_BY_GET -> !post;
                    case ADMINISTER -> administrator;
                    case CHANGE -> administrator && post;
                };
        String what = user + (post ? " POST " : " GET ") + page + ": " + response.getStatusCode();
        if (!allowed) {
            assertRefused(response, page);
        } else if (page.kind == Kind.CHANGE || page.kind == Kind.READ_ELSEWHERE) {
            assertEquals(302, response.getStatusCode(), what);
        } else {
            assertEquals(200, response.getStatusCode(), what);
        }
        if (allowed && page.path.startsWith(run.getUrl() + "aws/")) {
            assertTrue(response.getContentAsString().contains(TOLD), what);
        }
    }

    private static void assertRefused(WebResponse response, Page page) {
        int status = response.getStatusCode();
        assertTrue(Set.of(403, 404, 405).contains(status), page + ": " + status);
        assertFalse(response.getContentAsString().contains(TOLD), page.toString());
    }

    private static WebResponse send(boolean post, String user, Page page) throws Exception {
        Map<String, String> arguments = Map.of(
                "application", "web", "stage", "prod", "from", "test", "to", "prod", "since", "0", "reason", "a test");
        return post ? server.post(user, page.path, arguments) : server.get(user, page.path, arguments);
    }

    @Test
    void noPageIsForgotten() throws IOException {
        Set<String> known = Arrays.stream(Page.values())
                .map(page -> page.source)
                .filter(source -> !source.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/io"))) {
            // A parameter's is a part of the form in which it is asked for.
            files.filter(file -> file.endsWith("index.jelly"))
                    .filter(file -> !file.getParent().endsWith("CommentParameter"))
                    .forEach(file -> found.add(file.getParent().getFileName().toString()));
        }
        Pattern method = Pattern.compile("public \\S+ (do[A-Z]\\w*)\\(");
        for (String room : List.of("delivery", "freestyle")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/jenkins/plugins/awscicd", room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    method.matcher(Files.readString(file))
                            .results()
                            .forEach(match -> found.add(type + "." + match.group(1)));
                }
            }
        }
        assertEquals(known, found);
    }
}
