package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** Guarded environments, whoever tries to go round the guards. */
@WithSharedJenkins
public class BeanstalkStageTest extends BeanstalkRuns {

    private static final String BUNDLE = "bundle: 's3://artifacts/1.zip', versionLabel: 'v1'";
    private static final String TO_PROD = "beanstalkDeploy stage: 'prod', " + BUNDLE;
    private static final String BELONGS =
            "environment web-prod of web belongs to stage prod: add stage: 'prod' to the step";

    public static Stage stage(String name, String environment, Consumer<StageGuards> guards) {
        Stage stage = new Stage(name);
        StageDefaults defaults = new StageDefaults();
        defaults.setBeanstalkApplication("web");
        defaults.setEnvironment(environment);
        stage.setDefaults(defaults);
        StageGuards guarded = new StageGuards();
        guards.accept(guarded);
        stage.setGuards(guarded);
        return stage;
    }

    private static void prod(Consumer<StageGuards> guards) {
        AwsCicdConfiguration.get()
                .setStages(List.of(stage("dev", "web-dev", none -> {}), stage("prod", "web-prod", guards)));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private void environment(String name, String prefix) {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", name)
                .version("v0")
                .cname(prefix)
                .basicHealth();
        spec.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(spec);
    }

    private static void refused(String message, String script) throws Exception {
        jenkins.assertLogContains(message, run(Result.FAILURE, script));
    }

    @Test
    void aGuardedEnvironmentIsNotUpdatedWithoutItsStage() throws Exception {
        environment("web-prod", "web-live");
        environment("web-prod-0a1f", "web-next");
        prod(guards -> guards.setJobs("**"));

        refused(BELONGS, STEP);
        refused(BELONGS, STEP + ", stage: 'dev'");
        refused(BELONGS.replace("web-prod", "web-prod-0a1f"), STEP.replace("'web-prod'", "'web-prod-0a1f'"));
        assertEquals(0, calls("UpdateEnvironment"));
        run(Result.SUCCESS, TO_PROD);
        assertEquals("web-prod", deployed("prod").destination().target());
    }

    @Test
    void aGuardedEnvironmentIsNotReplacedWithoutItsStage() throws Exception {
        environment("web-prod", "web-live");
        environment("web-b", "web-idle");
        prod(guards -> guards.setJobs("**"));

        String web = "beanstalkDeploy application: 'web', ";
        String blueGreen = web + BUNDLE + ", strategy: 'blueGreen', cname: 'web-live'";
        refused(BELONGS, blueGreen);
        refused(BELONGS, blueGreen + ", stage: 'dev'");
        refused(BELONGS, blueGreen + ", environment: 'web-prod', twin: 'web-b', swap: false");
        refused(BELONGS, blueGreen.replace("live", "idle") + ", environment: 'web-prod', twin: 'web-b'");
        refused(BELONGS, web + "continueBlueGreen: 'web-b', version: 'v0', cname: 'web-live'");
        // A clone with a name of its own would be live, and nobody's.
        String alone = "environment web-prod of web belongs to stage prod, but scratch-";
        refused(alone, blueGreen + ", environment: 'scratch', stage: 'prod'");
        assertEquals(0, calls("CreateEnvironment"));
        assertEquals(0, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    /** What nobody has approved is to be ended as well. */
    @Test
    void aCloneOfAGuardedEnvironmentIsDiscardedInItsStageAlone() throws Exception {
        environment("web-prod", "web-live");
        environment("web-prod-0a1f", "web-next");
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.updateEnvironment(update ->
                    update.environmentName("web-prod-0a1f").description("Blue/green clone made by Jenkins, of a test"));
        }
        prod(guards -> guards.setApprovals("1"));

        String discard = "beanstalkDeploy application: 'web', discardBlueGreen: 'web-prod-0a1f', cname: 'web-live'";
        refused(BELONGS.replace("web-prod", "web-prod-0a1f"), discard);
        refused(BELONGS.replace("web-prod", "web-prod-0a1f"), discard + ", stage: 'dev'");
        assertEquals(0, calls("TerminateEnvironment"));
        run(Result.SUCCESS, discard + ", stage: 'prod'");
        assertFalse(local.aws().beanstalk().has("web-prod-0a1f"));
    }

    /** A clone is still one once it is live; which one is live is not for a step to say that ends the other. */
    @Test
    void whatIsLiveIsNotDiscarded() throws Exception {
        environment("web-prod", "shop");
        environment("web-prod-0a1f", "web-next");
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.updateEnvironment(update ->
                    update.environmentName("web-prod-0a1f").description("Blue/green clone made by Jenkins, of a test"));
            prod(guards -> guards.setJobs("**"));
            run(Result.SUCCESS, TO_PROD);
            client.swapEnvironmentCNAMEs(
                    swap -> swap.sourceEnvironmentName("web-prod").destinationEnvironmentName("web-prod-0a1f"));
        }
        LocalAwsExtension.await(() ->
                local.aws().beanstalk().environment("web-prod-0a1f").cname().startsWith("shop."));
        String discard =
                "beanstalkDeploy stage: 'prod', application: 'web', discardBlueGreen: 'web-prod-0a1f', cname: ";
        refused("environment web-prod-0a1f of web is live for stage prod", discard + "'web-next'");
        prod(guards -> guards.setTargets("web/shop"));
        refused("environment web-prod-0a1f of web is live for stage prod", discard + "'web-next'");
        assertEquals(0, calls("TerminateEnvironment"));
    }

    @Test
    void theStageBeforeMustHaveHadItAtAPlaceOfItsOwn() throws Exception {
        environment("web-prod", "web-live");
        environment("web-dev", "web-dev");
        environment("scratch", "scratch");
        prod(guards -> guards.setAfter("dev"));

        String before = "stage prod: revision v1 has not been deployed to stage dev successfully";
        refused(before, TO_PROD);
        run(Result.SUCCESS, TO_PROD.replace("'prod'", "'dev', environment: 'scratch'"));
        refused(before, TO_PROD);
        run(Result.SUCCESS, TO_PROD.replace("'prod'", "'dev'"));
        WorkflowRun run = run(Result.SUCCESS, TO_PROD);
        assertInOrder(run, "Deploying v1 to web-prod");
    }

    @Test
    void aGuardedEnvironmentDoesNotGiveItsNameToAnother() throws Exception {
        environment("web-prod", "web-live");
        environment("scratch", "web-scratch");
        prod(guards -> guards.setJobs("**"));

        String web = "beanstalkDeploy application: 'web', ";
        String goOn = web + "continueBlueGreen: 'web-prod', version: 'v0', cname: 'web-scratch'";
        String alone =
                "environment web-prod of web belongs to stage prod, but scratch, which it would swap places with, does not";
        refused(BELONGS, goOn);
        refused(alone, goOn + ", stage: 'prod'");
        String turns =
                web + BUNDLE + ", stage: 'prod', strategy: 'blueGreen', environment: 'web-prod', twin: 'scratch'";
        refused(alone, turns + ", cname: 'web-scratch'");
        refused(alone, turns + ", cname: 'web-live'");
        assertEquals(0, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        prod(guards -> guards.setTargets("web/scratch"));
        run(Result.SUCCESS, turns + ", cname: 'web-live'");
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    /** Names were swapped outside of Jenkins: what is live is the stage's, and stays so for as long as it is. */
    @Test
    void whateverServesTheStagesNameIsTheStages() throws Exception {
        environment("web-prod", "web-prod");
        environment("web-b", "web-idle");
        prod(guards -> guards.setJobs("**"));
        String toB = STEP.replace("'web-prod'", "'web-b'");
        run(Result.SUCCESS, toB);
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.swapEnvironmentCNAMEs(
                    swap -> swap.sourceEnvironmentName("web-prod").destinationEnvironmentName("web-b"));
        }
        LocalAwsExtension.await(
                () -> local.aws().beanstalk().environment("web-b").cname().startsWith("web-prod."));
        long updates = calls("UpdateEnvironment");
        refused("environment web-b of web, which serves web-prod.", toB);
        refused("belongs to stage prod: add stage: 'prod' to the step", toB + ", stage: 'dev'");
        refused(BELONGS, STEP); // which is the stage's by its name
        String web = "beanstalkDeploy application: 'web', " + BUNDLE + ", ";
        refused(
                "belongs to stage prod: add stage: 'prod' to the step",
                web + "strategy: 'blueGreen', environment: 'scratch', cname: 'web-prod'");
        refused(
                "belongs to stage prod: add stage: 'prod' to the step",
                web + "environment: 'other', createEnvironment: true, cnamePrefix: 'web-prod',"
                        + " solutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20'");
        assertEquals(updates, calls("UpdateEnvironment"));
        assertEquals(0, calls("CreateEnvironment"));
        run(Result.SUCCESS, toB + ", stage: 'prod'");
    }

    /** The CNAME is neither the environment's name nor a target of the stage: it is the stage's as the stage was seen to serve it. */
    @Test
    void whateverServesWhatTheStageHasServedIsTheStages() throws Exception {
        environment("web-prod", "shop");
        environment("web-b", "web-idle");
        prod(guards -> guards.setJobs("**"));
        String toB = STEP.replace("'web-prod'", "'web-b'");
        run(Result.SUCCESS, TO_PROD);
        run(Result.SUCCESS, toB);
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.swapEnvironmentCNAMEs(
                    swap -> swap.sourceEnvironmentName("web-prod").destinationEnvironmentName("web-b"));
        }
        LocalAwsExtension.await(
                () -> local.aws().beanstalk().environment("web-b").cname().startsWith("shop."));
        long updates = calls("UpdateEnvironment");
        refused("environment web-b of web, which serves shop.", toB);
        refused("belongs to stage prod: add stage: 'prod' to the step", toB + ", stage: 'dev'");
        refused(
                "belongs to stage prod: add stage: 'prod' to the step",
                "beanstalkDeploy application: 'web', " + BUNDLE
                        + ", environment: 'other', createEnvironment: true, cnamePrefix: 'shop',"
                        + " solutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20'");
        assertEquals(updates, calls("UpdateEnvironment"));
        assertEquals(0, calls("CreateEnvironment"));
        run(Result.SUCCESS, toB + ", stage: 'prod'");
    }

    @Test
    void noNameIsAnother() throws Exception {
        environment("web-prod", "web-live");
        prod(guards -> guards.setJobs("**"));
        String id = local.aws().beanstalk().environment("web-prod").id();
        for (String name :
                List.of("WEB-PROD", "web-prod ", id, "arn:aws:elasticbeanstalk:eu-west-1::environment/web/web-prod")) {
            run(Result.FAILURE, STEP.replace("'web-prod'", "'" + name + "'"));
        }
        run(Result.FAILURE, STEP + ", region: 'eu-west-1-fips'");
        refused(
                BELONGS.replace("web-prod", "web-prod-0a1f"),
                STEP.replace("'web-prod'", "'web-prod-0a1f'")
                        + ", createEnvironment: true, solutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20'");
        prod(guards -> guards.setJobs("nowhere"));
        refused("stage prod: job ", "beanstalkDeploy stage: 'prod', version: 'v0'"); // as any other
        assertEquals(0, calls("UpdateEnvironment"));
        assertEquals(0, calls("CreateEnvironment"));
    }

    private static Deployment deployed(String stage) {
        Deployment deployment = Deployments.get().latestSuccess(stage, "web").orElseThrow();
        assertTrue(deployment.revision() != null);
        return deployment;
    }
}
