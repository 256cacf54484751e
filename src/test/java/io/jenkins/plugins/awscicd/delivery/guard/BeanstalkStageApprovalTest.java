package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Versions go to a guarded environment once the very version is approved. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BeanstalkStageApprovalTest {

    private static final String DEPLOY =
            "\nbeanstalkDeploy stage: 'prod', bundle: 's3://artifacts/1.zip', versionLabel: 'v1'";
    private static final String ASK = "awsApproval stage: 'prod', message: 'Ship it?',"
            + " what: [bundle: 's3://artifacts/1.zip', versionLabel: 'v1'], revision: 'v1'";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void theVeryVersionHasToBeApproved(JenkinsRule jenkins) throws Exception {
        local.configure();
        BeanstalkRuns.bundles(local.aws());
        EnvironmentSpec spec =
                EnvironmentSpec.simulated("web", "web-prod").version("v0").basicHealth();
        spec.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(spec);
        AwsCicdConfiguration.get()
                .setStages(List.of(
                        BeanstalkStageTest.stage("prod", "web-prod", guards -> guards.setApprovers(Approvers.ALICE))));
        Approvers people = Approvers.in(jenkins);

        WorkflowRun none = people.start(people.job("none", DEPLOY));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(none));
        jenkins.assertLogContains("stage prod: requires 1 approval by alice", none);

        WorkflowRun other = people.asking(
                people.start(people.job("other", ASK.replace("v1", "v2").replace("1.zip", "2.zip") + DEPLOY)), 1);
        people.approve(Approvers.ALICE, other, null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(other));
        jenkins.assertLogContains("a different revision was approved: v2", other);
        assertEquals(0, local.aws().calls().count("ElasticBeanstalk.UpdateEnvironment"));

        WorkflowRun run = people.asking(ASK + DEPLOY);
        people.approve(Approvers.ALICE, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(1, local.aws().calls().count("ElasticBeanstalk.UpdateEnvironment"));
    }
}
