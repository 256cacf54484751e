package io.jenkins.plugins.awscicd.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.events.AwsEventQueues;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is configured in files is read, checked and written. */
@WithSharedJenkins
class ConfigurationAsCodeTest {

    @AfterEach
    void listenToNothing() {
        AwsEventQueues.get().setQueues(List.of());
    }

    @Test
    void export(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        FormServer.addCredentials("deployer");
        configure(toStringFromYamlFile(this, "configuration-as-code.yaml"));
        String expected = toStringFromYamlFile(this, "configuration-as-code-export.yaml");
        assertEquals(expected, exported());
        AwsCicdConfiguration.get().setStages(List.of());
        AwsCicdConfiguration.get().setRegion(null);
        configure("unclassified:\n  awsCicd:\n" + expected.indent(4));
        assertEquals(expected, exported(), "what was exported can be read");
        String queues = toStringFromYamlFile(this, "configuration-as-code-export-queues.yaml");
        assertEquals(queues, exported("awsEventQueues"));
        AwsEventQueues.get().setQueues(List.of());
        configure("unclassified:\n  awsEventQueues:\n" + queues.indent(4));
        assertEquals(queues, exported("awsEventQueues"), "what was exported can be read");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        assertTrue(all.toString(StandardCharsets.UTF_8).contains("prod-deployer"), "ours is in it");
    }

    @Test
    void nothingConfiguredIsExportedAsNothing(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        configure(
                "unclassified:\n  awsCicd:\n    stages:\n      - name: dev\n        guards: {}\n        access: {}\n");
        assertEquals("stages:\n- name: \"dev\"\n", exported());
    }

    @Test
    void wrongValuesAreNamedAndChangeNothing(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        configure(stages("- name: before"));
        assertRefused("closedHours", stages("- name: prod", "  guards: {closedHours: 'Friday afternoon'}"), "prod");
        assertRefused("closedHours", stages("- name: prod", "  guards: {closedHours: 'Fri 16:00 - Mon 06:00 Mars'}"));
        assertRefused("approvals", stages("- name: prod", "  guards: {approvals: many}"));
        assertRefused("approvals", stages("- name: prod", "  guards: {approvals: -1}"), "-1");
        assertRefused("after", stages("- name: prod", "  guards: {after: prod}"), "prod");
        assertRefused("name", stages("- name: 'a b'"), "a b");
        assertRefused("name", stages("- guards: {approvals: 1}"));
        assertRefused("prod", stages("- name: prod", "- name: prod"), "stages");
        assertRefused("approvalCount", stages("- name: prod", "  guards: {approvalCount: 1}"), "approvals");
        assertRefused("acces", stages("- name: prod", "  acces: {region: eu-west-1}"), "access");
        assertRefused("regoin", stages("- name: prod", "  access: {regoin: eu-west-1}"), "region");
        assertRefused("project", stages("- name: prod", "  defaults: {project: web}"), "codeBuildProject");
        assertRefused("stage", "unclassified:\n  awsCicd:\n    stage: prod\n", "stages");
        assertRefused("regoin", "unclassified:\n  awsCicd:\n    regoin: eu-west-1\n", "region");
        assertEquals("stages:\n- name: \"before\"\n", exported());
    }

    /** What cannot be right is refused where it is configured, not by AWS when it is used. */
    @Test
    void whoWeAreAndWhatIsDeployedIsChecked(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        configure(stages("- name: before"));
        assertRefused("role", global("role: deployer"), "arn:aws:iam::123456789012:role/deployer");
        assertRefused("region", global("region: eu-west-1a"), "availability zone");
        assertRefused(
                "serviceEndpoints",
                global("serviceEndpoints: [{service: codebiuld, endpoint: 'https://a.example.com'}]"),
                "did you mean 'codebuild'?");
        assertRefused(
                "serviceEndpoints",
                global("serviceEndpoints: [{service: sts, endpoint: 'http://sts.example.com'}]"),
                "not an https URL");
        assertRefused("endpoint", global("endpoint: localhost:4566"), "http://localhost:4566");
        assertRefused("externalId", global("externalId: 'a b'"), "letters");
        assertRefused("credentialsId", global("credentialsId: AKIAIOSFODNN7EXAMPLE"), "access key");
        assertRefused("role", stages("- name: prod", "  access: {role: 'arn:aws:iam::1234-5678-9012:role/a'}"), "prod");
        assertRefused("region", stages("- name: prod", "  access: {region: EU_WEST_1}"), "eu-west-1");
        assertRefused("codeBuildProject", stages("- name: prod", "  defaults: {codeBuildProject: 'a b'}"), "prod");
        assertRefused(
                "codeDeployApplication",
                stages(
                        "- name: prod",
                        "  defaults:",
                        "    codeDeployApplication: 'arn:aws:codedeploy:eu-west-1:123456789012:application:web'"),
                "'web'");
        assertRefused("deploymentGroup", stages("- name: prod", "  defaults: {deploymentGroup: web/prod}"), "'prod'");
        assertRefused("environment", stages("- name: prod", "  defaults: {environment: web/web-prod}"), "'web-prod'");
        assertEquals("stages:\n- name: \"before\"\n", exported());
    }

