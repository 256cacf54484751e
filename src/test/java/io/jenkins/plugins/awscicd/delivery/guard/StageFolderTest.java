package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FolderStages;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever configures a folder says more of stages for its jobs, and takes nothing from the stages of the configuration page. */
@WithSharedJenkins
class StageFolderTest extends CodeDeployRuns {

    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";
    private static final String TO_DEV = TO_PROD.replace("'prod'", "'dev'");
    private static final String BELONGS =
            "deployment group prod of web belongs to stage prod: add stage: 'prod' to the step";
    private static final String NOT_BEFORE =
            "stage prod: revision s3://artifacts/web.zip has not been deployed to stage dev successfully";
    private static final String ELSEWHERE = "went to a target or an AWS account that is not the stage's own";

    @BeforeEach
    void groups() {
        for (String name : List.of("prod", "dev", "scratch", "team-prod", "team-dev")) {
            local.aws().codeDeploy().group(simulated(name));
        }
    }

    private static GroupSpec simulated(String name) {
        GroupSpec group = GroupSpec.simulated("web", name);
        group.simulation().events(Duration.ofMillis(50));
        return group;
    }

    @BeforeEach
    void bundle() {
        local.aws().s3().createBucket("artifacts", true).put("artifacts", "web.zip", new byte[] {1});
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void stages(Stage... stages) {
        AwsCicdConfiguration.get().setStages(List.of(stages));
    }

    private static void prodAfterDev() {
        stages(
                StageStepTest.stage("dev", "dev", none -> {}),
                StageStepTest.stage("prod", "prod", guards -> guards.setAfter("dev")));
    }

    private static Stage stage(String name, String group) {
        return StageStepTest.stage(name, group, none -> {});
    }

    private static Stage with(Stage stage, Consumer<StageAccess> details) {
        StageAccess access = new StageAccess();
        details.accept(access);
        stage.setAccess(access);
        return stage;
    }

    private static Folder folder(Stage... stages) throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        FolderStages property = new FolderStages();
        property.setStages(List.of(stages));
        folder.addProperty(property);
        return folder;
    }

