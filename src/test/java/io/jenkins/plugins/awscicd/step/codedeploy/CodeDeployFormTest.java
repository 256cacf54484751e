package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.SnippetForm;
import java.util.List;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of {@code codeDeploy} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithSharedJenkins
class CodeDeployFormTest {

    private LocalAws aws;
    private SnippetForm form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod")).group(GroupSpec.simulated("api", "dev"));
        form = new SnippetForm(jenkins, aws, "codeDeploy");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesWhatIsInTheForm() throws Exception {
        assertEquals("codeDeploy()", form.snippet(), "nothing is preset");
        form.input("_.application").setValue("web");
        form.input("_.deploymentGroup").setValue("prod");
        revision("s3");
        form.input("bucket").setValue("artifacts");
        form.input("key").setValue("web.zip");
        String start = "codeDeploy application: 'web', ";
        assertEquals(start + "deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'", form.snippet());
        revision("workspace");
        form.input("_.bucket").setValue("uploads");
        form.choose("_.wait", "false");
        form.choose("_.onAbort", "stopAndRollBack");
        assertEquals(
                start + "bucket: 'uploads', deploymentGroup: 'prod', onAbort: 'stopAndRollBack',"
                        + " revision: 'workspace', wait: false",
                form.snippet());
        revision("none");
        assertEquals(
                start + "deploymentGroup: 'prod', onAbort: 'stopAndRollBack', wait: false",
                form.snippet(),
                "what is not chosen does not count");
    }

    @Test
    void offersGroupsOfTheApplicationWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        assertEquals(List.of("api", "web"), form.offered("_.application"));
        assertEquals(List.of(), form.offered("_.deploymentGroup"));
        assertEquals("Name the CodeDeploy application", form.status("_.deploymentGroup"));
        form.input("_.application").setValue("web");
        assertEquals(List.of("prod"), form.offered("_.deploymentGroup"));
        assertTrue(form.offered("_.deploymentConfig").contains("CodeDeployDefault.AllAtOnce"));
        aws.faults().on("CodeDeploy.ListDeploymentGroups").accessDenied();
        form.offered("_.deploymentGroup");
        assertTrue(
                form.status("_.deploymentGroup").contains("codedeploy:ListDeploymentGroups"),
                form.status("_.deploymentGroup"));
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        form.input("_.application").setValue(" ");
        form.input("_.application").blur();
        form.change("_.application");
        form.change("_.deploymentGroup");
        form.assertReported("Name the CodeDeploy application");
        form.assertReported("Name the deployment group");
        for (DomNode advanced : form.element().querySelectorAll(".advanced-button")) {
            ((HtmlElement) advanced).click();
        }
        form.input("_.registerOnly").click();
        form.settle();
        form.change("_.deploymentGroup");
        assertFalse(form.tells("Name the deployment group"));
    }

    @Test
    void everyKindOfRevisionHasTheRevisionsHelp() {
        List<String> helps = form.element().querySelectorAll(".radio-block-start .jenkins-help-button").stream()
                .map(link -> ((HtmlElement) link).getAttribute("helpURL"))
                .toList();
        assertEquals(5, helps.size());
        assertTrue(helps.stream().allMatch(help -> help.endsWith("CodeDeployStep/help/revision")), helps::toString);
    }

    private void revision(String kind) throws Exception {
        form.element()
                .<HtmlElement>querySelector("input[type='radio'][value='" + kind + "']")
                .click();
        form.settle();
    }
}
