package io.jenkins.plugins.awscicd.delivery.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every argument of every step, by what somebody might get round a stage's guards with; and how it is tried. */
final class AttackTable {

    /** What an argument names. */
    enum Kind {
        /** Who a step is to AWS. */
        IDENTITY,
        /** Where its requests go. */
        ENDPOINT,
        /** What is built, or deployed to. */
        TARGET,
        /** What is deployed. */
        REVISION,
        /** Whose approval counts. */
        APPROVAL,
        /** Nothing of these. */
        HARMLESS
    }

    static final String ROLE = "arn:aws:iam::123456789012:role/prod";

    /** A call of a step that must not get through, as the named arguments it has. */
    record Attempt(String step, String argument, Map<String, Object> arguments) {

        static Map<String, Object> map(Object... namesAndValues) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                map.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
            return map;
        }

        static Map<String, Object> with(Map<String, Object> plain, Object... namesAndValues) {
            Map<String, Object> more = new LinkedHashMap<>(plain);
            more.putAll(map(namesAndValues));
            return more;
        }

        static Map<String, Object> with(Map<String, Object> plain, Iterable<Map.Entry<String, Object>> more) {
            Map<String, Object> both = new LinkedHashMap<>(plain);
            more.forEach(entry -> both.put(entry.getKey(), entry.getValue()));
            return both;
        }

        String groovy() {
            List<String> all = arguments.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                    .toList();
            return step + "(" + String.join(", ", all) + ")";
        }

        /** The same, of what is there. */
        Attempt about(Map<Object, String> known) {
            Map<String, Object> all = new LinkedHashMap<>(arguments);
            all.replaceAll((name, value) -> known.containsKey(value) ? known.get(value) : value);
            return new Attempt(step, argument, all);
        }

