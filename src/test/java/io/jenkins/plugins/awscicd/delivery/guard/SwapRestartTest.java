package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.bundle;
import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.inPlace;
import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Which CNAME of two is the public one is known by swaps that were made before a restart, if they were certain. */
class SwapRestartTest extends RestartedRuns {

    private static void targets(String targets) {
        AwsCicdConfiguration.get().setStages(List.of(BeanstalkStageTest.stage("prod", "web-prod", guards -> {
            guards.setApprovers(Approvers.ALICE);
            guards.setTargets(targets);
        })));
    }

    @Test
    void aSwapThatWasCertainIsRememberedAndAnOlderOneIsNotTakenForOne() throws Throwable {
        sessions.then(jenkins -> {
            local.configure();
            BeanstalkRuns.bundles(local.aws());
            ApprovedSwaps.environment(local.aws(), "web-prod", "web-live");
            ApprovedSwaps.environment(local.aws(), "web-b", "web-idle");
            targets("web/web-*, web/web-live.eu-west-1.elasticbeanstalk.com");
            ApprovedSwaps swaps = new ApprovedSwaps(jenkins, Approvers.in(jenkins));
            jenkins.assertBuildStatusSuccess(swaps.approved(inPlace("web-prod", bundle(1))));
            jenkins.assertBuildStatusSuccess(swaps.approved(turns("web-live", bundle(2))));
            targets("web/web-*");
        });
        sessions.then(jenkins -> {
            ApprovedSwaps swaps = new ApprovedSwaps(jenkins, Approvers.again(jenkins));
            WorkflowRun run = swaps.approved(turns("web-idle", "version: 'v2'"));
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("to web-prod with version v1, and customers may come", run);
            jenkins.assertBuildStatusSuccess(swaps.approved(turns("web-live", "version: 'v1'")));
            assertLive("web-prod");
            Path kept =
                    jenkins.jenkins.getRootDir().toPath().resolve("aws-cicd").resolve("deployments.jsonl");
            Files.writeString(kept, Files.readString(kept).replace(",\"certain\":true", ""));
        });
        sessions.last(jenkins -> {
            ApprovedSwaps swaps = new ApprovedSwaps(jenkins, Approvers.again(jenkins));
            jenkins.assertBuildStatus(Result.FAILURE, swaps.approved(turns("web-live", "version: 'v2'")));
            assertLive("web-prod");
        });
    }

    private void assertLive(String environment) {
        assertEquals(
                "web-live.eu-west-1.elasticbeanstalk.com",
                local.aws().beanstalk().environment(environment).cname());
    }
}
