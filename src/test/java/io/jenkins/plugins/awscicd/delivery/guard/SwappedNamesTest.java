package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A swap gives each of two environments the other one's name: what comes to be live by it has been approved, whichever a step calls so. */
@WithSharedJenkins
class SwappedNamesTest extends BeanstalkRuns {

    private static final String TURNS =
            "[application: 'web', environment: 'web-prod', twin: 'web-b', strategy: 'blueGreen', ";

    private Approvers people;

    @BeforeEach
    void stage() throws Exception {
        people = Approvers.in(jenkins);
        environment("web-prod", "web-live");
        environment("web-b", "web-idle");
        targets("web/web-*");
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void targets(String targets) {
        AwsCicdConfiguration.get().setStages(List.of(BeanstalkStageTest.stage("prod", "web-prod", guards -> {
            guards.setApprovers(Approvers.ALICE);
            guards.setTargets(targets);
        })));
    }

    private void environment(String name, String prefix) {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", name)
                .version("v0")
                .cname(prefix)
                .basicHealth();
        spec.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(spec);
    }

    /** @param questions what alice approves, of which the last one is deployed */
    private WorkflowRun approved(String... questions) throws Exception {
        StringBuilder script = new StringBuilder("def how\n");
        for (String question : questions) {
            script.append("how = ")
                    .append(question)
                    .append("\nawsApproval stage: 'prod', what: how, message: 'Ship it?'\n");
        }
        WorkflowJob job = job(script + "beanstalkDeploy([stage: 'prod'] + how)");
        WorkflowRun run = people.start(job);
        for (int i = 0; i < questions.length; i++) {
            int before = i;
            Approvers.waitUntil(run, () -> !run.isBuilding() || answered(run) == before && isAsking(run));
            people.approve(Approvers.ALICE, run, null);
        }
        return jenkins.waitForCompletion(run);
    }

    private static boolean isAsking(WorkflowRun run) throws Exception {
        InputAction inputs = run.getAction(InputAction.class);
        return inputs != null && inputs.getExecutions().size() == 1;
    }

    private static long answered(WorkflowRun run) {
        ApprovalAction approvals = run.getAction(ApprovalAction.class);
        return approvals == null
                ? 0
                : approvals.getApprovals().stream()
                        .filter(ApprovalRecord::isApproved)
                        .count();
    }

    private static String inPlace(String environment, String version) {
        return "[application: 'web', environment: '" + environment + "', " + version + "]";
    }

    private static String turns(String cname, String version) {
        return TURNS + "cname: '" + cname + "', " + version + "]";
    }

    private static String bundle(int number) {
        return "bundle: 's3://artifacts/" + number + ".zip', versionLabel: 'v" + number + "'";
    }

    private void assertLive(String environment, String version) {
        assertEquals(version, local.aws().beanstalk().environment(environment).versionLabel());
        assertEquals(
                "web-live.eu-west-1.elasticbeanstalk.com",
                local.aws().beanstalk().environment(environment).cname());
    }

    @Test
    void whatWasLiveEarlierIsNotPutBackByCallingTheOtherNameThePublicOne() throws Exception {
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-prod", bundle(1))));
        for (String call :
                List.of(turns("web-idle", "version: 'v1'"), turns("web-idle", "version: 'v1', swap: false"))) {
            WorkflowRun run = approved(call);
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("the swap gives web-live.", run);
            jenkins.assertLogContains("to web-b with version v0, and customers may come to stage prod by that", run);
        }
        String later = "[application: 'web', continueBlueGreen: 'web-prod', cname: 'web-idle', version: 'v1']";
        jenkins.assertBuildStatus(Result.FAILURE, approved(later));
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertLive("web-prod", "v1");
    }

    /** Once the stage has seen which name was whose, twins go on taking turns, and so they are rolled back. */
    @Test
    void twinsTakeTurnsWithWhatIsApprovedAlone() throws Exception {
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-prod", bundle(1))));
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", bundle(2))));
        assertLive("web-b", "v2");
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", "version: 'v1'")));
        assertLive("web-prod", "v1");
        // By now both names have been seen to be somebody's, and v2 is on the idle one.
        WorkflowRun run = approved(turns("web-idle", "version: 'v1'"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("the swap gives web-live.", run);
        assertLive("web-prod", "v1");
        jenkins.assertBuildStatusSuccess(
                approved(turns("web-idle", "version: 'v2'"), turns("web-idle", "version: 'v1'")));
        assertLive("web-b", "v2");
    }

    /** Nothing has been seen yet, and a pattern names both. */
    @Test
    void theStageIsToldWhichNameIsThePublicOne() throws Exception {
        WorkflowRun run = approved(turns("web-live", bundle(1)));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("add web/web-live.eu-west-1.elasticbeanstalk.com to the targets of the stage", run);
        assertEquals(0, calls("UpdateEnvironment"));
        targets("web/web-*, web/web-live.eu-west-1.elasticbeanstalk.com");
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", bundle(1))));
        assertLive("web-b", "v1");
        jenkins.assertBuildStatus(Result.FAILURE, approved(turns("web-idle", "version: 'v1'")));
        assertLive("web-b", "v1");
    }

    /** Nobody comes to what a deployment has made for itself. */
    @Test
    void aNewCloneHasNoCustomers() throws Exception {
        String clone = "[application: 'web', environment: 'web-prod', strategy: 'blueGreen', cname: 'web-live', "
                + bundle(1) + "]";
        jenkins.assertBuildStatusSuccess(approved(clone));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }
}
