package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
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

/** The form of {@code beanstalkDeploy} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithJenkins
class BeanstalkFormTest {

    private JenkinsRule.WebClient client;
    private LocalAws aws;
    private HtmlPage page;
    private HtmlElement form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-prod").version("v0"))
                .environment(EnvironmentSpec.simulated("api", "api-dev").version("a0"));
        FormServer.addCredentials("deployer");
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setEndpoint(aws.endpoint().toString());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
        client = jenkins.createWebClient();
        page = client.getPage(job, "pipeline-syntax/");
        HtmlOption step = page.getFirstByXPath("//option[starts-with(normalize-space(.), 'beanstalkDeploy:')]");
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
        assertEquals("beanstalkDeploy()", snippet(), "nothing is preset");
        input("_.application").setValue("web");
        input("_.environment").setValue("web-prod");
        input("_.bundle").setValue("dist");
        select("_.health").setSelectedAttribute("Yellow", true);
        select("_.onAbort").setSelectedAttribute("leave", true);
        assertEquals(
                "beanstalkDeploy application: 'web', bundle: 'dist', environment: 'web-prod', health: 'Yellow', onAbort: 'leave'",
                snippet());
    }

    @Test
    void offersWhatTheApplicationHasWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        assertEquals(List.of("api", "web"), offered("_.application"));
        assertEquals(List.of(), offered("_.environment"));
        assertEquals("Name the Elastic Beanstalk application", status("_.environment"));
        input("_.application").setValue("web");
        assertEquals(List.of("web-prod"), offered("_.environment"));
        assertTrue(offered("_.version").contains("v0"), status("_.version"));
    }

    @Test
    void whatAwsShowsToNobodyMayBeThereAllTheSame() throws Exception {
        aws.beanstalk().hidden(true);
        offered("_.application");
        assertEquals(
                "There are no applications in eu-west-1, or these credentials may not see them; check the region and the IAM"
                        + " action elasticbeanstalk:DescribeApplications",
                status("_.application"));
        aws.faults().on("ElasticBeanstalk.DescribeApplications").accessDenied();
        offered("_.application");
        assertTrue(status("_.application").contains("elasticbeanstalk:DescribeApplications"), status("_.application"));
    }

    @Test
    void tellsWhatIsMissing() {
        change("_.application");
        change("_.environment");
        change("_.bundle");
        assertTold("name the Elastic Beanstalk application");
        assertTold("name the environment to deploy to");
        assertTold("say what to deploy: a file or directory of the workspace");
        input("_.version").setValue("v0");
        input("_.bundle").setValue("dist");
        change("_.version");
        assertTold("cannot be combined with bundle");
    }

    private void assertTold(String text) {
        assertTrue(form.getTextContent().contains(text), text);
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