    @Test
    void folderStagesAreCheckedAlike(@SuppressWarnings("unused") JenkinsRule jenkins) {
        Stage stage = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRole("deployer");
        stage.setAccess(access);
        FolderStages folder = new FolderStages();
        String told = assertThrows(IllegalArgumentException.class, () -> folder.setStages(List.of(stage)))
                .getMessage();
        assertTrue(told.startsWith("prod: role: 'deployer' is not an ARN"), told);
    }

    /** Other words for yes do not drop a rule. */
    @Test
    void whatMeansYesIsYes(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        configure(stages("- name: prod", "  guards: {forbidSelfApproval: true}"));
        assertTrue(AwsCicdConfiguration.get().getStages().get(0).getGuards().isForbidSelfApproval());
        for (String word : List.of("yes", "'yes'", "Y", "1", "on")) {
            String yaml = stages("- name: prod", "  guards: {forbidSelfApproval: " + word + ", approvals: 1}");
            try {
                configure(yaml);
            } catch (ConfiguratorException e) {
                continue; // also good: nobody believes in a guard that is not there
            }
            assertTrue(
                    AwsCicdConfiguration.get().getStages().get(0).getGuards().isForbidSelfApproval(),
                    () -> word + " drops the rule");
        }
    }

    /** Where calls go is for the configuration page to say, and for nobody who configures or writes something else. */
    @Test
    void stagesSayNothingOfAddresses(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        configure(stages("- name: before"));
        assertRefused("fips", stages("- name: prod", "  access: {fips: true}"));
        assertRefused("dualStack", stages("- name: prod", "  access: {dualStack: true}"));
        assertRefused("serviceEndpoints", stages("- name: prod", "  access: {serviceEndpoints: []}"));
        assertEquals("stages:\n- name: \"before\"\n", exported());
    }

    @Test
    void fipsIsCalledWhereverAWordMeansYes(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        for (String word : List.of("true", "yes", "'yes'", "'true'", "Y", "1", "on")) {
            AwsCicdConfiguration.get().setFips(null);
            try {
                configure(global("fips: " + word));
                assertTrue(AwsCicdConfiguration.get().addresses().fips(), () -> word + " is taken for no");
            } catch (ConfiguratorException e) {
                assertFalse(word.equals("true"), e::getMessage);
            } finally {
                AwsCicdConfiguration.get().setFips(null);
            }
        }
    }

    private static String global(String line) {
        return "unclassified:\n  awsCicd:\n    " + line + "\n";
    }

    private static String stages(String... lines) {
        return "unclassified:\n  awsCicd:\n    stages:\n"
                + String.join("\n", lines).indent(6);
    }

    /** @param more what else the message says */
    private static void assertRefused(String field, String yaml, String... more) {
        Exception refusal = assertThrows(ConfiguratorException.class, () -> configure(yaml), yaml);
        StringBuilder said = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        assertTrue(said.toString().contains(field), () -> yaml + " is refused without " + field + ": " + said);
        for (String part : more) {
            assertTrue(said.toString().contains(part), () -> yaml + " is refused without " + part + ": " + said);
        }
        assertFalse(said.toString().contains("NullPointerException"), said::toString);
    }

    private static void configure(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private static String exported() throws Exception {
        return exported("awsCicd");
    }

    private static String exported(String name) throws Exception {
        Mapping root = getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()));
        return toYamlString(root.get(name));
    }
}