    private static WorkflowRun run(Result expected, Folder folder, String script) throws Exception {
        WorkflowJob job = folder.createProject(
                WorkflowJob.class, "job" + folder.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private static void refused(String message, Folder folder, String script) throws Exception {
        jenkins.assertLogContains(message, run(Result.FAILURE, folder, script));
    }

    /** Whoever configures a folder may write its file as well, and the stages of all folders are looked at. */
    @Test
    void noFileOfAFolderHoldsOthersUp() throws Exception {
        Folder odd = folder(stage("mine", "prod"));
        String xml = odd.getConfigFile().asString();
        String name = "io.jenkins.plugins.awscicd.config.Stage";
        int from = xml.indexOf("<" + name + ">");
        int to = xml.indexOf("</" + name + ">") + name.length() + 3;
        for (String stages : List.of("<null/>", "<" + name + "><guards/></" + name + ">", "")) {
            String changed = xml.substring(0, from) + stages + xml.substring(to);
            odd.updateByXml((Source) new StreamSource(new StringReader(changed)));
            prodAfterDev();
            run(Result.SUCCESS, folder(), "codeDeploy stage: 'dev', revision: 's3://artifacts/web.zip'");
        }
    }

    @Test
    void whatBelongsToAStageBelongsToItWhateverFoldersCallIt() throws Exception {
        stages(StageStepTest.stage("prod", "prod", guards -> guards.setClosedHours("daily 00:00-24:00 UTC")));
        Folder elsewhere = folder(stage("prod", "scratch"));
        refused(BELONGS, elsewhere, STEP);
        refused("stage prod: closed", elsewhere, TO_PROD + ", deploymentGroup: 'prod'");
        refused(BELONGS, folder(with(new Stage("prod"), access -> access.setRegion("us-east-1"))), STEP);
        refused(
                BELONGS,
                folder(with(new Stage("prod"), access -> access.setRole("arn:aws:iam::999999999999:role/ours"))),
                STEP);
        refused(BELONGS, folder(stage("mine", "prod")), TO_PROD.replace("'prod'", "'mine'"));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void theStageBeforeIsThatOfTheConfigurationPage() throws Exception {
        prodAfterDev();
        Folder folder = folder(stage("dev", "scratch"));
        run(Result.SUCCESS, folder, TO_DEV);
        refused(NOT_BEFORE, folder, TO_PROD);
        refused(ELSEWHERE, folder, TO_PROD);
        jenkins.assertLogContains(ELSEWHERE, run(Result.FAILURE, TO_PROD)); // nor for jobs that are not in the folder
        run(Result.SUCCESS, TO_DEV);
        run(Result.SUCCESS, folder, TO_PROD);
    }

    /** Once it is removed, or renamed, on the configuration page, it is not for folders to say what it was. */
    @Test
    void aStageBeforeThatIsGoneHasHadNothing() throws Exception {
        prodAfterDev();
        run(Result.SUCCESS, TO_DEV);
        stages(StageStepTest.stage("prod", "prod", guards -> guards.setAfter("dev")));
        jenkins.assertLogContains("there is no stage dev", run(Result.FAILURE, TO_PROD));
        Folder folder = folder(stage("dev", "scratch"));
        run(Result.SUCCESS, folder, TO_DEV);
        refused("there is no stage dev", folder, TO_PROD);
    }

    /** The board shows what runs at AWS, and not what somebody's own endpoint says. */
    @Test
    void whatAFolderDeploysAtItsOwnEndpointIsNotInThePlaceOfOthers() throws Exception {
        prodAfterDev();
        run(Result.SUCCESS, TO_DEV);
        Destination dev = new Destination("dev", "web", "dev");
        int before = Deployments.get().byDestination().get(dev).size();
        Folder folder = folder(with(new Stage("dev"), access -> {
            access.setCredentialsId("aws");
            access.setEndpoint(local.aws().endpoint() + "/");
        }));
        run(Result.SUCCESS, folder, TO_DEV);
        assertEquals(before, Deployments.get().byDestination().get(dev).size());
    }

    @Test
    void theStageBeforeIsInItsOwnAccount() throws Exception {
        prodAfterDev();
        local.aws().codeDeploy(new Place("999999999999", "eu-west-1")).group(simulated("dev"));
        String role = "arn:aws:iam::999999999999:role/ours";
        Folder folder = folder(with(new Stage("dev"), access -> access.setRole(role)));
        run(Result.SUCCESS, folder, TO_DEV);
        refused(ELSEWHERE, folder, TO_PROD);
        run(Result.SUCCESS, TO_DEV + ", role: '" + role + "'");
        jenkins.assertLogContains(ELSEWHERE, run(Result.FAILURE, TO_PROD));
        run(Result.SUCCESS, TO_DEV);
        run(Result.SUCCESS, TO_PROD);
    }

    @Test
    void aFolderWithItsOwnTargetsHasItsOwnStageBefore() throws Exception {
        prodAfterDev();
        Folder folder = folder(stage("dev", "team-dev"), stage("prod", "team-prod"));
        refused(NOT_BEFORE, folder, TO_PROD);
        run(Result.SUCCESS, folder, TO_DEV);
        WorkflowRun run = run(Result.SUCCESS, folder, TO_PROD);
        assertInOrder(run, "Deploying web to team-prod");
        refused(ELSEWHERE, folder, TO_PROD + ", deploymentGroup: 'prod'");
    }

    @Test
    void aFolderInAFolderIsNoWayRoundEither() throws Exception {
        stages();
        Folder outer = folder(StageStepTest.stage("prod", "prod", guards -> guards.setJobs("nowhere")));
        Folder inner = outer.createProject(Folder.class, "inner");
        FolderStages property = new FolderStages();
        property.setStages(List.of(stage("prod", "scratch")));
        inner.addProperty(property);
        refused(BELONGS, inner, STEP);
        refused("only nowhere", inner, TO_PROD);
        run(Result.SUCCESS, STEP); // a folder's stage is none of other folders'
    }

    @Test
    void aJobIsWhereItHasBeenMovedTo() throws Exception {
        stages(StageStepTest.stage("prod", "prod", guards -> guards.setJobs("shop/**")));
        Folder shop = jenkins.createProject(Folder.class, "shop");
        WorkflowJob job = job(TO_PROD);
        String before = job.getFullName();
        jenkins.assertLogContains("may not deploy here", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        job = Items.move(job, shop);
        jenkins.buildAndAssertSuccess(job);
        job = Items.move(job, jenkins.jenkins);
        jenkins.assertLogContains(
                "job " + before + " may not deploy here", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        shop.renameTo("closed-" + shop.getName()); // fewer projects would have the next one called as another is
    }

    @Test
    void credentialsOfOthersDoNotGoWhereAFolderSays() throws Exception {
        stages();
        Stage stage = with(new Stage("lent"), access -> access.setEndpoint("http://127.0.0.1:1/"));
        FolderStages property = new FolderStages();
        assertThrows(IllegalArgumentException.class, () -> property.setStages(List.of(stage)));
        StageAccess access = stage.getAccess();
        access.setCredentialsId("own");
        property.setStages(List.of(stage));
        access.setCredentialsId(null); // as somebody may write it into the folder's XML
        Folder folder = jenkins.createProject(Folder.class);
        folder.addProperty(property);
        assertEquals(
                local.aws().endpoint().toString(),
                Stages.of(folder).find("lent").orElseThrow().access().endpoint());
    }
}
