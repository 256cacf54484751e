package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.util.List;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form of {@code codeDeploy} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithJenkins
class CodeDeployFormTest {

    private JenkinsRule.WebClient client;
    private LocalAws aws;
    private HtmlPage page;
    private HtmlElement form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod")).group(GroupSpec.simulated("api", "dev"));
        FormServer.addCredentials("deployer");
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setEndpoint(aws.endpoint().toString());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
        client = jenkins.createWebClient();
        page = client.getPage(job, "pipeline-syntax/");
        HtmlOption step = page.getFirstByXPath("//option[starts-with(normalize-space(.), 'codeDeploy:')]");
        step.getEnclosingSelect().setSelectedAttribute(step, true);
        settle();
        HtmlElement application = page.querySelector("input.awscicd-names__input");
        form = (HtmlElement) application.closest("[name='prototype']");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesWhatIsInTheForm() throws Exception {
        assertEquals("codeDeploy()", snippet(), "nothing is preset");
        input("_.application").setValue("web");
        input("_.deploymentGroup").setValue("prod");
        revision("s3");
        input("bucket").setValue("artifacts");
        input("key").setValue("web.zip");
        String start = "codeDeploy application: 'web', ";
        assertEquals(start + "deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'", snippet());
        revision("workspace");
        input("_.bucket").setValue("uploads");
        select("_.wait").setSelectedAttribute("false", true);
        select("_.onAbort").setSelectedAttribute("stopAndRollBack", true);
        assertEquals(
                start + "bucket: 'uploads', deploymentGroup: 'prod', onAbort: 'stopAndRollBack',"
                        + " revision: 'workspace', wait: false",
                snippet());
        revision("none");
        assertEquals(
                start + "deploymentGroup: 'prod', onAbort: 'stopAndRollBack', wait: false",
                snippet(),
                "what is not chosen does not count");
    }

    @Test
    void offersGroupsOfTheApplicationWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        assertEquals(List.of("api", "web"), offered("_.application"));
        assertEquals(List.of(), offered("_.deploymentGroup"));
        assertEquals("Name the CodeDeploy application", status("_.deploymentGroup"));
        input("_.application").setValue("web");
        assertEquals(List.of("prod"), offered("_.deploymentGroup"));
        assertTrue(offered("_.deploymentConfig").contains("CodeDeployDefault.AllAtOnce"));
        aws.faults().on("CodeDeploy.ListDeploymentGroups").accessDenied();
        offered("_.deploymentGroup");
        assertTrue(
                status("_.deploymentGroup").contains("codedeploy:ListDeploymentGroups"), status("_.deploymentGroup"));
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        input("_.application").setValue(" ");
        input("_.application").blur();
        change("_.application");
        change("_.deploymentGroup");
        assertTrue(form.getTextContent().contains("Name the CodeDeploy application"));
        assertTrue(form.getTextContent().contains("Name the deployment group to deploy to"));
        for (DomNode advanced : form.querySelectorAll(".advanced-button")) {
            ((HtmlElement) advanced).click();
        }
        input("_.registerOnly").click();
        settle();
        change("_.deploymentGroup");
        assertFalse(form.getTextContent().contains("Name the deployment group to deploy to"));
    }

    @Test
    void everyKindOfRevisionHasTheRevisionsHelp() {
        List<String> helps = form.querySelectorAll(".radio-block-start .jenkins-help-button").stream()
                .map(link -> ((HtmlElement) link).getAttribute("helpURL"))
                .toList();
        assertEquals(5, helps.size());
        assertTrue(helps.stream().allMatch(help -> help.endsWith("CodeDeployStep/help/revision")), helps::toString);
    }

    private void change(String name) {
        input(name).fireEvent("change");
        settle();
    }

    private List<String> offered(String field) throws Exception {
        names(field).<HtmlButton>querySelector(".awscicd-names__button").click();
        settle();
        return names(field).querySelectorAll("datalist option").stream()
                .map(option -> ((HtmlElement) option).getAttribute("value"))
                .toList();
    }

    private String status(String field) {
        return names(field).querySelector(".awscicd-names__status").getTextContent();
    }

    private HtmlElement names(String field) {
        return (HtmlElement) input(field).closest(".awscicd-names");
    }

    private void revision(String kind) throws Exception {
        form.<HtmlElement>querySelector("input[type='radio'][value='" + kind + "']")
                .click();
        settle();
    }

    private HtmlInput input(String name) {
        return form.querySelector("input[name='" + name + "']");
    }

    private HtmlSelect select(String name) {
        return form.querySelector("select[name='" + name + "']");
    }

    private String snippet() throws Exception {
        page.getHtmlElementById("generatePipelineScript").click();
        settle();
        HtmlTextArea snippet = page.getHtmlElementById("prototypeText");
        return snippet.getText();
    }

    private void settle() {
        client.waitForBackgroundJavaScript(20_000);
    }
}
