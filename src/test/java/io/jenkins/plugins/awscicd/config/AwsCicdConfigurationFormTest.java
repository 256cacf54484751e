package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** "AWS CI/CD" on Manage Jenkins » System. */
@WithSharedJenkins
class AwsCicdConfigurationFormTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";

    private static JenkinsRule jenkins;
    private static LocalAws aws;

    private AwsCicdConfiguration configuration;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        aws = LocalAws.builder().start();
        aws.sts().role(ROLE, "jenkins");
        FormServer.addCredentials("deployer");
    }

    @AfterAll
    static void tearDown() {
        aws.close();
    }

    @BeforeEach
    void everythingIsSet() {
        aws.faults().clear();
        configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setRole(ROLE);
        configuration.setExternalId("jenkins");
        configuration.setEndpoint(aws.endpoint().toString());
    }

    @Test
    void formKeepsWhatIsSet() throws Exception {
        jenkins.configRoundtrip();
        assertEquals("eu-west-1", configuration.getRegion());
        assertEquals("deployer", configuration.getCredentialsId());
        assertEquals(ROLE, configuration.getRole());
        assertEquals("jenkins", configuration.getExternalId());
        assertEquals(aws.endpoint().toString(), configuration.getEndpoint());
    }

    @Test
    void formKeepsTheAddressesOfServices() throws Exception {
        ServiceEndpoint logs = new ServiceEndpoint("logs", "https://logs.example.com");
        logs.setRegion("eu-west-1");
        configuration.setFips(true);
        configuration.setDualStack(true);
        configuration.setServiceEndpoints(List.of(logs, new ServiceEndpoint("sts", "https://sts.example.com")));
        Addresses addresses = configuration.addresses();
        assertEquals(2, addresses.own().size());
        try {
            jenkins.configRoundtrip();
            assertEquals(addresses, configuration.addresses());
        } finally {
            configuration.setFips(false);
            configuration.setDualStack(false);
            configuration.setServiceEndpoints(List.of());
        }
        jenkins.configRoundtrip();
        assertEquals(Addresses.DEFAULT, configuration.addresses());
    }

    @Test
    void formKeepsStagesInOrder() throws Exception {
        Stage prod = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRegion("mars-north-1");
        access.setCredentialsId("gone");
        access.setRole(ROLE);
        prod.setAccess(access);
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setApprovers("release-managers");
        guards.setApprovals("2");
        guards.setForbidSelfApproval(true);
        guards.setAfter("dev");
        guards.setBranches("main");
        guards.setJobs("shop/**");
        guards.setClosedHours("Fri 16:00 - Mon 06:00 UTC");
        guards.setTargets("*/prod");
        prod.setGuards(guards);
        configuration.setStages(List.of(prod, new Stage("dev")));
        jenkins.configRoundtrip();
        assertEquals(
                List.of("prod", "dev"),
                configuration.getStages().stream().map(Stage::getName).toList());
        Stage kept = configuration.getStages().get(0);
        jenkins.assertEqualDataBoundBeans(prod, kept);
        assertNull(configuration.getStages().get(1).getGuards());
        assertNull(configuration.getStages().get(1).getAccess());
        configuration.setStages(List.of());
        jenkins.configRoundtrip();
        assertEquals(List.of(), configuration.getStages());
    }

    @Test
    void formKeepsWhatIsNotKnown() throws Exception {
        configuration.setRegion("mars-north-1");
        configuration.setCredentialsId("gone");
        jenkins.configRoundtrip();
        assertEquals("mars-north-1", configuration.getRegion());
        assertEquals("gone", configuration.getCredentialsId());
    }

    @Test
    void formClears() throws Exception {
        HtmlPage page = page();
        HtmlForm form = page.getFormByName("config");
        form.getSelectByName("_.region").setSelectedAttribute("", true);
        section(form)
                .querySelectorAll("select")
                .forEach(select -> ((org.htmlunit.html.HtmlSelect) select).setSelectedAttribute("", true));
        for (String field : List.of("role", "externalId", "endpoint")) {
            section(form)
                    .<HtmlInput>querySelector("input[name='_." + field + "']")
                    .setValue("");
        }
        page.getWebClient()
                .waitForBackgroundJavaScript(20_000); // lists that depend on what was changed are filled anew
        jenkins.submit(form);
        assertNull(configuration.getRegion());
        assertNull(configuration.getCredentialsId());
        assertNull(configuration.getRole());
        assertNull(configuration.getExternalId());
        assertNull(configuration.getEndpoint());
        assertEquals(new AwsCicdConfiguration().access(), configuration.access(), "what is on disk");
    }

    @Test
    void testConnectionTellsWhoWeAre() throws Exception {
        HtmlPage page = page();
        HtmlElement section = section(page.getFormByName("config"));
        section.<HtmlButton>querySelector("button.validate-button").click();
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        String status = section.querySelector(".jenkins-validate-button__container__status")
                .asNormalizedText();
        assertTrue(
                status.contains("arn:aws:sts::123456789012:assumed-role/delivery/")
                        && status.contains("to account 123456789012 in eu-west-1"),
                status);
    }

    @Test
    void testConnectionNamesTheRole() throws Exception {
        String answer = testConnection(Map.of("externalId", "wrong"));
        assertTrue(answer.contains("class=\"error\"") && answer.contains("sts:AssumeRole"), answer);
        assertTrue(answer.contains(ROLE), answer);
    }

    @Test
    void testConnectionNamesTheAction() throws Exception {
        aws.faults().on("STS.GetCallerIdentity").accessDenied();
        String answer = testConnection(Map.of("role", "", "externalId", ""));
        assertTrue(answer.contains("class=\"error\"") && answer.contains("sts:GetCallerIdentity"), answer);
    }

    @Test
    void testConnectionNamesWhatIsWrongInTheForm() throws Exception {
        assertTrue(testConnection(Map.of("credentialsId", "gone")).contains("gone"), "credentials");
        assertTrue(testConnection(Map.of("endpoint", "<b>nowhere</b>")).contains("&lt;b&gt;nowhere"), "endpoint");
        String answer = testConnection(Map.of("endpoint", "http://127.0.0.1:1", "role", ""));
        assertTrue(answer.contains("could not be reached"), answer);
    }

    @Test
    void nothingIsAskedWhileThePageIsRendered() throws Exception {
        aws.calls().reset();
        page();
        assertEquals(0, aws.calls().total());
    }

    private static HtmlPage page() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        return page;
    }

    private static HtmlElement section(HtmlForm form) {
        HtmlElement inSection = form.querySelector("input[name='_.externalId']");
        return (HtmlElement) inSection.closest("section");
    }

    private static String testConnection(Map<String, String> otherwise) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of(
                "region", "eu-west-1",
                "credentialsId", "deployer",
                "role", ROLE,
                "externalId", "jenkins",
                "endpoint", aws.endpoint().toString()));
        fields.putAll(otherwise);
        String answer = FormServer.post(
                        jenkins, "descriptorByName/" + AwsCicdConfiguration.class.getName() + "/testConnection", fields)
                .getContentAsString();
        assertFalse(answer.contains("secret-of-the-test"), answer);
        return answer;
    }
}
