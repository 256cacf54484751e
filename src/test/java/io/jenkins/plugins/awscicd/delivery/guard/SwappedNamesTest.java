package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.bundle;
import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.inPlace;
import static io.jenkins.plugins.awscicd.delivery.guard.ApprovedSwaps.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FolderStages;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A swap gives each of two environments the other one's name: what comes to be live by it has been approved, whichever a step calls so. */
@WithSharedJenkins
class SwappedNamesTest extends BeanstalkRuns {

    private ApprovedSwaps swaps;

    @BeforeEach
    void stage() throws Exception {
        swaps = new ApprovedSwaps(jenkins, Approvers.in(jenkins));
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
        ApprovedSwaps.environment(local.aws(), name, prefix);
    }

    private WorkflowRun approved(String... questions) throws Exception {
        return swaps.approved(questions);
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

    /** Once the stage knows which name is whose, twins go on taking turns, and so they are rolled back. */
    @Test
    void twinsTakeTurnsWithWhatIsApprovedAlone() throws Exception {
        targets("web/web-*, web/web-live.eu-west-1.elasticbeanstalk.com");
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-prod", bundle(1))));
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", bundle(2))));
        assertLive("web-b", "v2");
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", "version: 'v1'")));
        assertLive("web-prod", "v1");
        // What is remembered of swaps that were certain stands for what the stage says.
        targets("web/web-*");
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", "version: 'v2'")));
        jenkins.assertBuildStatusSuccess(approved(turns("web-live", "version: 'v1'")));
        assertLive("web-prod", "v1");
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

    private void assertWayBack(String cname, String name, String version, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "the swap gives " + cname + ".eu-west-1.elasticbeanstalk.com to " + name + " with version " + version
                        + ", and customers may come to stage prod by that",
                run);
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    /** An update of one that nobody comes to is an update, and no swap. */
    @Test
    void whatWasDeployedToTheIdleOneDoesNotMakeItsNameThePublicOne() throws Exception {
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-b", bundle(1))));
        assertWayBack("web-live", "web-b", "v1", approved(turns("web-idle", bundle(2))));
        assertLive("web-prod", "v0");
    }

    /** Both ways were approved, as nobody knew which name is the public one: that does not say it either. */
    @Test
    void aSwapThatWasApprovedBothWaysDoesNotTellThePublicName() throws Exception {
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-b", bundle(1))));
        jenkins.assertBuildStatusSuccess(approved(turns("web-idle", "version: 'v1'"), turns("web-idle", bundle(2))));
        assertLive("web-b", "v1");
        WorkflowRun run = approved(turns("web-idle", "version: 'v1'"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("to web-prod with version v2, and customers may come to stage prod by that", run);
        assertLive("web-b", "v1");
    }

    /** Years and words look as what clones have at the end of their names. */
    @Test
    void whatIsCalledAsACloneIsNotOne() throws Exception {
        environment("shop-2024", "shop-2024");
        targets("web/web-*, web/shop-*");
        assertWayBack("shop-2024", "web-prod", "v0", approved(turns("web-prod", "shop-2024", "web-live", bundle(1))));
    }

    /** AWS calls an environment by its name unless somebody chooses another: one that somebody has chosen is there for customers. */
    @Test
    void theNameOfTheStagesEnvironmentIsNotThePublicOneBesideAChosenOne() throws Exception {
        environment("web-c", "web-c");
        environment("web-d", "www-shop");
        AwsCicdConfiguration.get().setStages(List.of(namesakesStage("web/web-*")));
        assertWayBack("www-shop", "web-c", "v0", approved(turns("web-c", "web-d", "web-c", bundle(1))));
    }

    @Test
    void theNameOfTheStagesEnvironmentIsThePublicOneBesideThatOfItsTwin() throws Exception {
        String turns = namesakes("web/web-*");
        jenkins.assertBuildStatusSuccess(approved(turns));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
        // The other way round it is refused, and rolled back it is known which name is whose.
        WorkflowRun run = approved(turns("web-c", "web-d", "web-d", "version: 'v1'"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("to web-c with version v0, and customers may come to stage prod by that", run);
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    /** @return how they take turns that have no other names */
    private String namesakes(String targets) {
        environment("web-c", "web-c");
        environment("web-d", "web-d");
        AwsCicdConfiguration.get().setStages(List.of(namesakesStage(targets)));
        return turns("web-c", "web-d", "web-c", bundle(1));
    }

    private static Stage namesakesStage(String targets) {
        return BeanstalkStageTest.stage("prod", "web-c", guards -> {
            guards.setApprovers(Approvers.ALICE);
            guards.setTargets(targets);
        });
    }

    /** Who the stage is to AWS has changed, and neither its account nor what customers come by. */
    @Test
    void whatTheStageHasServedIsRememberedWhoeverItIsToAws() throws Exception {
        String turns = namesakes("web/web-*");
        jenkins.assertBuildStatusSuccess(approved(inPlace("web-d", bundle(1))));
        assertWayBack("web-d", "web-c", "v0", approved(turns));
        Stage stage = namesakesStage("web/web-*");
        StageAccess access = new StageAccess();
        access.setRole("arn:aws:iam::123456789012:role/prod-deploy");
        stage.setAccess(access);
        AwsCicdConfiguration.get().setStages(List.of(stage));
        assertWayBack("web-d", "web-c", "v0", approved(turns));
    }

    /** It was to run beside what customers come to. */
    @Test
    void whatWasApprovedForTheIdleOneIsNotForItOnceItIsLive() throws Exception {
        targets("web/web-*, web/web-live.eu-west-1.elasticbeanstalk.com");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def trial = " + inPlace("web-b", bundle(2))
                        + "\nawsApproval stage: 'prod', what: trial, message: 'Try?'\n"
                        + ApprovedSwaps.script(turns("web-live", bundle(1)))
                        + "\nbeanstalkDeploy([stage: 'prod'] + trial)",
                true));
        WorkflowRun run = swaps.approved(job, 2);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("CNAME of environment web-b of web: web-idle.eu-west-1.elasticbeanstalk.com", run);
        jenkins.assertLogContains(
                "CNAME of environment web-b of web: approved web-idle.eu-west-1.elasticbeanstalk.com, is web-live.",
                run);
        assertLive("web-b", "v1");
    }

    /** Whoever configures a folder says more of its own targets, and not which name customers of the configuration page's stage use. */
    @Test
    void aFolderDoesNotTellThePublicName() throws Exception {
        Stage more = BeanstalkStageTest.stage(
                "prod", "web-prod", guards -> guards.setTargets("web/web-idle.eu-west-1.elasticbeanstalk.com"));
        FolderStages property = new FolderStages();
        property.setStages(List.of(more));
        Folder folder = jenkins.createProject(Folder.class);
        folder.addProperty(property);
        WorkflowJob job = folder.createProject(WorkflowJob.class, "deliver");
        job.setDefinition(new CpsFlowDefinition(ApprovedSwaps.script(turns("web-idle", bundle(1))), true));
        assertWayBack("web-live", "web-b", "v0", swaps.approved(job, 1));
        assertLive("web-prod", "v0");
    }
}
