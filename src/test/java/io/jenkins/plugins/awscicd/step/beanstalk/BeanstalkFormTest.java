package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.SnippetForm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of {@code beanstalkDeploy} in the Snippet Generator, with its scripts. An error in one of these fails the test. */
@WithSharedJenkins
class BeanstalkFormTest {

    private LocalAws aws;
    private SnippetForm form;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        aws = LocalAws.builder().start();
        aws.beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-prod").version("v0"))
                .environment(EnvironmentSpec.simulated("api", "api-dev").version("a0"));
        form = new SnippetForm(jenkins, aws, "beanstalkDeploy");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesWhatIsInTheForm() throws Exception {
        assertEquals("beanstalkDeploy()", form.snippet(), "nothing is preset");
        form.input("_.application").setValue("web");
        form.input("_.environment").setValue("web-prod");
        form.input("_.bundle").setValue("dist");
        form.choose("_.health", "Yellow");
        form.choose("_.onAbort", "leave");
        assertEquals(
                "beanstalkDeploy application: 'web', bundle: 'dist', environment: 'web-prod', health: 'Yellow', onAbort: 'leave'",
                form.snippet());
    }

    @Test
    void offersWhatTheApplicationHasWhenAsked() throws Exception {
        assertEquals(0, aws.calls().total(), "nothing is asked while the form is rendered");
        assertEquals(List.of("api", "web"), form.offered("_.application"));
        assertEquals(List.of(), form.offered("_.environment"));
        assertEquals("Name the Elastic Beanstalk application", form.status("_.environment"));
        form.input("_.application").setValue("web");
        assertEquals(List.of("web-prod"), form.offered("_.environment"));
        assertTrue(form.offered("_.version").contains("v0"), form.status("_.version"));
    }

    @Test
    void whatAwsShowsToNobodyMayBeThereAllTheSame() throws Exception {
        aws.beanstalk().hidden(true);
        form.offered("_.application");
        assertEquals(
                "There are no applications in eu-west-1, or these credentials may not see them; check the region and the IAM"
                        + " action elasticbeanstalk:DescribeApplications",
                form.status("_.application"));
        aws.faults().on("ElasticBeanstalk.DescribeApplications").accessDenied();
        form.offered("_.application");
        assertTrue(
                form.status("_.application").contains("elasticbeanstalk:DescribeApplications"),
                form.status("_.application"));
    }

    @Test
    void tellsWhatIsMissing() {
        form.change("_.application");
        form.change("_.environment");
        form.change("_.bundle");
        form.assertReported("name the Elastic Beanstalk application");
        form.assertReported("name the environment to deploy to");
        form.assertReported("say what to deploy: a file or directory of the workspace");
        form.input("_.version").setValue("v0");
        form.input("_.bundle").setValue("dist");
        form.change("_.version");
        form.assertReported("cannot be combined with bundle");
    }
}
