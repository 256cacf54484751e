package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to a guarded stage is not reached by stacks, whatever they are called. */
@WithSharedJenkins
class StackStageTest extends PipelineRuns {

    private static final String ROLE = "arn:aws:iam::123456789012:role/prod";
    private static final String BELONGS = " belongs to stage prod: add stage: 'prod' to the step";
    private static final String INNER = "Resources: {A: {Type: \"AWS::SNS::Topic\", Properties: {TopicName: %s}}}";
    private static final String GROUP =
            "App: {Type: \"AWS::CodeDeploy::Application\", Properties: {ApplicationName: shop}},"
                    + " Group: {Type: \"AWS::CodeDeploy::DeploymentGroup\", DependsOn: App, Properties: {ApplicationName: shop,"
                    + " DeploymentGroupName: %s, ServiceRoleArn: \"%s\"}}";

    @BeforeEach
    void prod() {
        local.aws().sts().role(ROLE, "prod");
        local.aws().s3().createBucket("templates", false);
        store("inner.yaml", INNER.formatted("inner"));
        store("group.yaml", "Resources: {" + GROUP.formatted("live", "arn:aws:iam::123456789012:role/deploy") + "}");
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("release");
        defaults.setCodeDeployApplication("shop");
        defaults.setDeploymentGroup("live");
        prod.setDefaults(defaults);
        StageAccess access = new StageAccess();
        access.setRole(ROLE);
        access.setExternalId("prod");
        prod.setAccess(access);
        StageGuards guards = new StageGuards();
        guards.setJobs("**");
        guards.setTargets("stack/web, shop/shop-*");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    private void store(String key, String content) {
        local.aws().s3().put("templates", key, content.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static String nesting(String key) {
        return template("Resources: {Net: {Type: \"AWS::CloudFormation::Stack\", Properties: {TemplateURL:"
                + " \"https://templates.s3.eu-west-1.amazonaws.com/" + key + "\"}}}");
    }

    private static String template(String body) {
        return ", template: [body: '" + body + "']";
    }

    private static String made(String resources) {
        return template("Resources: {" + resources + "}");
    }

    private static void refused(String message, String script) throws Exception {
        jenkins.assertLogContains(message, run(Result.FAILURE, script));
    }

    @Test
    void aNestedStackIsItsParentsStages() throws Exception {
        run(Result.SUCCESS, "cloudFormationDeploy stage: 'prod', stack: 'web'" + nesting("inner.yaml"));
        String nested = local.aws()
                .cloudFormation()
                .stack("web")
                .resources()
                .get("Net")
                .physicalId()
                .split("/")[1];
        long made = local.aws().calls().count("CloudFormation.CreateChangeSet");
        String step = "cloudFormationDeploy stack: '" + nested + "'";
        for (String what : List.of(
                template(INNER.formatted("evil")),
                template(INNER.formatted("evil")) + ", execute: false",
                ", delete: true",
                ", driftOnly: true")) {
            refused("stack " + nested + ", which is nested in web," + BELONGS, step + what);
        }
        assertEquals(made, local.aws().calls().count("CloudFormation.CreateChangeSet"));
        assertEquals(0, local.aws().calls().count("CloudFormation.DeleteStack"));
        assertEquals(0, local.aws().calls().count("CloudFormation.DetectStackDrift"));
        refused(
                "stack " + nested + ", which is nested in web," + BELONGS,
                "cloudFormationOutputs stack: '" + nested + "'");
        run(Result.SUCCESS, "cloudFormationOutputs stage: 'prod', stack: '" + nested + "'");
        run(Result.SUCCESS, step + ", stage: 'prod'" + template(INNER.formatted("good")));
    }

    /** Whatever makes it, and however deep. */
    @Test
    void noTemplateMakesWhatIsAStages() throws Exception {
        String other = "cloudFormationDeploy stack: 'other'";
        String deploy = "arn:aws:iam::123456789012:role/deploy";
        refused(
                "resource Group of the stack: deployment group live of shop" + BELONGS,
                other + made(GROUP.formatted("live", deploy)));
        refused(
                "resource Net/Group of the stack: deployment group live of shop" + BELONGS,
                other + nesting("group.yaml"));
        refused(
                "resource Net of the stack: what is not shown may belong to stage prod",
                other + nesting("group.yaml") + ", includeNestedStacks: false");
        refused(
                "resource Live of the stack: environment shop-next of shop" + BELONGS,
                other
                        + made(
                                "Live: {Type: \"AWS::ElasticBeanstalk::Environment\", Properties: {ApplicationName: shop,"
                                        + " EnvironmentName: shop-next}}"));
        refused(
                "resource Live of the stack: environment of shop may belong to stage prod",
                other
                        + made(
                                "Live: {Type: \"AWS::ElasticBeanstalk::Environment\", Properties: {ApplicationName: shop,"
                                        + " EnvironmentName: \"{{resolve:ssm:/name}}\"}}"));
        refused(
                "resource Live of the stack: environment mine of shop" + BELONGS,
                other
                        + made(
                                "Live: {Type: \"AWS::ElasticBeanstalk::Environment\", Properties: {ApplicationName: shop,"
                                        + " EnvironmentName: mine, CNAMEPrefix: shop-live}}"));
        assertEquals(0, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void noTemplateTakesAStagesRoleOrProject() throws Exception {
        String other = "cloudFormationDeploy stack: 'other', capabilities: ['CAPABILITY_NAMED_IAM']";
        for (String role : List.of(ROLE, "arn:aws:iam::123456789012:role/deploy/prod")) {
            refused(
                    "resource Group of the stack: role " + role + BELONGS,
                    other + made(GROUP.formatted("scratch", role)));
        }
        refused(
                "resource Prod of the stack: role prod" + BELONGS,
                other + made("Prod: {Type: \"AWS::IAM::Role\", Properties: {RoleName: prod}}"));
        refused(
                "resource More of the stack: role prod" + BELONGS,
                other + made("More: {Type: \"AWS::IAM::ManagedPolicy\", Properties: {Roles: [prod]}}"));
        refused(
                "resource Build of the stack: project release" + BELONGS,
                other
                        + made(
                                "Build: {Type: \"AWS::CodeBuild::Project\", Properties: {Name: release, ServiceRole: x}}"));
        assertEquals(0, local.aws().calls().count("CloudFormation.ExecuteChangeSet"));
        String own = GROUP.formatted("live2", "arn:aws:iam::123456789012:role/deploy")
                .replace("Name: shop", "Name: own");
        run(Result.SUCCESS, other + made(own));
        run(Result.SUCCESS, "cloudFormationDeploy stack: 'other', delete: true");
    }

    /** It was made when nobody had a stage. */
    @Test
    void noStackOfOthersChangesOrDeletesWhatIsAStages() throws Exception {
        String other = "cloudFormationDeploy stack: 'other'";
        String group = made(GROUP.formatted("live", "arn:aws:iam::123456789012:role/deploy"));
        List<Stage> stages = AwsCicdConfiguration.get().getStages();
        noStages();
        run(Result.SUCCESS, other + group);
        AwsCicdConfiguration.get().setStages(stages);
        refused(
                "resource Group of the stack: deployment group live may belong to stage prod",
                other + ", delete: true");
        refused(
                "resource Group of the stack: deployment group live of shop" + BELONGS,
                other + template(INNER.formatted("a")));
        refused(
                "resource Group of the stack: deployment group live of shop" + BELONGS,
                other + group.replace("role/deploy", "role/deploy2"));
        run(Result.SUCCESS, other + ", stage: 'prod', delete: true");
    }

    @Test
    void theRoleThatAStackWasGivenIsItsStages() throws Exception {
        run(
                Result.SUCCESS,
                "cloudFormationDeploy stage: 'prod', stack: 'other', roleArn: '" + ROLE + "'"
                        + template(INNER.formatted("a")));
        String other = "cloudFormationDeploy stack: 'other'";
        long made = local.aws().calls().count("CloudFormation.CreateChangeSet");
        for (String what : List.of(template(INNER.formatted("b")), ", delete: true", ", driftOnly: true")) {
            refused("role " + ROLE + BELONGS, other + what);
        }
        assertEquals(made, local.aws().calls().count("CloudFormation.CreateChangeSet"));
        assertEquals(0, local.aws().calls().count("CloudFormation.DeleteStack"));
        run(Result.SUCCESS, other + ", roleArn: '" + ROLE + "2', delete: true");
    }
}
