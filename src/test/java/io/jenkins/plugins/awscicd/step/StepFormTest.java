package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What forms do by their scripts. */
@WithSharedJenkins
class StepFormTest {

    private static Stage guarded(String name) {
        Stage stage = new Stage(name);
        StageGuards guards = new StageGuards();
        guards.setAfter("test");
        stage.setGuards(guards);
        return stage;
    }

    @Test
    void nothingIsMissingBeforeAnybodyHasTyped(JenkinsRule jenkins) throws Exception {
        try (LocalAws aws = LocalAws.builder().start()) {
            SnippetForm form = new SnippetForm(jenkins, aws, "codeDeploy");
            form.settle();
            assertEquals(List.of(), errors(form.element()));
            form.input("_.application").focus();
            form.input("_.deploymentGroup").focus();
            form.settle();
            assertEquals(List.of("Name the CodeDeploy application"), errors(form.element()));
            form.input("_.application").setValue("web");
            form.change("_.application");
            assertEquals(List.of(), errors(form.element()));
        }
    }

    @Test
    void aGuardedStageIsAskedFirstAndTakesTheFieldsThatItRefuses(JenkinsRule jenkins) throws Exception {
        try (LocalAws aws = LocalAws.builder().start()) {
            AwsCicdConfiguration.get().setStages(List.of(new Stage("test"), guarded("prod")));
            SnippetForm form = new SnippetForm(jenkins, aws, "beanstalkDeploy");
            assertTrue(
                    form.select("_.stage").compareDocumentPosition(form.input("_.application")) == 4,
                    "stage comes before application");
            assertEquals(List.of("false", "false", "false"), hidden(form));
            form.choose("_.stage", "prod");
            form.settle();
            assertEquals(List.of("true", "true", "true"), hidden(form));
            form.choose("_.stage", "test");
            form.settle();
            assertEquals(List.of("false", "false", "false"), hidden(form));
            form.input("_.role").setValue("arn:aws:iam::123456789012:role/other");
            form.choose("_.stage", "prod");
            form.settle();
            assertEquals(List.of("true", "false", "true"), hidden(form), "what has to be taken out is shown");
            assertTrue(form.tells("The stage is guarded"));
        }
    }

    @Test
    void stagesShowTheirNamesAndOfferEachOther(JenkinsRule jenkins) throws Exception {
        AwsCicdConfiguration.get().setStages(List.of(new Stage("test"), guarded("prod")));
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        List<HtmlElement> names = page.querySelectorAll("input.awscicd-stage-name").stream()
                .map(HtmlElement.class::cast)
                .toList();
        assertEquals(
                List.of("Stage test", "Stage prod"),
                names.stream()
                        .map(name -> name.closest(".repeated-chunk")
                                .<DomElement>querySelector(".repeated-chunk__header")
                                .getTextContent()
                                .strip())
                        .toList());
        HtmlElement after = page.querySelector("input[name='_.after'][value='test']");
        DomElement offered = page.getElementById(after.getAttribute("list"));
        assertEquals(
                List.of("test", "prod"),
                offered.querySelectorAll("option").stream()
                        .map(option -> ((DomElement) option).getAttribute("value"))
                        .toList());
        assertFalse(page.asNormalizedText().contains("is not a valid stage name"));
    }

    private static List<String> errors(HtmlElement form) {
        return form.querySelectorAll(".validation-error-area .error").stream()
                .map(error -> ((HtmlElement) error).getTextContent().strip())
                .toList();
    }

    private static List<String> hidden(SnippetForm form) {
        return form.element().querySelectorAll(".awscicd-access__own").stream()
                .map(block -> String.valueOf(
                        ((DomElement) block).getAttribute("class").contains("jenkins-hidden")))
                .toList();
    }
}
