package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.bundle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** A team that has its stage own environments by a pattern, and delivers by one clone after the other, is let in each time. */
class GuardedClonesTest extends RestartedRuns {

    private static final String HOST = ".eu-west-1.elasticbeanstalk.com";

    private static void stage(String environment, String targets) {
        AwsCicdConfiguration.get().setStages(List.of(BeanstalkStageTest.stage("prod", environment, guards -> {
            guards.setApprovers(Approvers.ALICE);
            guards.setTargets(targets);
        })));
    }

    private static String atOnce(String cname, int version) {
        return "[application: 'web', strategy: 'blueGreen', cname: '" + cname + "', oldEnvironment: 'terminate',"
                + " terminateAfterMinutes: 1, " + bundle(version) + "]";
    }

    private void deliver(JenkinsRule jenkins, Approvers people, String cname, int version) throws Exception {
        String blue = live(cname);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(ApprovedSwaps.script(atOnce(cname, version)), true));
        WorkflowRun run = people.asking(people.start(job), 1);
        people.approve(Approvers.ALICE, run, null);
        jenkins.waitForMessage("Terminating the old environment", run);
        local.advance(Duration.ofMinutes(2));
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatusSuccess(run);
        assertFalse(local.aws().beanstalk().has(blue), "the old one");
        assertEquals(
                "v" + version, local.aws().beanstalk().environment(live(cname)).versionLabel());
    }

    private String live(String cname) {
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            return client
                    .describeEnvironments(all -> all.applicationName("web").includeDeleted(false))
                    .environments()
                    .stream()
                    .filter(one -> (cname + HOST).equals(one.cname()))
                    .findFirst()
                    .orElseThrow()
                    .environmentName();
        }
    }

    private void both(String cname, String environment, String targets) throws Throwable {
        sessions.then(jenkins -> {
            local.configure();
            BeanstalkRuns.bundles(local.aws());
            ApprovedSwaps.environment(local.aws(), "web-prod", cname);
            stage(environment, targets);
            Approvers people = Approvers.in(jenkins);
            deliver(jenkins, people, cname, 1);
        });
        sessions.last(jenkins -> {
            Approvers people = Approvers.again(jenkins);
            deliver(jenkins, people, cname, 2);
        });
    }

    @Test
    void clonesOfWhatIsCalledAsItsCname() throws Throwable {
        both("web-prod", "web-prod", "web/web-prod*");
    }

    /** The stage names no environment, and the step none but by its CNAME: each time another one has it. */
    @Test
    void clonesOfWhatHasAnotherCname() throws Throwable {
        both("web-live", null, "web/web-*");
    }
}
