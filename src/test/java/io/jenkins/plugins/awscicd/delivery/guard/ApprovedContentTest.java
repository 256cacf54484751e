package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** What is approved is what is deployed: where, with what in it, and with what else changes what goes live. */
@WithJenkins
@OwnJenkins
@Timeout(value = 6, unit = java.util.concurrent.TimeUnit.MINUTES)
class ApprovedContentTest {

    private static final String ASK = "awsApproval message: 'Ship it?', stage: 'prod', ";
    private static final String WAIT = "\ninput id: 'Wait', message: 'Now?'\n";
    private static final String BUILDSPEC = """
            version: 0.2
            phases:
              build:
                commands: ['echo app > app.txt', 'echo "web: ./run" > Procfile']
            artifacts:
              files: ['**/*']
            """;

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;
    private Approvers people;

    private void prod(JenkinsRule rule, boolean versioned) throws Exception {
        jenkins = rule;
        local.configure();
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        local.aws().codeDeploy().group(group);
        EnvironmentSpec environment =
                EnvironmentSpec.simulated("web", "web-prod").version("v0").basicHealth();
        environment.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(environment);
        local.aws().s3().createBucket("artifacts", versioned);
        put("good");
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        defaults.setBeanstalkApplication("web");
        defaults.setEnvironment("web-prod");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        people = Approvers.in(jenkins);
    }

    private void put(String content) {
        local.aws().s3().put("artifacts", "web.zip", content.getBytes(StandardCharsets.UTF_8));
    }

    private WorkflowRun approved(String name, String script) throws Exception {
        WorkflowRun run = people.asking(people.start(people.job(name, script)), 1);
        people.approve(Approvers.ALICE, run, null);
        return run;
    }

