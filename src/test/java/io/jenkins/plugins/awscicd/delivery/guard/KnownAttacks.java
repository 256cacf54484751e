package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt.map;
import static io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt.with;

import io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has got past the guards of a stage once, in one call of a step: rows of the {@link AttackTable}, so that it is tried from everywhere. */
final class KnownAttacks {

    /** A stack that is nested in one of the stage: its name is known when the test runs. */
    static final String NESTED = "nested-in-web-prod";

    /** A stack of nobody that was given the stage's role. */
    static final String ROLED = "roled";

    private static final String ROLE = AttackTable.ROLE;
    private static final String PLATFORM = "64bit Amazon Linux 2023 v6.1.0 running Node.js 20";

    private final List<Attempt> all = new ArrayList<>();

    private KnownAttacks() {}

    static List<Attempt> all() {
        KnownAttacks attacks = new KnownAttacks();
        attacks.namesOfRoles();
        attacks.otherPlaces();
        attacks.environments();
        attacks.whatIsNotLiveYet();
        attacks.questions();
        attacks.stacks();
        return attacks.all;
    }

    /** Without a stage, and in another one. */
    private void add(String step, String argument, Map<String, Object> arguments) {
        all.add(new Attempt(step, argument, arguments));
        all.add(new Attempt(step, argument, with(arguments, "stage", "dev")));
    }

    /** In the stage, which is for other jobs. */
    private void staged(String step, String argument, Map<String, Object> arguments) {
        all.add(new Attempt(step, argument, with(arguments, "stage", "prod")));
    }

    /** A stage's role is its own by all of its names, and by credentials that lead to it. */
    private void namesOfRoles() {
        List<String> names = List.of(
                "prod",
                " PROD",
                "role/prod",
                " " + ROLE,
                "arn:aws:iam::123456789012:role/deploy/prod",
                "arn:aws-cn:iam::123456789012:role/prod");
        for (String name : names) {
            add("codeBuild", "serviceRole", map("project", "tests", "serviceRole", name));
            Map<String, Object> batch = map("project", "tests", "batch", true);
            add("codeBuild", "batchConfig.serviceRole", with(batch, "batchConfig", map("serviceRole", name)));
        }
        Map<String, Object> scratch = map("application", "web", "environment", "scratch", "version", "v0");
        for (List<String> setting : List.of(
                List.of("aws:autoscaling:launchconfiguration", "IamInstanceProfile", "prod"),
                List.of(
                        "aws:autoscaling:launchconfiguration",
                        "IamInstanceProfile",
                        "arn:aws:iam::123456789012:instance-profile/prod"),
                List.of("aws:elasticbeanstalk:environment", "ServiceRole", "prod"),
                List.of("aws:elasticbeanstalk:application:environment", "A", ROLE + " "))) {
            add(
                    "beanstalkDeploy",
                    "optionSettings",
                    with(
                            scratch,
                            "optionSettings",
                            List.of(map(
                                    "namespace", setting.get(0),
                                    "optionName", setting.get(1),
                                    "value", setting.get(2)))));
        }
        Map<String, Object> set = with(template("other", "A: {Type: \"AWS::SNS::Topic\"}"), "stackSet", "other");
        set.remove("stack");
        set.put("executionRoleName", "prod");
        add("cloudFormationStackSet", "executionRoleName", set);
        Map<String, Object> places = map("accounts", List.of("123456789012"), "regions", List.of("eu-west-1"));
        add("cloudFormationStackSet", "executionRoleName", with(set, places.entrySet()));
        for (Map<String, Object> as : List.of(
                map("role", ROLE), map("role", ROLE, "credentialsId", "aws"), map("credentialsId", "disguised"))) {
            String argument = as.containsKey("role") ? "role" : "credentialsId";
            Map<String, Object> other = map("application", "web", "deploymentGroup", "other");
            String revision = "s3://artifacts/web.zip";
            add("codeBuild", argument, with(map("project", "tests"), as.entrySet()));
            add("codeDeploy", argument, with(with(other, "revision", revision), as.entrySet()));
            add(
                    "codeDeploy",
                    argument,
                    with(map("application", "web", "registerOnly", true, "revision", revision), as.entrySet()));
            add("beanstalkDeploy", argument, with(scratch, as.entrySet()));
            add(
                    "cloudFormationDeploy",
                    argument,
                    with(template("other", "A: {Type: \"AWS::SNS::Topic\"}"), as.entrySet()));
            add(
                    "awsApproval",
                    argument,
                    with(
                            map("message", "Ship it?", "notify", "arn:aws:sns:eu-west-1:123456789012:releases"),
                            as.entrySet()));
        }
    }

    /** A region has several names, and an endpoint any. */
    private void otherPlaces() {
        Map<String, Object> group =
                map("application", "web", "deploymentGroup", "prod", "revision", "s3://artifacts/web.zip");
        Map<String, Object> environment = map("application", "web", "environment", "web-prod", "version", "v0");
        Map<String, Object> stack = template("web-prod", "A: {Type: \"AWS::SNS::Topic\"}");
        for (Map<String, Object> place : List.of(
                map("region", "eu-west-1-fips"),
                map("region", "fips-eu-west-1"),
                map("credentialsId", "aws", "endpoint", "http://127.0.0.1:9"))) {
            String argument = place.containsKey("region") ? "region" : "endpoint";
            add("codeDeploy", argument, with(group, place.entrySet()));
            add("beanstalkDeploy", argument, with(environment, place.entrySet()));
            add("cloudFormationDeploy", argument, with(stack, place.entrySet()));
            staged("codeDeploy", argument, with(group, place.entrySet()));
        }
    }

