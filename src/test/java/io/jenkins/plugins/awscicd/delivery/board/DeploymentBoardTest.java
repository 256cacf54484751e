package io.jenkins.plugins.awscicd.delivery.board;

import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.FAILURE;
import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.ROLLED_BACK;
import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Told;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/** The pages of what was deployed where, and who sees what of them. */
@WithSharedJenkins
class DeploymentBoardTest {

    private JenkinsRule jenkins;
    private MockFolder web;
    private FreeStyleProject main;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        web = rule.createFolder("web");
        main = web.createProject(FreeStyleProject.class, "main");
        FreeStyleProject secret = rule.createFreeStyleProject("secret");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice", "bob")
                .grant(Item.READ)
                .onItems(web, main)
                .to("alice", "bob")
                .grant(Item.READ)
                .onItems(secret)
                .to("bob")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private static void deployed(Deployment deployment, DeploymentVerdict verdict) {
        Deployments.get().started(deployment);
        Deployments.get()
                .ended(
                        deployment.token(),
                        verdict,
                        null,
                        verdict == SUCCESS ? null : "it <b>broke</b>",
                        deployment.started().plusSeconds(60));
    }

    private static Deployment of(String stage, String application, String job, int number) {
        return Told.deployment(stage + application + job + number, stage, application, job, number);
    }

    private static void some() {
        deployed(of("test", "web", "web/main", 1), SUCCESS);
        deployed(of("prod", "web", "web/main", 1), SUCCESS);
        deployed(of("test", "web", "web/main", 2), SUCCESS);
        deployed(of("prod", "web", "web/main", 2), ROLLED_BACK);
        deployed(of("prod", "vault", "secret", 1), SUCCESS);
        deployed(of(null, "tool", "web/main", 3), FAILURE);
        Deployments.get().started(of("test", "web", "web/main", 3));
    }