        private static String literal(Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                        .toList()
                        .toString();
            }
            if (value instanceof List<?> list) {
                return list.stream().map(Attempt::literal).toList().toString();
            }
            return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
        }

        @Override
        public String toString() {
            return groovy();
        }
    }

    private static final Map<String, Kind> OF_ALL = kinds(
            Kind.IDENTITY, "region credentialsId role externalId",
            Kind.ENDPOINT, "endpoint",
            Kind.TARGET, "stage",
            Kind.HARMLESS, "roleSessionName");

    static final Map<String, Map<String, Kind>> STEPS = Map.of(
            "codeBuild",
            kinds(
                    Kind.IDENTITY,
                    "serviceRole sourceAuth registryCredential encryptionKey kmsKey batchConfig",
                    Kind.TARGET,
                    "project build bucket keyPrefix artifacts secondaryArtifacts cache cloudWatchLogs s3Logs fleet",
                    Kind.REVISION,
                    "source sourceType sourceLocation sourceVersion secondarySources buildspec image directory"
                            + " includes excludes environmentVariables",
                    Kind.HARMLESS,
                    "propagate onAbort maxUploadMb gitCloneDepth gitSubmodules insecureSsl computeType environmentType"
                            + " certificate privileged imagePullCredentials timeoutMinutes queuedTimeoutMinutes"
                            + " autoRetryLimit retryBuild roomTimeoutMinutes debugSession reportBuildStatus buildStatusConfig log"
                            + " testResults download archive batch retryFailed"),
            "codeDeploy",
            kinds(
                    Kind.IDENTITY, "kmsKey",
                    Kind.TARGET,
                            "application deploymentGroup targetInstances continueAfterReady stop watch bucket keyPrefix",
                    Kind.REVISION, "revision appspec directory includes excludes rollBack registerOnly",
                    Kind.HARMLESS,
                            "propagate onAbort maxUploadMb deploymentMode deploymentConfig description fileExistsBehavior"
                                    + " ignoreApplicationStopFailures updateOutdatedInstancesOnly whenBusy waitType wait"
                                    + " timeoutMinutes autoRollback alarms"),
            "beanstalkDeploy",
            kinds(
                    Kind.IDENTITY, "kmsKey operationsRole",
                    Kind.TARGET,
                            "application environment twin cname cnamePrefix continueBlueGreen discardBlueGreen bucket keyPrefix"
                                    + " createApplication createEnvironment strategy swap oldEnvironment",
                    Kind.REVISION,
                            "bundle version versionLabel reuseVersion includes excludes optionSettings optionsToRemove"
                                    + " solutionStackName platformArn templateName tier process",
                    Kind.HARMLESS,
                            "propagate onAbort maxUploadMb description whenBusy health healthMinutes healthTimeoutMinutes"
                                    + " timeoutMinutes bakeMinutes terminateAfterMinutes onFailure logTail tags environmentTags"),
            "codePipeline",
            kinds(
                    Kind.TARGET, "pipeline execution pipelineStage",
                    Kind.REVISION, "variables sourceRevisions operation condition retryMode",
                    Kind.HARMLESS, "propagate onAbort retry timeoutMinutes approvals follow reason abandon"),
            "cloudFormationDeploy",
            kinds(
                    Kind.IDENTITY,
                    "kmsKey roleArn",
                    Kind.TARGET,
                    "stack changeSet bucket keyPrefix notificationArns rollbackAlarms",
                    Kind.REVISION,
                    "template parameters parameterFiles capabilities execute delete retain continueRollback"
                            + " resourcesToImport importExistingResources revertDrift recreateFailed stackPolicy"
                            + " terminationProtection",
                    Kind.HARMLESS,
                    "propagate onAbort approve description tags includeNestedStacks monitoringMinutes onFailure validate"
                            + " driftOnly whenBusy timeoutMinutes"),
            "cloudFormationStackSet",
            kinds(
                    Kind.IDENTITY,
                    "kmsKey administrationRoleArn executionRoleName",
                    Kind.TARGET,
                    "stackSet accounts organizationalUnits accountFilter regions bucket keyPrefix callAs",
                    Kind.REVISION,
                    "template parameters parameterFiles capabilities delete retainStacks permissionModel autoDeployment",
                    Kind.HARMLESS,
                    "propagate onAbort approve description tags maxConcurrent failureTolerance concurrencyMode regionConcurrency"
                            + " regionOrder whenBusy timeoutMinutes"),
            "cloudFormationOutputs",
            kinds(Kind.TARGET, "stack"),
            "codeCommitStatus",
            kinds(Kind.HARMLESS, "pullRequest commit state message approve"),
            "awsApproval",
            kinds(
                    Kind.TARGET, "notify",
                    Kind.REVISION, "what revision",
                    Kind.APPROVAL, "approvers approvals forbidSelfApproval administratorsExempt onTimeout timeout unit",
                    Kind.HARMLESS, "message link commentRequired ok cancel parameters"));

    /** The parts of arguments that are made of parts: by the argument's name, or by the step's and the argument's. */
    static final Map<String, Map<String, Kind>> PARTS = parts();

    private static Map<String, Map<String, Kind>> parts() {
        Map<String, Map<String, Kind>> parts = new TreeMap<>();
        Map<String, Kind> artifacts = kinds(
                Kind.TARGET, "location path name bucketOwnerAccess namespaceType",
                Kind.HARMLESS, "identifier type packaging overrideArtifactName encryptionDisabled");
        Map<String, Kind> auth = kinds(Kind.IDENTITY, "resource", Kind.HARMLESS, "type");
        Map<String, Kind> status = kinds(Kind.HARMLESS, "context targetUrl");
        Map<String, Kind> tags = kinds(Kind.TARGET, "key value", Kind.HARMLESS, "type");
        parts.put("codeBuild.artifacts", artifacts);
        parts.put("codeBuild.secondaryArtifacts", artifacts);
        parts.put("codeBuild.download", kinds(Kind.HARMLESS, "to secondary unzip maxMb"));
        parts.put("codeBuild.cache", kinds(Kind.TARGET, "location cacheNamespace", Kind.HARMLESS, "type modes"));
        parts.put("codeBuild.cloudWatchLogs", kinds(Kind.TARGET, "groupName streamName", Kind.HARMLESS, "status"));
        parts.put(
                "codeBuild.s3Logs",
                kinds(Kind.TARGET, "location bucketOwnerAccess", Kind.HARMLESS, "status encryptionDisabled"));
        parts.put("codeBuild.sourceAuth", auth);
        parts.put("codeBuild.buildStatusConfig", status);
        parts.put(
                "codeBuild.batchConfig",
                kinds(
                        Kind.IDENTITY,
                        "serviceRole",
                        Kind.HARMLESS,
                        "combineArtifacts maximumBuildsAllowed computeTypesAllowed fleetsAllowed timeoutInMins batchReportMode"));
        parts.put(
                "codeBuild.secondarySources",
                kinds(
                        Kind.REVISION,
                        "location version",
                        Kind.HARMLESS,
                        "identifier type gitCloneDepth gitSubmodules insecureSsl reportBuildStatus auth"
                                + " buildStatusConfig"));
        parts.put("codeBuild.secondarySources.auth", auth);
        parts.put("codeBuild.secondarySources.buildStatusConfig", status);
        parts.put(
                "codeDeploy.revision",
                kinds(
                        Kind.REVISION, "bucket key version eTag repository commit appSpec sha256",
                        Kind.HARMLESS, "type"));
        parts.put("codeDeploy.targetInstances", kinds(Kind.TARGET, "tagFilters autoScalingGroups ec2TagSet"));
        parts.put("codeDeploy.targetInstances.tagFilters", tags);
        parts.put("codeDeploy.targetInstances.ec2TagSet", kinds(Kind.HARMLESS, "filters"));
        parts.put("codeDeploy.targetInstances.ec2TagSet.filters", tags);
        parts.put("codeDeploy.autoRollback", kinds(Kind.HARMLESS, "enabled events"));
        parts.put("codeDeploy.alarms", kinds(Kind.HARMLESS, "enabled ignorePollAlarmFailure names"));
        parts.put("beanstalkDeploy.bundle", kinds(Kind.REVISION, "bucket key"));
        parts.put(
                "beanstalkDeploy.continueBlueGreen",
                kinds(
                        Kind.TARGET,
                        "green cname blueId",
                        Kind.REVISION,
                        "versionLabel",
                        Kind.HARMLESS,
                        "blueLabel update"));
        parts.put(
                "beanstalkDeploy.discardBlueGreen",
                kinds(
                        Kind.TARGET,
                        "green cname blueId",
                        Kind.REVISION,
                        "versionLabel",
                        Kind.HARMLESS,
                        "blueLabel update"));
        parts.put(
                "beanstalkDeploy.optionSettings",
                kinds(Kind.REVISION, "namespace optionName resourceName", Kind.IDENTITY, "value"));
        parts.put("beanstalkDeploy.optionsToRemove", kinds(Kind.REVISION, "namespace optionName resourceName"));
        return parts;
    }

    /** A deployment of the stage that waits to be continued: known when the test runs. */
    static final String READY = "d-READY";

    /** Parts, each tried in a call that would go through but for the guards: the step, the part, the arguments. */
    private static List<Attempt> nested() {
        List<Attempt> all = new ArrayList<>();
        String setting = "aws:elasticbeanstalk:application:environment";
        Map<String, Object> other = Map.of("project", "tests");
        Map<String, Object> prod = PLAIN.get("codeBuild");
        // What is a stage's own in a build that is of none.
        add(all, "codeBuild", "serviceRole", other, Map.of("serviceRole", ROLE)); // its other names: StageIdentityTest
        Map<String, Object> batch = Map.of("project", "tests", "batch", true);
        add(all, "codeBuild", "batchConfig.serviceRole", batch, Map.of("batchConfig", Map.of("serviceRole", ROLE)));
        for (Map<String, Object> part : List.<Map<String, Object>>of(
                Map.of("artifacts", Map.of("type", "S3", "location", "evil")),
                Map.of("artifacts", Map.of("type", "S3", "location", "evil", "path", "web", "name", "web.zip")),
                Map.of("artifacts", Map.of("type", "S3", "location", "evil", "namespaceType", "BUILD_ID")),
                Map.of("artifacts", Map.of("type", "S3", "location", "evil", "bucketOwnerAccess", "FULL")),
                Map.of("secondaryArtifacts", List.of(Map.of("identifier", "a", "type", "S3", "location", "evil"))),
                Map.of("cache", Map.of("type", "S3", "location", "evil/cache")),
                Map.of("cache", Map.of("type", "S3", "location", "evil/cache", "cacheNamespace", "prod")),
                Map.of("cloudWatchLogs", Map.of("status", "ENABLED", "groupName", "evil", "streamName", "prod")),
                Map.of("s3Logs", Map.of("status", "ENABLED", "location", "evil/logs")),
                Map.of("sourceAuth", Map.of("type", "SECRETS_MANAGER", "resource", ROLE)),
                Map.of(
                        "secondarySources",
                        List.of(Map.of("identifier", "a", "type", "S3", "location", "evil/a.zip", "version", "1"))),
                Map.of(
                        "secondarySources",
                        List.of(Map.of(
                                "identifier",
                                "a",
                                "type",
                                "GITHUB",
                                "location",
                                "https://example.com/a.git",
                                "auth",
                                Map.of("type", "SECRETS_MANAGER", "resource", ROLE)))))) {
            add(all, "codeBuild", String.join(" ", part.keySet()), prod, part);
        }
        Map<String, Object> group = Map.of("application", "web", "deploymentGroup", "prod");
        Map<String, Object> at = Map.of("bucket", "artifacts", "key", "evil.zip", "type", "zip");
        for (Map<String, Object> revision : List.of(
                at,
                with(at, "version", "v1"),
                with(at, "eTag", "0123456789abcdef0123456789abcdef"),
                Map.<String, Object>of("repository", "evil/web", "commit", "0123456789012345678901234567890123456789"),
                Map.<String, Object>of("appSpec", APP_SPEC))) {
            add(all, "codeDeploy", "revision", group, Map.of("revision", revision));
        }
        Map<String, Object> plain = PLAIN.get("codeDeploy");
        List<Map<String, Object>> tags = List.of(Map.of("key", "Name", "value", "prod", "type", "KEY_AND_VALUE"));
        for (Map<String, Object> instances : List.<Map<String, Object>>of(
                Map.of("tagFilters", tags),
                Map.of("autoScalingGroups", List.of("prod")),
                Map.of("ec2TagSet", List.of(Map.of("filters", tags))))) {
            add(all, "codeDeploy", "targetInstances", plain, Map.of("targetInstances", instances));
        }
        for (String earlier : List.of("continueAfterReady", "stop")) {
            add(all, "codeDeploy", earlier, Map.of(), Map.of(earlier, READY));
        }
        add(all, "codeDeploy", "rollBack", Map.of(), Map.of("stop", READY, "rollBack", true));
        add(all, "codeDeploy", "waitType", Map.of(), Map.of("continueAfterReady", READY, "waitType", "READY_WAIT"));

        Map<String, Object> web = Map.of("application", "web");
        Map<String, Object> version = Map.of("application", "web", "version", "v0");
        add(
                all,
                "beanstalkDeploy",
                "bundle",
                with(web, "environment", "web-prod"),
                Map.of("bundle", Map.of("bucket", "artifacts", "key", "evil.zip")));
        // The CNAME is the stage's, whatever has it and whatever that is called.
        Map<String, Object> bundle =
                Map.of("application", "web", "bundle", "s3://artifacts/1.zip", "versionLabel", "v1");
        add(all, "beanstalkDeploy", "environment", version, Map.of("environment", "web-live"));
        add(all, "beanstalkDeploy", "cname", bundle, Map.of("strategy", "blueGreen", "cname", "prod-live"));
        add(
                all,
                "beanstalkDeploy",
                "cname",
                bundle,
                Map.of("strategy", "blueGreen", "cname", "web-idle", "environment", "web-prod"));
        add(
                all,
                "beanstalkDeploy",
                "twin",
                bundle,
                Map.of("strategy", "blueGreen", "environment", "scratch", "twin", "web-prod", "cname", "web-scratch"));
        add(
                all,
                "beanstalkDeploy",
                "twin",
                bundle,
                Map.of("strategy", "blueGreen", "environment", "scratch", "twin", "web-live", "cname", "prod-live"));
        add(
                all,
                "beanstalkDeploy",
                "cnamePrefix",
                bundle,
                Map.of(
                        "environment",
                        "scratch2",
                        "createEnvironment",
                        true,
                        "cnamePrefix",
                        "prod-live",
                        "solutionStackName",
                        STACK));
        for (Object green :
                List.of("scratch", Map.of("green", "scratch", "versionLabel", "v0", "cname", "prod-live"))) {
            add(
                    all,
                    "beanstalkDeploy",
                    "continueBlueGreen",
                    green instanceof String ? version : web, // a map tells the version itself
                    green instanceof String
                            ? Map.of("continueBlueGreen", green, "cname", "prod-live")
                            : Map.of("continueBlueGreen", green));
        }
        add(
                all,
                "beanstalkDeploy",
                "continueBlueGreen",
                version,
                Map.of("continueBlueGreen", "web-prod", "cname", "web-scratch"));
        add(
                all,
                "beanstalkDeploy",
                "optionSettings",
                with(version, "environment", "scratch"),
                Map.of(
                        "optionSettings",
                        List.of(Map.of(
                                "namespace",
                                "aws:elasticbeanstalk:environment",
                                "optionName",
                                "ServiceRole",
                                "value",
                                ROLE))));
        add(
                all,
                "beanstalkDeploy",
                "operationsRole",
                bundle,
                Map.of(
                        "environment",
                        "scratch2",
                        "createEnvironment",
                        true,
                        "operationsRole",
                        ROLE,
                        "solutionStackName",
                        STACK));
        Map<String, Object> environment = with(version, "environment", "web-prod");
        add(
                all,
                "beanstalkDeploy",
                "optionSettings",
                environment,
                Map.of(
                        "optionSettings",
                        List.of(Map.of(
                                "namespace",
                                "aws:autoscaling:scheduledaction",
                                "optionName",
                                "MinSize",
                                "value",
                                "9",
                                "resourceName",
                                "evil"))));
        add(
                all,
                "beanstalkDeploy",
                "optionsToRemove",
                environment,
                Map.of("optionsToRemove", List.of(Map.of("namespace", setting, "optionName", "A"))));
        add(all, "beanstalkDeploy", "solutionStackName", environment, Map.of("solutionStackName", STACK));
        add(
                all,
                "beanstalkDeploy",
                "platformArn",
                environment,
                Map.of("platformArn", "arn:aws:elasticbeanstalk:eu-west-1::platform/evil/1.0.0"));
        add(all, "beanstalkDeploy", "templateName", environment, Map.of("templateName", "evil"));
        Map<String, Object> stack = PLAIN.get("cloudFormationDeploy");
        Map<String, Object> name = Map.of("stack", "web-prod");
        add(all, "cloudFormationDeploy", "delete", name, Map.of("delete", true));
        add(all, "cloudFormationDeploy", "continueRollback", name, Map.of("continueRollback", true));
        add(all, "cloudFormationDeploy", "changeSet", name, Map.of("changeSet", "evil"));
        add(all, "cloudFormationDeploy", "recreateFailed", stack, Map.of("recreateFailed", true));
        for (String role : List.of(ROLE, "arn:aws:iam::123456789012:role/deploy/prod")) {
            add(all, "cloudFormationDeploy", "roleArn", with(stack, "stack", "other"), Map.of("roleArn", role));
            add(
                    all,
                    "cloudFormationStackSet",
                    "administrationRoleArn",
                    with(PLAIN.get("cloudFormationStackSet"), "stackSet", "other"),
                    Map.of("administrationRoleArn", role));
        }
        for (Map<String, Object> part : List.<Map<String, Object>>of(
                Map.of("stackPolicy", "{}"),
                Map.of("terminationProtection", false),
                Map.of("parameters", Map.of("A", "b")),
                Map.of("tags", Map.of("name", "evil")),
                Map.of("capabilities", "CAPABILITY_NAMED_IAM"),
                Map.of("importExistingResources", true),
                Map.of("revertDrift", true))) {
            add(all, "cloudFormationDeploy", String.join(" ", part.keySet()), stack, part);
        }
        add(all, "cloudFormationDeploy", "retain", name, Map.of("delete", true, "retain", "A"));
        add(all, "cloudFormationDeploy", "continueRollback", name, Map.of("continueRollback", List.of("A")));
        for (Map<String, Object> part : List.<Map<String, Object>>of(
                Map.of("accounts", "123456789012", "regions", "eu-west-1"),
                Map.of(
                        "permissionModel",
                        "SERVICE_MANAGED",
                        "organizationalUnits",
                        "ou-ab12-11111111",
                        "regions",
                        "eu-west-1"),
                Map.of("permissionModel", "SERVICE_MANAGED", "autoDeployment", true),
                Map.of("executionRoleName", "admin"),
                Map.of("callAs", "DELEGATED_ADMIN"))) {
            add(
                    all,
                    "cloudFormationStackSet",
                    String.join(" ", new java.util.TreeSet<>(part.keySet())),
                    PLAIN.get("cloudFormationStackSet"),
                    part);
        }
        add(
                all,
                "cloudFormationStackSet",
                "executionRoleName",
                with(PLAIN.get("cloudFormationStackSet"), "stackSet", "other"),
                Map.of("executionRoleName", "prod"));
        Map<String, Object> set = Map.of("stackSet", "web-prod");
        add(all, "cloudFormationStackSet", "delete", set, Map.of("delete", true));
        add(all, "cloudFormationStackSet", "retainStacks", set, Map.of("delete", true, "retainStacks", true));
        return all;
    }

    private static final String STACK = "64bit Amazon Linux 2023 v6.1.0 running Node.js 20";
    private static final String APP_SPEC =
            "{\"version\": 0.0, \"Resources\": [{\"web\": {\"Type\": \"AWS::Lambda::Function\","
                    + " \"Properties\": {\"Name\": \"web\", \"Alias\": \"live\", \"CurrentVersion\": \"1\", \"TargetVersion\": \"2\"}}}]}";

    private static Map<String, Object> with(Map<String, ?> plain, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(plain);
        more.put(name, value);
        return more;
    }

    /** Without a stage, in another one, and in the one that it is about. */
    private static void add(
            List<Attempt> all, String step, String argument, Map<String, ?> plain, Map<String, ?> tried) {
        Map<String, Object> arguments = new LinkedHashMap<>(plain);
        arguments.putAll(tried);
        boolean ofNone = "tests".equals(arguments.get("project"))
                || "scratch".equals(arguments.get("environment")) && tried.containsKey("optionSettings");
        all.add(new Attempt(step, argument, arguments));
        all.add(new Attempt(step, argument, with(arguments, "stage", "dev")));
        if (!ofNone) {
            all.add(new Attempt(step, argument, with(arguments, "stage", "prod")));
        }
    }

    /** What a call has beside the argument that is tried, so that it would go through but for the guards. */
    private static final Map<String, Map<String, Object>> PLAIN = Map.of(
            "codeBuild", Map.of("project", "prod-deploy"),
            "codeDeploy", Map.of("application", "web", "deploymentGroup", "prod", "revision", "s3://artifacts/web.zip"),
            "beanstalkDeploy", Map.of("application", "web", "environment", "web-prod", "version", "v0"),
            "codePipeline", Map.of("pipeline", "web-prod"),
            "cloudFormationDeploy",
                    Map.of(
                            "stack",
                            "web-prod",
                            "template",
                            Map.of("body", "Resources: {A: {Type: \"AWS::SNS::Topic\"}}")),
            "cloudFormationStackSet",
                    Map.of(
                            "stackSet",
                            "web-prod",
                            "template",
                            Map.of("body", "Resources: {A: {Type: \"AWS::SNS::Topic\"}}")),
            "cloudFormationOutputs", Map.of("stack", "web-prod"),
            "codeCommitStatus", Map.of("pullRequest", "1"),
            "awsApproval", Map.of("message", "Ship it?", "revision", "s3://artifacts/web.zip"));

    /** What is tried with an argument, if it is not what the plain call has. */
    private static final Map<String, Object> TRIED = tried();

    private AttackTable() {}

    private static Map<String, Object> tried() {
        Map<String, Object> tried = new LinkedHashMap<>();
        tried.put("region", "us-east-1");
        tried.put("credentialsId", "aws");
        tried.put("role", ROLE);
        tried.put("externalId", "prod");
        tried.put("endpoint", "http://127.0.0.1:9");
        tried.put("stage", "dev");
        tried.put("application", "WEB");
        tried.put("deploymentGroup", "PROD");
        tried.put("environment", "WEB-PROD");
        tried.put("revision", "s3://artifacts/evil.zip");
        tried.put("sourceVersion", "evil");
        tried.put("buildspec", "version: 0.2");
        tried.put("image", "evil:latest");
        tried.put("serviceRole", ROLE);
        tried.put("environmentVariables", Map.of("TARGET", "prod"));
        tried.put(
                "optionSettings",
                List.of(Map.of(
                        "namespace", "aws:elasticbeanstalk:application:environment", "optionName", "A", "value", "b")));
        tried.put("approvers", "mallory");
        tried.put("administratorsExempt", true);
        tried.put("onTimeout", "approve");
        return tried;
    }

    private static Map<String, Kind> kinds(Object... kindsAndNames) {
        Map<String, Kind> kinds = new TreeMap<>();
        for (int i = 0; i < kindsAndNames.length; i += 2) {
            for (String name : ((String) kindsAndNames[i + 1]).split(" ")) {
                Kind before = kinds.put(name, (Kind) kindsAndNames[i]);
                if (before != null) {
                    throw new IllegalArgumentException(name + " is in the table twice");
                }
            }
        }
        return kinds;
    }

    /** All arguments of a step. */
    static Map<String, Kind> of(String step) {
        Map<String, Kind> all = new TreeMap<>(OF_ALL);
        all.putAll(STEPS.get(step));
        return all;
    }

    /** Each argument that is not harmless, tried with the guarded stage and without it, as far as a value is known for it. */
    static List<Attempt> attempts() {
        List<Attempt> all = new ArrayList<>(plain());
        all.addAll(nested());
        all.addAll(KnownAttacks.all());
        return all;
    }

    private static List<Attempt> plain() {
        return STEPS.keySet().stream()
                .sorted()
                .flatMap(step -> of(step).entrySet().stream()
                        .filter(entry -> entry.getValue() != Kind.HARMLESS && TRIED.containsKey(entry.getKey()))
                        .flatMap(entry -> java.util.stream.Stream.of(true, false)
                                .filter(staged -> isGuarded(step, entry.getKey(), entry.getValue(), staged))
                                .map(staged -> attempt(step, entry.getKey(), staged))))
                .toList();
    }

    /** What belongs to no stage unless it names one: a build, and a question. */
    private static boolean isGuarded(String step, String argument, Kind kind, boolean staged) {
        boolean deploys = step.endsWith("Deploy") || step.equals("codePipeline");
        boolean refusedAsked = kind == Kind.IDENTITY || kind == Kind.ENDPOINT || kind == Kind.APPROVAL;
        if (argument.equals("stage")) {
            return deploys && !staged;
        }
        if (argument.equals("application") && step.equals("beanstalkDeploy") || argument.equals("region") && !staged) {
            return false; // another place: there is nothing of that name
        }
        return step.equals("awsApproval") ? staged && refusedAsked : deploys || staged;
    }

    private static Attempt attempt(String step, String argument, boolean staged) {
        Map<String, Object> arguments = new LinkedHashMap<>(PLAIN.get(step));
        if (staged) {
            arguments.put("stage", "prod");
        }
        arguments.put(argument, TRIED.get(argument));
        if (argument.equals("externalId") || argument.equals("role")) {
            arguments.put("role", ROLE);
            arguments.put("externalId", "prod");
        }
        if (argument.equals("endpoint")) {
            arguments.put("endpoint", "http://127.0.0.1:9");
        }
        if (step.equals("awsApproval")) {
            arguments.put("notify", "arn:aws:sns:eu-west-1:123456789012:releases"); // else it calls nobody
            arguments.put("timeout", 1); // nobody answers those that get through
            arguments.put("unit", "SECONDS");
        }
        return new Attempt(step, argument, arguments);
    }
}
