package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@WithSharedJenkins
class IamPolicyTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";
    private static final AwsAccess ACCESS = new AwsAccess("eu-central-1", null, ROLE, null, null, null);

    private final StageDefaults defaults = new StageDefaults();

    @Test
    void policyIsOfWhatIsBuiltAndDeployed() {
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        String policy = IamPolicy.of(ACCESS, defaults);
        assertTrue(
                policy.startsWith(
                        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Sid\": \"Deployments\",\n"),
                policy);
        JSONObject first = statements(policy).getJSONObject(0);
        assertEquals(List.of("Sid", "Effect", "Action", "Resource"), List.copyOf(first.keySet()), "as AWS writes it");
        assertEquals("Deployments", first.getString("Sid"));
        assertEquals("Allow", first.getString("Effect"));
        assertEquals("codedeploy:CreateDeployment", first.getJSONArray("Action").getString(0));
        assertEquals(
                List.of("arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:web/prod"),
                first.getJSONArray("Resource"));
        assertFalse(policy.contains("codebuild:"), policy);
        assertFalse(policy.contains("elasticbeanstalk:"), policy);
    }

    @Test
    void withoutNamesItIsOfEverything() {
        String policy = IamPolicy.of(AwsAccess.DEFAULT, defaults);
        assertTrue(policy.contains("\"arn:aws:codebuild:*:*:project/*\""), policy);
        assertTrue(policy.contains("\"arn:aws:codedeploy:*:*:deploymentgroup:*/*\""), policy);
        assertTrue(policy.contains("\"arn:aws:elasticbeanstalk:*:*:environment/*/*\""), policy);
    }

    @Test
    void namesStayStrings() {
        defaults.setCodeBuildProject("a\"b</pre>");
        String resource = statements(IamPolicy.of(ACCESS, defaults))
                .getJSONObject(0)
                .getJSONArray("Resource")
                .getString(0);
        assertEquals("arn:aws:codebuild:eu-central-1:123456789012:project/a\"b</pre>", resource);
    }

    @Test
    void roleIsAssumedByTheCredentials() {
        String policy = IamPolicy.toAssume(ACCESS);
        JSONObject only = statements(policy).getJSONObject(0);
        assertEquals(List.of("sts:AssumeRole"), only.getJSONArray("Action"));
        assertEquals(List.of(ROLE), only.getJSONArray("Resource"));
        assertNull(IamPolicy.toAssume(AwsAccess.DEFAULT));
    }

    private static JSONArray statements(String policy) {
        return JSONObject.fromObject(policy).getJSONArray("Statement");
    }

    @Test
    void buttonShowsThePolicyOfWhatIsTyped(JenkinsRule jenkins) throws Exception {
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-central-1");
        configuration.setRole(ROLE);
        Stage dev = new Stage("dev");
        StageDefaults ofDev = new StageDefaults();
        ofDev.setCodeBuildProject("not-this-one");
        dev.setDefaults(ofDev);
        configuration.setStages(List.of(dev, new Stage("prod")));
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        type(page, "codeDeployApplication", "shop<script>alert(1)</script>");
        type(page, "deploymentGroup", "prod & more");
        HtmlButton button = last(page.getByXPath("//button[normalize-space()='Show IAM policy']"));
        button.click();
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        HtmlElement answer =
                ((HtmlElement) button.getParentNode()).querySelector(".jenkins-validate-button__container__status");
        List<HtmlElement> policies = List.copyOf(answer.getElementsByTagName("pre"));
        assertEquals(2, policies.size(), answer::asXml);
        String policy = policies.get(0).getTextContent();
        assertEquals(
                List.of("arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:"
                        + "shop<script>alert(1)</script>/prod & more"),
                statements(policy).getJSONObject(0).getJSONArray("Resource"));
        assertFalse(policy.contains("not-this-one") || policy.contains("codebuild:"), policy);
        assertEquals(
                List.of(), List.copyOf(answer.getElementsByTagName("script")), "nothing becomes a part of the page");
        assertTrue(policies.get(1).getTextContent().contains("sts:AssumeRole"), answer::asXml);
    }

    private static void type(HtmlPage page, String field, String value) {
        HtmlInput input = last(page.getByXPath("//input[@name='_." + field + "']"));
        input.setValue(value);
    }

    /** That of the stage that comes last: before it, there is the one that new ones are made of. */
    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
