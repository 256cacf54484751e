package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.SnippetForm;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of {@code codeBuild} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithSharedJenkins
class CodeBuildFormTest {

    private LocalAws aws;
    private SnippetForm form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.codeBuild().project(ProjectSpec.simulated("web")).project(ProjectSpec.simulated("api"));
        form = new SnippetForm(jenkins, aws, "codeBuild");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesWhatIsInTheForm() throws Exception {
        assertEquals("codeBuild()", form.snippet(), "nothing is preset");
        form.input("_.project").setValue("web");
        assertEquals("codeBuild 'web'", form.snippet());
        form.choose("_.source", "workspace");
        form.choose("_.privileged", "false");
        form.input("_.maxUploadMb").setValue("100");
        variable(0, "STAGE", "PLAINTEXT", "test");
        variable(1, "TOKEN", "SECRETS_MANAGER", "web/token");
        assertEquals(
                "codeBuild environmentVariables: [STAGE: 'test', TOKEN: [value: 'web/token', type: 'SECRETS_MANAGER']],"
                        + " maxUploadMb: 100, privileged: false, project: 'web', source: 'workspace'",
                form.snippet());
    }

    @Test
    void offersProjectsWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        List<String> names = form.offered("_.project");
        assertEquals(List.of("api", "web"), names);
        assertTrue(form.status("_.project").startsWith("Found 2."), form.status("_.project"));
        aws.faults().on("CodeBuild.ListProjects").accessDenied();
        form.offered("_.project");
        assertTrue(form.status("_.project").contains("codebuild:ListProjects"), form.status("_.project"));
        aws.faults().clear();
        String markup = "<b id='markup'>nowhere</b>";
        form.input("_.endpoint").setValue(aws.endpoint().toString());
        form.offered("_.project");
        assertTrue(
                form.status("_.project").contains("Name credentials along with the endpoint"),
                form.status("_.project"));
        form.choose("_.credentialsId", "deployer");
        form.input("_.endpoint").setValue(markup);
        form.offered("_.project");
        assertTrue(form.status("_.project").contains(markup), form.status("_.project"));
        assertNull(form.page().getElementById("markup"), "what is shown is text");
        form.input("_.endpoint").setValue("");
        form.choose("_.region", "us-east-1");
        assertEquals(List.of(), form.offered("_.project"), "the form's own region counts");
        assertTrue(form.status("_.project").contains("There are none"), form.status("_.project"));
    }

    private void variable(int row, String name, String type, String value) throws Exception {
        HtmlElement add = form.page().getFirstByXPath("//button[contains(., 'Add variable')]");
        add.click();
        form.settle();
        HtmlElement chunk = form.page()
                .<HtmlElement>getByXPath("//div[@name='environmentVariables']")
                .get(row);
        chunk.<HtmlInput>querySelector("input[name='name']").setValue(name);
        chunk.<HtmlSelect>querySelector("select[name='type']").setSelectedAttribute(type, true);
        chunk.<HtmlInput>querySelector("input[name='value']").setValue(value);
    }
}
