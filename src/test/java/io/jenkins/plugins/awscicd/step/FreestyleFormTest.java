package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.config.FormServer;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployPublisher;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildPublisher;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployPublisher;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeploySnippetTest;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Steps in the configuration of a freestyle job. */
@WithSharedJenkins
class FreestyleFormTest {

    private static final String BEANSTALK = "beanstalkDeploy application: 'web', bundle: '$AWS_CODEBUILD_ARTIFACT'";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FormServer.addCredentials("deployer");
    }

    @Test
    void formKeepsEveryFieldOfBuilders() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CodeDeployStep small = new CodeDeployStep();
        small.setRevision("$AWS_CODEBUILD_ARTIFACT");
        job.getBuildersList().add(new CodeBuildBuilder(FullStep.create()));
        job.getBuildersList().add(new CodeBuildBuilder(new CodeBuildStep("api")));
        job.getBuildersList().add(new CodeDeployBuilder(CodeDeploySnippetTest.whole()));
        job.getBuildersList().add(new CodeDeployBuilder(small));
        job.getBuildersList().add(new BeanstalkDeployBuilder(beanstalk()));

        roundTrip(job);
        assertBuilders(job);
        job.doReload(); // what is on disk
        assertBuilders(job);
    }

    private static void assertBuilders(FreeStyleProject job) {
        List<CodeBuildBuilder> builds = job.getBuildersList().getAll(CodeBuildBuilder.class);
        List<CodeDeployBuilder> deployments = job.getBuildersList().getAll(CodeDeployBuilder.class);
        assertEquals(FullStep.SNIPPET, Snippetizer.object2Groovy(builds.get(0).getStep()));
        assertEquals("codeBuild 'api'", Snippetizer.object2Groovy(builds.get(1).getStep()));
        assertEquals(
                CodeDeploySnippetTest.WHOLE,
                Snippetizer.object2Groovy(deployments.get(0).getStep()));
        assertEquals(
                "codeDeploy revision: '$AWS_CODEBUILD_ARTIFACT'",
                Snippetizer.object2Groovy(deployments.get(1).getStep()));
        assertEquals(
                BEANSTALK,
                Snippetizer.object2Groovy(
                        job.getBuildersList().get(BeanstalkDeployBuilder.class).getStep()));
    }

    @Test
    void formKeepsEveryFieldOfPublishers() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CodeBuildPublisher later = new CodeBuildPublisher(FullStep.create());
        later.setWhen("always");
        CodeDeployPublisher publisher = new CodeDeployPublisher(CodeDeploySnippetTest.whole());
        publisher.setWhen("unstable");
        job.getPublishersList().add(publisher);
        job.getPublishersList().add(later);
        job.getPublishersList().add(new BeanstalkDeployPublisher(beanstalk()));

        roundTrip(job);
        assertPublishers(job);
        job.doReload(); // what is on disk
        assertPublishers(job);
    }

    private static void assertPublishers(FreeStyleProject job) {
        CodeDeployPublisher publisher = job.getPublishersList().get(CodeDeployPublisher.class);
        assertEquals(CodeDeploySnippetTest.WHOLE, Snippetizer.object2Groovy(publisher.getStep()));
        assertEquals("unstable", publisher.getWhen());
        CodeBuildPublisher later = job.getPublishersList().get(CodeBuildPublisher.class);
        assertEquals(FullStep.SNIPPET, Snippetizer.object2Groovy(later.getStep()));
        assertEquals("always", later.getWhen());
        BeanstalkDeployPublisher after = job.getPublishersList().get(BeanstalkDeployPublisher.class);
        assertEquals(BEANSTALK, Snippetizer.object2Groovy(after.getStep()));
        assertNull(after.getWhen());
    }

    private static BeanstalkDeployStep beanstalk() {
        BeanstalkDeployStep beanstalk = new BeanstalkDeployStep();
        beanstalk.setApplication("web");
        beanstalk.setBundle("$AWS_CODEBUILD_ARTIFACT");
        return beanstalk;
    }

    private static void roundTrip(FreeStyleProject job) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setCssEnabled(false); // nobody looks at it
        jenkins.submit(client.getPage(job, "configure").getFormByName("config"));
    }

    @Test
    void formKeepsWhatIsNotKnown() throws Exception {
        CodeBuildStep step = access("mars-north-1", "${CREDENTIALS}");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new CodeBuildBuilder(step));

        jenkins.configRoundtrip(job);

        CodeBuildStep after = job.getBuildersList().get(CodeBuildBuilder.class).getStep();
        assertEquals("mars-north-1", after.getRegion());
        assertEquals("${CREDENTIALS}", after.getCredentialsId());
    }

    @Test
    void formClears() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new CodeBuildBuilder(access("eu-west-1", "deployer")));
        HtmlPage page = jenkins.createWebClient().getPage(job, "configure");
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        HtmlForm form = page.getFormByName("config");
        HtmlElement builder = (HtmlElement)
                form.<HtmlElement>querySelector("input[name='_.project']").closest("[name='builder']");
        for (String field : List.of("region", "credentialsId")) {
            HtmlSelect select = builder.querySelector("select[name='_." + field + "']");
            assertEquals(
                    field.equals("region") ? "eu-west-1" : "deployer",
                    select.getSelectedOptions().get(0).getValueAttribute());
            select.setSelectedAttribute("", true);
            page.getWebClient()
                    .waitForBackgroundJavaScript(20_000); // lists that depend on what was changed are filled anew
        }

        jenkins.submit(form);

        CodeBuildStep after = job.getBuildersList().get(CodeBuildBuilder.class).getStep();
        assertEquals("web", after.getProject());
        assertNull(after.getRegion());
        assertNull(after.getCredentialsId());
    }

    private static CodeBuildStep access(String region, String credentialsId) {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setRegion(region);
        step.setCredentialsId(credentialsId);
        return step;
    }
}
