package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.List;
import jenkins.model.InterruptedBuildAction;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the page of a run that failed at AWS says. */
@WithSharedJenkins
class JobFailureSummaryTest {

    private static final String LINK = "Open in the AWS console";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void tellsWhyAndWhere() throws Exception {
        String url = "https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/1/projects/web/build/web:1?a=1&b=2";
        HtmlPage page = page("web #1 failed: BUILD failed: <b id='markup'>exit status 1</b>", url);
        assertTrue(page.asNormalizedText().contains("BUILD failed: <b id='markup'>exit status 1</b>"));
        assertNull(page.getElementById("markup"), "what is shown is text");
        HtmlAnchor link = page.getAnchorByText(LINK);
        assertEquals(url, link.getHrefAttribute());
        assertTrue(link.getRelAttribute().contains("noopener"));
    }

    @Test
    void linksToNothingElse() throws Exception {
        for (String url : new String[] {null, "", "javascript:alert(1)", "http://example.com"}) {
            HtmlPage page = page("web #1 failed", url);
            assertTrue(page.asNormalizedText().contains("web #1 failed"));
            assertTrue(
                    page.getAnchors().stream()
                            .noneMatch(link -> link.getTextContent().contains(LINK)),
                    url);
        }
    }

    private static HtmlPage page(String message, String url) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        build.addAction(new InterruptedBuildAction(List.of(new JobFailure(message, url))));
        return jenkins.createWebClient().getPage(build);
    }
}
