package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.util.List;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of a step in the Snippet Generator, with its scripts. An error in one of these fails the test. */
public final class SnippetForm {

    private final JenkinsRule.WebClient client;
    private final HtmlPage page;
    private final HtmlElement form;

    /** Opens the form on a Jenkins whose configuration page names local AWS, and credentials <code>deployer</code>. */
    public SnippetForm(JenkinsRule jenkins, LocalAws aws, String stepName) throws Exception {
        FormServer.addCredentials("deployer");
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setEndpoint(aws.endpoint().toString());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
        client = jenkins.createWebClient();
        page = client.getPage(job, "pipeline-syntax/");
        HtmlOption step = page.getFirstByXPath("//option[starts-with(normalize-space(.), '" + stepName + ":')]");
        step.getEnclosingSelect().setSelectedAttribute(step, true);
        settle();
        HtmlElement first = page.querySelector("input.awscicd-names__input");
        form = (HtmlElement) first.closest("[name='prototype']");
    }

    public HtmlPage page() {
        return page;
    }

    public HtmlElement element() {
        return form;
    }

    public HtmlInput input(String name) {
        return form.querySelector("input[name='" + name + "']");
    }

    HtmlSelect select(String name) {
        return form.querySelector("select[name='" + name + "']");
    }

    public void choose(String name, String value) {
        select(name).setSelectedAttribute(value, true);
    }

    public void change(String name) {
        input(name).fireEvent("change");
        settle();
    }

    public boolean tells(String text) {
        return form.getTextContent().contains(text);
    }

    public void assertReported(String text) {
        assertTrue(tells(text), text);
    }

    /** Presses the field's button for names, and waits for them. */
    public List<String> offered(String field) throws Exception {
        names(field).<HtmlButton>querySelector(".awscicd-names__button").click();
        settle();
        return names(field).querySelectorAll("datalist option").stream()
                .map(option -> ((HtmlElement) option).getAttribute("value"))
                .toList();
    }

    /** What is said of the names that the field offers. */
    public String status(String field) {
        return names(field).querySelector(".awscicd-names__status").getTextContent();
    }

    private HtmlElement names(String field) {
        return (HtmlElement) input(field).closest(".awscicd-names");
    }

    /** What the form is in a Jenkinsfile. */
    public String snippet() throws Exception {
        page.getHtmlElementById("generatePipelineScript").click();
        settle();
        HtmlTextArea snippet = page.getHtmlElementById("prototypeText");
        return snippet.getText();
    }

    /** Waits until nothing runs in the page any more. */
    public void settle() {
        client.waitForBackgroundJavaScript(60_000);
    }
}
