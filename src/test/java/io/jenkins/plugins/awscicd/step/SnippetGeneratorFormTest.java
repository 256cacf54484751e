package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.List;
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

/** The form of {@code codeBuild} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithJenkins
class SnippetGeneratorFormTest {

    private JenkinsRule.WebClient client;
    private LocalAws aws;
    private HtmlPage page;
    private HtmlElement form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.codeBuild().project(ProjectSpec.simulated("web")).project(ProjectSpec.simulated("api"));
        FormServer.addCredentials("deployer");
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setEndpoint(aws.endpoint().toString());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
        client = jenkins.createWebClient();
        page = client.getPage(job, "pipeline-syntax/");
        HtmlOption step = page.getFirstByXPath("//option[starts-with(normalize-space(.), 'codeBuild:')]");
        step.getEnclosingSelect().setSelectedAttribute(step, true);
        settle();
        HtmlElement project = page.querySelector("input.awscicd-names__input");
        form = (HtmlElement) project.closest("[name='prototype']");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesWhatIsInTheForm() throws Exception {
        assertEquals("codeBuild()", snippet(), "nothing is preset");
        input("_.project").setValue("web");
        assertEquals("codeBuild 'web'", snippet());
        select("_.source").setSelectedAttribute("workspace", true);
        select("_.privileged").setSelectedAttribute("false", true);
        input("_.maxUploadMb").setValue("100");
        variable(0, "STAGE", "PLAINTEXT", "test");
        variable(1, "TOKEN", "SECRETS_MANAGER", "web/token");
        assertEquals(
                "codeBuild environmentVariables: [STAGE: 'test', TOKEN: [value: 'web/token', type: 'SECRETS_MANAGER']],"
                        + " maxUploadMb: 100, privileged: false, project: 'web', source: 'workspace'",
                snippet());
    }

    @Test
    void offersProjectsWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        List<String> names = offered();
        assertEquals(List.of("api", "web"), names);
        assertTrue(status().startsWith("Found 2."), status());
        aws.faults().on("CodeBuild.ListProjects").accessDenied();
        offered();
        assertTrue(status().contains("codebuild:ListProjects"), status());
        aws.faults().clear();
        String markup = "<b id='markup'>nowhere</b>";
        String endpoint = input("_.endpoint").getValue();
        input("_.endpoint").setValue(markup);
        offered();
        assertTrue(status().contains(markup), status());
        assertNull(page.getElementById("markup"), "what is shown is text");
        input("_.endpoint").setValue(endpoint);
        select("_.region").setSelectedAttribute("us-east-1", true);
        assertEquals(List.of(), offered(), "the form's own region counts");
        assertTrue(status().contains("There are none"), status());
    }

    private List<String> offered() throws Exception {
        form.<HtmlButton>querySelector(".awscicd-names__button").click();
        settle();
        HtmlElement list = page.getHtmlElementById(input("_.project").getAttribute("list"));
        return list.getElementsByTagName("option").stream()
                .map(option -> option.getAttribute("value"))
                .toList();
    }

    private String status() {
        return form.querySelector(".awscicd-names__status").getTextContent();
    }

    private void variable(int row, String name, String type, String value) throws Exception {
        HtmlElement add = page.getFirstByXPath("//button[contains(., 'Add variable')]");
        add.click();
        settle();
        HtmlElement chunk = page.<HtmlElement>getByXPath("//div[@name='environmentVariables']")
                .get(row);
        chunk.<HtmlInput>querySelector("input[name='name']").setValue(name);
        chunk.<HtmlSelect>querySelector("select[name='type']").setSelectedAttribute(type, true);
        chunk.<HtmlInput>querySelector("input[name='value']").setValue(value);
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
