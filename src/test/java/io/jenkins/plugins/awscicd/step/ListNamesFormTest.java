package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The names that forms offer when they are asked to: how AWS is asked is the same for all of them. */
@WithSharedJenkins
class ListNamesFormTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";

    private static final Listing PROJECTS = new Listing(CodeBuildStep.class, "CodeBuild", "ListProjects");
    private static final Listing APPLICATIONS = new Listing(CodeDeployStep.class, "CodeDeploy", "ListApplications");
    private static final Listing GROUPS = new Listing(CodeDeployStep.class, "CodeDeploy", "ListDeploymentGroups");
    private static final Listing ENVIRONMENTS =
            new Listing(BeanstalkDeployStep.class, "listEnvironments", "ElasticBeanstalk.DescribeEnvironments", "");
    private static final Listing CONFIGS = new Listing(CodeDeployStep.class, "CodeDeploy", "ListDeploymentConfigs");

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
    void listsProjectsByName() throws Exception {
        aws.codeBuild().project(ProjectSpec.simulated("web")).project(ProjectSpec.simulated("api"));
        assertOffered(List.of("api", "web"), ask(PROJECTS, Map.of()));
    }

    @Test
    void listsWhatThereIsToDeploy() throws Exception {
        aws.codeDeploy()
                .application("api")
                .group(GroupSpec.simulated("web", "prod"))
                .group(GroupSpec.simulated("web", "dev"));
        assertOffered(List.of("api", "web"), ask(APPLICATIONS, Map.of()));
        assertOffered(List.of("dev", "prod"), ask(GROUPS, Map.of("application", " web ")));
        assertOffered(List.of(), ask(GROUPS, Map.of("application", "api")));
        JSONObject configs = ask(CONFIGS, Map.of());
        List<?> names = configs.getJSONObject("data").getJSONArray("names");
        assertTrue(names.contains("CodeDeployDefault.OneAtATime"), names::toString);
    }

    @Test
    void listsWhatTheFormIsAbout() throws Exception {
        aws.codeBuild().project(ProjectSpec.simulated("web"));
        aws.codeDeploy().application("web");
        aws.sts().role(ROLE, "jenkins");
        for (Listing names : List.of(PROJECTS, APPLICATIONS)) {
            assertOffered(List.of(), ask(names, Map.of("region", "us-east-1")));
            assertOffered(List.of("web"), ask(names, Map.of("role", ROLE, "externalId", "jenkins")));
        }
    }

    @Test
    void listsAllPagesUpToALimit() throws Exception {
        for (int i = 0; i < 1050; i++) {
            String name = "web-%04d".formatted(i);
            aws.codeBuild().project(ProjectSpec.simulated(name));
            aws.codeDeploy().application(name);
            if (i < 250) {
                aws.codeDeploy().group(GroupSpec.simulated("web-0000", name));
            }
        }
        JSONObject groups = ask(GROUPS, Map.of("application", "web-0000")).getJSONObject("data");
        assertEquals(250, groups.getJSONArray("names").size());
        assertFalse(groups.getBoolean("more"));
        assertEquals(3, aws.calls().count(GROUPS.operation()));
        for (Listing listing : List.of(PROJECTS, APPLICATIONS)) {
            JSONObject data = ask(listing, Map.of()).getJSONObject("data");
            assertEquals(1000, data.getJSONArray("names").size());
            assertTrue(data.getBoolean("more"));
            assertEquals(10, aws.calls().count(listing.operation()));
        }
    }

    static Stream<Listing> listings() {
        return Stream.of(PROJECTS, APPLICATIONS, GROUPS, CONFIGS);
    }

    @ParameterizedTest
    @MethodSource("listings")
    void namesWhatIsMissing(Listing listing) throws Exception {
        aws.codeDeploy().application("web");
        aws.faults().on(listing.operation()).accessDenied();
        String message = message(ask(listing, Map.of()));
        assertTrue(message.contains("allow the IAM action " + listing.action()), message);

        aws.sts().role(ROLE, "jenkins");
        message = message(ask(listing, Map.of("role", ROLE, "externalId", "wrong")));
        assertTrue(message.contains("the role could not be assumed"), message);

        message = message(ask(listing, Map.of("credentialsId", "gone")));
        assertTrue(message.contains("no AWS credentials 'gone'"), message);

        message = message(ask(listing, Map.of("endpoint", "http://127.0.0.1:1")));
        assertTrue(message.contains("Name credentials along with the endpoint"), message);

        message = message(ask(listing, Map.of("endpoint", "http://127.0.0.1:1", "credentialsId", "deployer")));
        assertTrue(message.contains("could not be reached"), message);
    }

    @Test
    void aStageSaysWhereToAskAndOfWhat() throws Exception {
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod"));
        aws.beanstalk().environment(EnvironmentSpec.simulated("web", "web-prod").version("v0"));
        aws.sts().role(ROLE, "jenkins");
        Stage prod = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRole(ROLE);
        access.setExternalId("jenkins");
        prod.setAccess(access);
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setBeanstalkApplication("web");
        prod.setDefaults(defaults);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        assertOffered(List.of("prod"), ask(GROUPS, Map.of("application", "", "stage", "prod")));
        assertOffered(List.of("web-prod"), ask(ENVIRONMENTS, Map.of("application", "", "stage", "prod")));
        assertEquals(1, aws.calls().count("STS.AssumeRole"), "as whom the stage says, once for both");
        String message = message(ask(GROUPS, Map.of("application", "web", "stage", "prdo")));
        assertTrue(message.contains("there is no stage 'prdo' here"), message);
        message = message(ask(GROUPS, Map.of("stage", "prod", "endpoint", "http://127.0.0.1:1")));
        assertTrue(message.contains("Name credentials along with the endpoint"), message);
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void aGuardedStageIsAskedAsByWhoMayConfigureIt() throws Exception {
        aws.codeBuild().project(ProjectSpec.simulated("web"));
        aws.sts().role(ROLE, "jenkins");
        Stage prod = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRole(ROLE);
        access.setExternalId("jenkins");
        prod.setAccess(access);
        StageGuards guards = new StageGuards();
        guards.setJobs("delivery");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        for (Map<String, String> as : List.of(Map.of("stage", "prod"), Map.of("role", ROLE, "externalId", "jenkins"))) {
            String message = message(ask(PROJECTS, as));
            assertEquals(
                    "role " + ROLE
                            + " belongs to the guarded stage prod. Only those who may configure the stage can use it"
                            + " in a form",
                    message);
        }
        assertEquals(0, aws.calls().total());
        WebResponse answer = post(FormServer.ADMINISTRATOR, PROJECTS, Map.of("stage", "prod"));
        assertOffered(List.of("web"), JSONObject.fromObject(answer.getContentAsString()));
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void groupsAreThoseOfAnApplication() throws Exception {
        assertEquals("Name the CodeDeploy application", message(ask(GROUPS, Map.of("application", " "))));
        assertEquals(0, aws.calls().total());
        String message = message(ask(GROUPS, Map.of("application", "nowhere")));
        assertTrue(message.contains("the deployment groups of application 'nowhere' in eu-west-1"), message);
    }

    @ParameterizedTest
    @MethodSource("listings")
    void asksNothingForWhoMayNotConfigure(Listing listing) throws Exception {
        for (String user : List.of(FormServer.READER, FormServer.VIEWER)) {
            assertEquals(403, post(user, listing, Map.of()).getStatusCode());
        }
        assertEquals(0, aws.calls().total());
    }

    private static void assertOffered(List<String> names, JSONObject answer) {
        assertEquals("ok", answer.getString("status"));
        assertEquals(names, answer.getJSONObject("data").getJSONArray("names"));
        assertFalse(answer.getJSONObject("data").getBoolean("more"));
    }

    private static String message(JSONObject answer) {
        assertEquals("error", answer.getString("status"));
        return answer.getString("message");
    }

    private static JSONObject ask(Listing listing, Map<String, String> fields) throws Exception {
        WebResponse response = post(FormServer.CONFIGURER, listing, fields);
        assertEquals(200, response.getStatusCode(), response.getContentAsString());
        return JSONObject.fromObject(response.getContentAsString());
    }

    private static WebResponse post(String user, Listing listing, Map<String, String> fields) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "application", "web", "region", "", "credentialsId", "", "role", "", "externalId", "", "endpoint", ""));
        all.putAll(fields);
        return server.post(user, server.descriptor(listing.step(), true) + listing.method(), all);
    }

    /** A list that a step's form offers, and the AWS call it takes. */
    private record Listing(Class<? extends AwsStep> step, String method, String operation, String action) {

        Listing(Class<? extends AwsStep> step, String service, String call) {
            this(step, "l" + call.substring(1), service + "." + call, service.toLowerCase(Locale.ROOT) + ":" + call);
        }
    }
}
