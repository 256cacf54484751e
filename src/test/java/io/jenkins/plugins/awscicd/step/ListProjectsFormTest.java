package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The projects that the form of {@code codeBuild} offers when it is asked to. */
@WithJenkins
class ListProjectsFormTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";

    private static FormServer server;

    private LocalAws aws;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        server = new FormServer(rule);
    }

    @BeforeEach
    void start() {
        aws = LocalAws.builder().start();
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setEndpoint(aws.endpoint().toString());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void listsByName() throws Exception {
        aws.codeBuild().project(ProjectSpec.simulated("web")).project(ProjectSpec.simulated("api"));
        JSONObject answer = ask(Map.of());
        assertEquals("ok", answer.getString("status"));
        assertEquals(List.of("api", "web"), answer.getJSONObject("data").getJSONArray("names"));
        assertFalse(answer.getJSONObject("data").getBoolean("more"));
    }

    @Test
    void listsWhatTheFormIsAbout() throws Exception {
        aws.codeBuild().project(ProjectSpec.simulated("web"));
        aws.sts().role(ROLE, "jenkins");
        JSONObject elsewhere = ask(Map.of("region", "us-east-1"));
        assertEquals(List.of(), elsewhere.getJSONObject("data").getJSONArray("names"));
        JSONObject other = ask(Map.of("role", ROLE, "externalId", "jenkins"));
        assertEquals(List.of("web"), other.getJSONObject("data").getJSONArray("names"));
    }

    @Test
    void listsAllPagesUpToALimit() throws Exception {
        for (int i = 0; i < 250; i++) {
            aws.codeBuild().project(ProjectSpec.simulated("web-%04d".formatted(i)));
        }
        JSONObject data = ask(Map.of()).getJSONObject("data");
        assertEquals(250, data.getJSONArray("names").size());
        assertFalse(data.getBoolean("more"));
        for (int i = 250; i < 1050; i++) {
            aws.codeBuild().project(ProjectSpec.simulated("web-%04d".formatted(i)));
        }
        aws.calls().reset();
        data = ask(Map.of()).getJSONObject("data");
        assertEquals(1000, data.getJSONArray("names").size());
        assertTrue(data.getBoolean("more"));
        assertEquals(10, aws.calls().count("CodeBuild.ListProjects"));
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        aws.faults().on("CodeBuild.ListProjects").accessDenied();
        String message = message(ask(Map.of()));
        assertTrue(message.contains("allow the IAM action codebuild:ListProjects"), message);

        aws.sts().role(ROLE, "jenkins");
        message = message(ask(Map.of("role", ROLE, "externalId", "wrong")));
        assertTrue(message.contains("the role could not be assumed"), message);

        message = message(ask(Map.of("credentialsId", "gone")));
        assertTrue(message.contains("no AWS credentials 'gone'"), message);

        message = message(ask(Map.of("endpoint", "http://127.0.0.1:1")));
        assertTrue(message.contains("could not be reached"), message);
    }

    @Test
    void asksNothingForWhoMayNotConfigure() throws Exception {
        for (String user : List.of(FormServer.READER, FormServer.VIEWER)) {
            assertEquals(403, post(user, Map.of()).getStatusCode());
        }
        assertEquals(0, aws.calls().total());
    }

    private static String message(JSONObject answer) {
        assertEquals("error", answer.getString("status"));
        return answer.getString("message");
    }

    private static JSONObject ask(Map<String, String> fields) throws Exception {
        WebResponse response = post(FormServer.CONFIGURER, fields);
        assertEquals(200, response.getStatusCode(), response.getContentAsString());
        return JSONObject.fromObject(response.getContentAsString());
    }

    private static WebResponse post(String user, Map<String, String> fields) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("region", "", "credentialsId", "", "role", "", "externalId", "", "endpoint", ""));
        all.putAll(fields);
        return server.post(user, server.descriptor(CodeBuildStep.class, true) + "listProjects", all);
    }
}