    private JSONObject json(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            return client.getJSON(path).getJSONObject();
        }
    }

    private static List<String> names(JSONObject board, String list, String name) {
        List<String> names = new ArrayList<>();
        JSONArray items = board.getJSONArray(list);
        for (int i = 0; i < items.size(); i++) {
            names.add(items.getJSONObject(i).getString(name));
        }
        return names;
    }

    @Test
    void anEmptyBoardSaysWhatToDo() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("alice")) {
            assertTrue(client.goTo("aws-deployments/").asNormalizedText().contains("codeDeploy"));
            client.goTo("aws-deployments/history/?application=web&stage=prod");
            client.goTo("aws-deployments/difference/");
        }
        assertEquals(0, json("alice", "aws-deployments/api/json").getInt("total"));
    }

    @Test
    void everybodySeesWhatTheyMay() throws Exception {
        some();
        assertEquals(
                List.of("tool", "web"),
                names(json("alice", "aws-deployments/api/json"), "applications", "application"));
        assertEquals(
                List.of("tool", "web", "vault"),
                names(json("bob", "aws-deployments/api/json"), "applications", "application"),
                "those with problems first");
        assertEquals(
                List.of("tool", "web"),
                names(json("bob", "job/web/aws-deployments/api/json"), "applications", "application"),
                "of the folder alone");
        String path = "aws-deployments/history/api/json?application=vault&stage=prod";
        assertEquals(0, json("alice", path).getJSONArray("deployments").size());
        assertEquals(1, json("bob", path).getJSONArray("deployments").size());
        JSONObject difference = json("alice", "aws-deployments/difference/api/json?from=test&to=prod");
        assertEquals(List.of("web"), names(difference, "applications", "application"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.assertFails("aws-deployments/", 403);
            client.assertFails("aws-deployments/api/json", 403);
        }
    }

    @Test
    void aNewerDeploymentThatIsNotShownIsHinted() throws Exception {
        deployed(of("prod", "web", "web/main", 1), SUCCESS);
        deployed(of("prod", "web", "secret", 2), SUCCESS);
        assertTrue(onlyPlace("alice").getBoolean("newerHidden"));
        assertEquals(1, onlyPlace("alice").getJSONObject("current").getInt("number"));
        assertFalse(onlyPlace("bob").getBoolean("newerHidden"));
        assertEquals(2, onlyPlace("bob").getJSONObject("current").getInt("number"));
    }

    private JSONObject onlyPlace(String user) throws Exception {
        return json(user, "aws-deployments/api/json?depth=5")
                .getJSONArray("applications")
                .getJSONObject(0)
                .getJSONArray("cells")
                .getJSONObject(0)
                .getJSONArray("places")
                .getJSONObject(0);
    }

    @Test
    void whatDeletedJobsDeployedIsForAdministrators() throws Exception {
        some();
        main.delete();
        jenkins.createFreeStyleProject("web2");
        assertEquals(List.of(), names(json("alice", "aws-deployments/api/json"), "applications", "application"));
        assertEquals(
                List.of("tool", "web", "vault"),
                names(json("admin", "aws-deployments/api/json"), "applications", "application"));
        web.createProject(FreeStyleProject.class, "main");
        assertEquals(
                List.of(),
                names(json("alice", "aws-deployments/api/json"), "applications", "application"),
                "a job of the same name is another");
    }

    @Test
    void aRenamedJobKeepsItsHistory() throws Exception {
        some();
        web.renameTo("front");
        JSONObject board = json("admin", "job/front/aws-deployments/api/json");
        assertEquals(List.of("tool", "web"), names(board, "applications", "application"));
    }

    @Test
    void pagesShowWhatIsKnown() throws Exception {
        some();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("bob")) {
            HtmlPage board = client.goTo("aws-deployments/");
            String text = board.asNormalizedText();
            assertTrue(text.contains("commit 3f2a1bc · content v1"), text);
            DomElement address = board.querySelector("details.awscicd-revision .awscicd-revision__address");
            assertEquals(
                    "s3://releases/web/1.zip @ v1", address.getTextContent().strip());
            assertNull(board.querySelector("[title^='s3://']"), "addresses are no tooltips");
            assertTrue(text.contains("Rolled back"), text);
            assertTrue(text.contains("Deploying"), text);
            assertTrue(text.contains("Nothing deployed yet"), text);
            for (DomElement header : board.getElementsByTagName("th")) {
                assertTrue(header.hasAttribute("scope"), header.asXml());
            }
            String history = client.goTo("aws-deployments/history/?application=web&stage=prod")
                    .asNormalizedText();
            assertTrue(history.contains("it <b>broke</b>"), history);
            assertTrue(history.contains("bob"), history);
            String difference = client.goTo("job/web/aws-deployments/difference/?from=test&to=prod")
                    .asNormalizedText();
            assertTrue(difference.contains("test is ahead"), difference);
            assertTrue(client.goTo("aws-deployments/fragment", "text/html")
                    .getWebResponse()
                    .getContentAsString()
                    .contains("awscicd-board"));
            assertTrue(client.goTo("").getWebResponse().getContentAsString().contains("aws-deployments"));
        }
    }

    @Test
    void aBundleIsCalledByItsVersionOrElseByItsRun() {
        assertEquals(
                "1.4.2",
                name("s3://releases/web.zip @ \"9b2cf535f27731c9\"", "1.4.2").title());
        RevisionName plain = name("s3://releases/web.zip @ \"9b2cf535f27731c9\"", null);
        assertEquals("run #7", plain.title());
        assertEquals("3f2a1bc", plain.commit());
        assertEquals("9b2cf53", plain.content());
        assertEquals("web-1.4.2", name("s3://releases/web-1.4.2.tar.gz", null).title());
        RevisionName gitHub = name("octo/web @ 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", null);
        assertEquals("octo/web", gitHub.title());
        assertEquals("0a1b2c3", gitHub.commit());
        assertNull(gitHub.content());
        assertEquals("web-42", name("web-42", null).title(), "a version label");
        String changeSet =
                "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/jenkins-web-7/90313c94-c35f-44ff-a385-b7d0c35f205e";
        assertEquals("run #7", name(changeSet, null).title());
    }

    private static RevisionName name(String revision, String version) {
        return new RevisionName(versioned("prod", revision, version));
    }

    private static Deployment versioned(String stage, String revision, String version) {
        Deployment told = of(stage, "web", "web/main", 7);
        return told.but().revision(revision).version(version).consoleUrl(null).build();
    }

    @Test
    void oneArchiveUnderTwoNamesIsTheSame() {
        ShownDeployment archive = new ShownDeployment(versioned("dev", "s3://artifacts/web.zip", "1.0.1"));
        ShownDeployment label = new ShownDeployment(versioned("test", "web-b777bbdbf3c680f5", "1.0.1"));
        Changes none = new Changes(0);
        assertTrue(new DifferenceRow("web", archive, label, none).isSame());
        ShownDeployment other = new ShownDeployment(versioned("test", "web-b777bbdbf3c680f5", "1.0.2"));
        assertFalse(new DifferenceRow("web", archive, other, none).isSame());
    }

    @Test
    void whatIsToBeLookedAtComesFirst() throws Exception {
        some();
        deployed(of("test", "api", "web/main", 1), SUCCESS);
        JSONObject board = json("alice", "aws-deployments/api/json");
        assertEquals(List.of("tool", "web", "api"), names(board, "applications", "application"));
        assertEquals(2, board.getInt("problems"));
        assertEquals(3, board.getInt("total"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("alice")) {
            HtmlPage problems = client.goTo("aws-deployments/?problems=true");
            assertEquals(
                    2,
                    problems.querySelectorAll(".awscicd-deployments th[scope=row]")
                            .size());
            assertTrue(client.goTo("aws-deployments/?problems=true&application=api")
                    .asNormalizedText()
                    .contains("No application has a problem"));
        }
    }

    @Test
    void eachConfiguredStageHasItsColumnFromTheBeginning() throws Exception {
        AwsCicdConfiguration.get().setStages(List.of(new Stage("dev"), new Stage("test"), new Stage("prod")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("alice")) {
            HtmlPage board = client.goTo("aws-deployments/");
            assertTrue(board.asNormalizedText().contains("codeDeploy"), "what to do");
            assertEquals(
                    4,
                    board.querySelectorAll(".awscicd-deployments th[scope=col]").size());
            assertNotNull(board.querySelector(".awscicd-board"), "so that it can be kept up to date");
        }
        deployed(of("test", "web", "web/main", 1), SUCCESS);
        deployed(of("old", "web", "web/main", 1), SUCCESS);
        JSONArray columns = json("alice", "aws-deployments/api/json?depth=2").getJSONArray("columns");
        List<String> stages = new ArrayList<>();
        columns.forEach(column -> stages.add(((JSONObject) column).getString("stage")));
        assertEquals(List.of("dev", "test", "prod", "old"), stages);
    }

    @Test
    void strangeParametersDoNoHarm() throws Exception {
        some();
        String evil = "%3Cscript%3Ealert(1)%3C/script%3E\"'";
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("bob")) {
            for (String path : List.of(
                    "aws-deployments/?page=-7&application=" + evil,
                    "aws-deployments/?page=99999999999",
                    "aws-deployments/history/?stage=" + evil + "&application=" + evil + "&target=" + evil,
                    "aws-deployments/history/?page=99",
                    "aws-deployments/difference/?from=" + evil + "&to=" + evil)) {
                String body = client.goTo(path).getWebResponse().getContentAsString();
                assertFalse(body.contains("<script>alert"), path);
            }
        }
    }

    @Test
    void tenThousandDeployments() throws Exception {
        for (int application = 0; application < 100; application++) {
            for (int number = 1; number <= 100; number++) {
                deployed(of("stage" + number % 4, "app" + application, "web/main", number), SUCCESS);
            }
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("alice")) {
            HtmlPage board = client.goTo("aws-deployments/");
            assertTrue(board.asNormalizedText().contains("Page 1 of 2"));
            assertTrue(client.goTo("aws-deployments/?application=app99")
                    .asNormalizedText()
                    .contains("app99"));
            client.goTo("aws-deployments/history/?application=app1&stage=stage1");
            client.goTo("aws-deployments/difference/?from=stage0&to=stage3");
        }
        JSONObject json = json("alice", "aws-deployments/api/json");
        assertEquals(100, json.getInt("total"));
        assertEquals(Board.PAGE, json.getJSONArray("applications").size());
    }
}