    /** A clone is what it was made of, and whatever takes the stage's name is the stage's. */
    private void environments() {
        Map<String, Object> version = map("application", "web", "version", "v0");
        String clone = "web-prod-0a1f";
        add("beanstalkDeploy", "environment", with(version, "environment", clone));
        add(
                "beanstalkDeploy",
                "createEnvironment",
                with(version, "environment", clone, "createEnvironment", true, "solutionStackName", PLATFORM));
        add(
                "beanstalkDeploy",
                "cnamePrefix",
                with(
                        version,
                        "environment",
                        "other",
                        "createEnvironment",
                        true,
                        "cnamePrefix",
                        "web-prod",
                        "solutionStackName",
                        PLATFORM));
        Map<String, Object> blueGreen = map(
                "application", "web", "bundle", "s3://artifacts/1.zip", "versionLabel", "v1", "strategy", "blueGreen");
        add(
                "beanstalkDeploy",
                "swap",
                with(blueGreen, "cname", "prod-live", "environment", "web-prod", "twin", "scratch", "swap", false));
        add("beanstalkDeploy", "environment", with(blueGreen, "cname", "prod-live", "environment", "another"));
        staged("beanstalkDeploy", "environment", with(blueGreen, "cname", "prod-live", "environment", "another"));
    }

    /** Nothing is done as the stage for those who may not enter, though nothing is deployed by it. */
    private void whatIsNotLiveYet() {
        staged("codeDeploy", "watch", map("watch", AttackTable.READY));
        staged(
                "codeDeploy",
                "registerOnly",
                map("application", "web", "registerOnly", true, "revision", "s3://artifacts/web.zip"));
        staged("codeBuild", "project", map("project", "tests"));
        staged("codeBuild", "build", map("build", "tests:69ee9b60-08e3-4838-94d8-8b2236dcd272"));
        add("codeBuild", "build", map("build", "prod-deploy:69ee9b60-08e3-4838-94d8-8b2236dcd272"));
        Map<String, Object> stack = template("other", "A: {Type: \"AWS::SNS::Topic\"}");
        staged("cloudFormationDeploy", "execute", with(stack, "execute", false));
        staged("cloudFormationDeploy", "stack", with(stack, "validate", true));
        staged("cloudFormationDeploy", "stack", map("stack", "other", "driftOnly", true));
    }

    /** What is asked about is one thing, and is looked for as the stage by those alone who may enter. */
    private void questions() {
        Map<String, Object> ask = map("message", "Ship it?");
        for (Object what : List.of(
                "version 9",
                map("revision", "workspace"),
                map("revision", "s3://artifacts/web.zip", "deploymentGroup", "canary"),
                map("bundle", "s3://artifacts/1.zip", "versionLabel", "v1"),
                map("project", "prod-deploy", "sourceVersion", "main"),
                map("stack", "web-prod", "delete", true),
                map("stack", "web-prod", "changeSet", "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/a/b"))) {
            staged("awsApproval", "what", with(ask, "what", what));
            if (what instanceof Map<?, ?> call && !"workspace".equals(call.get("revision"))) {
                staged("awsApproval", "revision", with(ask, "what", what, "revision", "s3://artifacts/other.zip"));
            }
        }
    }

    private static Map<String, Object> template(String stack, String resources) {
        return map("stack", stack, "template", map("body", "Resources: {" + resources + "}"));
    }

    /** A stack is its parents' and its role's, and what it makes is whose it is by its name. */
    private void stacks() {
        for (Map<String, Object> what : List.of(
                template("", "A: {Type: \"AWS::SNS::Topic\"}"),
                with(template("", "A: {Type: \"AWS::SNS::Topic\"}"), "execute", false),
                map("delete", true),
                map("continueRollback", true),
                map("driftOnly", true),
                map("changeSet", "evil"))) {
            String argument = what.keySet().stream()
                    .filter(name -> !name.equals("template") && !name.equals("stack"))
                    .findFirst()
                    .orElse("template");
            add("cloudFormationDeploy", argument, with(what, "stack", NESTED));
            add("cloudFormationDeploy", argument, with(what, "stack", ROLED));
        }
        String group = "Group: {Type: \"AWS::CodeDeploy::DeploymentGroup\", Properties: {ApplicationName: web,"
                + " DeploymentGroupName: prod, ServiceRoleArn: \"arn:aws:iam::123456789012:role/deploy\"}}";
        String environment = "Live: {Type: \"AWS::ElasticBeanstalk::Environment\", Properties: {ApplicationName: web,"
                + " EnvironmentName: mine, CNAMEPrefix: prod-live}}";
        String later = environment.replace("EnvironmentName: mine", "EnvironmentName: \"{{resolve:ssm:/name}}\"");
        String role = "Reader: {Type: \"AWS::Lambda::Function\", Properties: {Role: \"" + ROLE + "\"}}";
        String project = "Build: {Type: \"AWS::CodeBuild::Project\", Properties: {Name: prod-deploy, ServiceRole: a}}";
        for (String resource : List.of(group, environment, later, role, project)) {
            all.add(new Attempt("cloudFormationDeploy", "template", template("other", resource)));
        }
        add(
                "cloudFormationDeploy",
                "includeNestedStacks",
                with(
                        template(
                                "other",
                                "Net: {Type: \"AWS::CloudFormation::Stack\", Properties: {TemplateURL:"
                                        + " \"https://templates.s3.eu-west-1.amazonaws.com/inner.yaml\"}}"),
                        "includeNestedStacks",
                        false));
    }
}