    private void refused(WorkflowRun run, String... messages) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        for (String message : messages) {
            jenkins.assertLogContains(message, run);
        }
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
        assertEquals(0, local.aws().calls().count("ElasticBeanstalk.UpdateEnvironment"));
    }

    private void goOn(WorkflowRun run) throws Exception {
        jenkins.waitForMessage("Now?", run);
        people.call(Approvers.ADMIN, run, "proceedEmpty");
    }

    @Test
    void whatIsPutThereAfterwardsIsNotDeployed(JenkinsRule rule) throws Exception {
        for (boolean versioned : new boolean[] {true, false}) {
            if (versioned) {
                prod(rule, true);
            } else {
                AwsCicdConfiguration.get();
                local.aws().s3().createBucket("plain", false);
            }
            String bucket = versioned ? "artifacts" : "plain";
            String object = "s3://" + bucket + "/web.zip";
            local.aws().s3().put(bucket, "web.zip", "good".getBytes(StandardCharsets.UTF_8));
            for (String deploy : List.of(
                    "codeDeploy stage: 'prod', revision: '" + object + "'",
                    "beanstalkDeploy stage: 'prod', bundle: '" + object + "'")) {
                WorkflowRun run =
                        approved(bucket + deploy.substring(0, 4), ASK + "revision: '" + object + "'" + WAIT + deploy);
                jenkins.waitForMessage("Now?", run);
                String content = delivery(run).getContent();
                assertNotNull(content);
                assertTrue(content.startsWith(object + " @ "), content);
                local.aws().s3().put(bucket, "web.zip", "evil".getBytes(StandardCharsets.UTF_8));
                goOn(run);
                refused(run, "content: approved " + content + ", is " + object + " @ ");
                local.aws().s3().put(bucket, "web.zip", "good".getBytes(StandardCharsets.UTF_8));
            }
        }
        WorkflowRun run = approved(
                "good",
                ASK
                        + "revision: 's3://artifacts/web.zip'\ncodeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(1, local.aws().codeDeploy().deployments().size());
        try (CodeDeployClient client = Clients.of(local.aws()).codeDeploy()) {
            String id = local.aws().codeDeploy().deployments().get(0).id();
            assertNotNull(
                    client.getDeployment(get -> get.deploymentId(id))
                            .deploymentInfo()
                            .revision()
                            .s3Location()
                            .version(),
                    "AWS is held to what was approved");
        }
    }

    private static ApprovedDelivery delivery(Run<?, ?> run) {
        ApprovedDelivery delivery = Approvers.onlyRecord(run).getDelivery();
        assertNotNull(delivery);
        return delivery;
    }

    @Test
    void whereItGoesAndWithWhatIsPartOfTheQuestion(JenkinsRule rule) throws Exception {
        prod(rule, true);
        String deploy = "\ncodeDeploy stage: 'prod', revision: 's3://artifacts/web.zip', "
                + "deploymentConfig: 'CodeDeployDefault.AllAtOnce'";
        WorkflowRun without = approved("without", ASK + "revision: 's3://artifacts/web.zip'" + deploy);
        refused(
                without,
                "deploymentConfig: approved none, is CodeDeployDefault.AllAtOnce",
                "what: [revision: …, deploymentConfig: …]");
        String secret = "hunter-2-two";
        String settings = "optionSettings: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: "
                + "'TOKEN', value: '%s']]";
        String bundle = "bundle: 's3://artifacts/web.zip', versionLabel: 'v1', " + settings;
        WorkflowRun otherwise = approved(
                "otherwise",
                ASK + "what: [" + bundle.formatted(secret) + "]" + "\nbeanstalkDeploy stage: 'prod', "
                        + bundle.formatted("other"));
        refused(otherwise, "optionSettings aws:elasticbeanstalk:application:environment TOKEN: approved value ");
        String kept = Jenkins.XSTREAM2.toXML(Approvers.onlyRecord(otherwise));
        assertTrue(kept.contains("TOKEN"), kept);
        assertFalse(kept.contains(secret), "the value is not kept with the question");
        jenkins.assertLogNotContains(secret, otherwise);
        WorkflowRun elsewhere = approved(
                "elsewhere",
                ASK + "what: [revision: 's3://artifacts/web.zip', deploymentGroup: 'canary']"
                        + "\ncodeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'");
        refused(
                elsewhere,
                "target: approved deployment group canary of web (eu-west-1), is deployment group prod of web");

        WorkflowRun run = approved(
                "with",
                "def how = [revision: 's3://artifacts/web.zip', deploymentConfig: 'CodeDeployDefault.AllAtOnce']\n"
                        + ASK + "what: how" + "\ncodeDeploy([stage: 'prod'] + how)");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("To: deployment group prod of web (eu-west-1)", run);
        jenkins.assertLogContains("Content: s3://artifacts/web.zip @ ", run);
        jenkins.assertLogContains("With deploymentConfig: CodeDeployDefault.AllAtOnce", run);
        jenkins.assertLogContains("Known by name only, and not compared: settings of the deployment group", run);
        WorkflowRun ofLabel = approved(
                "label",
                ASK + "what: [" + bundle.formatted(secret) + "]\nbeanstalkDeploy stage: 'prod', "
                        + bundle.formatted(secret));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(ofLabel));
    }

    @Test
    void aBuildIsApprovedAsItWasBuiltForBothServices(JenkinsRule rule) throws Exception {
        prod(rule, true);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web").buildspec(BUILDSPEC).artifacts("artifacts", "build.zip"));
        String build = "def build = codeBuild project: 'web'\n";
        String ask = ASK + "what: build\n";
        WorkflowRun replaced = people.asking(people.start(people.job("replaced", build + WAIT + ask)), 1);
        local.aws().s3().keys("artifacts").stream()
                .filter(key -> key.endsWith("build.zip"))
                .forEach(key -> local.aws().s3().put("artifacts", key, "evil".getBytes(StandardCharsets.UTF_8)));
        people.call(Approvers.ADMIN, replaced, "proceedEmpty");
        refused(replaced, "has been overwritten since it was built");
        assertNull(replaced.getAction(io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction.class));

        for (String deploy :
                List.of("codeDeploy stage: 'prod', revision: build", "beanstalkDeploy stage: 'prod', bundle: build")) {
            WorkflowRun run = approved(deploy.substring(0, 4), build + ask + deploy);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        }
    }

    @Test
    void whatNobodyCouldTellLaterIsNotAskedAbout(JenkinsRule rule) throws Exception {
        prod(rule, true);
        for (String about : List.of(
                "revision: 'v9'",
                "revision: 's3://artifacts/absent.zip'",
                "what: 'version 9'",
                "what: [revision: 'workspace']")) {
            WorkflowRun run = people.start(people.job("p" + about.hashCode(), ASK + about));
            refused(run, "requires an approval of exactly what is deployed");
        }
        WorkflowRun odd = people.start(people.job("odd", ASK + "what: [color: 'red']"));
        refused(odd, "awsApproval what: has color");

        WorkflowRun old = approved(
                "old",
                ASK + "revision: 's3://artifacts/web.zip'" + WAIT
                        + "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'");
        jenkins.waitForMessage("Now?", old);
        var field = Approvers.onlyRecord(old).getClass().getDeclaredField("delivery");
        field.setAccessible(true);
        field.set(Approvers.onlyRecord(old), null); // as an older version has kept it
        goOn(old);
        refused(old, "it was approved with an older version of this plugin", "ask again");
    }

    @Test
    void aPreparedEnvironmentIsApprovedAsItIs(JenkinsRule rule) throws Exception {
        prod(rule, true);
        String prepare = "def green = beanstalkDeploy stage: 'prod', bundle: 's3://artifacts/web.zip', "
                + "strategy: 'blueGreen', cname: 'web-prod', swap: false, bakeMinutes: 0\n";
        AwsCicdConfiguration.get().getStages().get(0).getGuards().setApprovers(null);
        AwsCicdConfiguration.get().getStages().get(0).getGuards().setJobs("**");
        WorkflowRun run = people.start(people.job(
                "green",
                prepare + WAIT + ASK + "what: green\nbeanstalkDeploy stage: 'prod', continueBlueGreen: green"));
        people.asking(run, 1);
        AwsCicdConfiguration.get().getStages().get(0).getGuards().setApprovers(Approvers.ALICE);
        goOn(run);
        people.asking(run, 1);
        people.approve(Approvers.ALICE, run, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(1, local.aws().calls().count("ElasticBeanstalk.SwapEnvironmentCNAMEs"));
    }
}
