package io.jenkins.plugins.awscicd.delivery.guard;

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

        String groovy() {
            List<String> all = arguments.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                    .toList();
            return step + "(" + String.join(", ", all) + ")";
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
                    "serviceRole sourceAuth registryCredential encryptionKey kmsKey",
                    Kind.TARGET,
                    "project bucket keyPrefix artifacts secondaryArtifacts cache cloudWatchLogs s3Logs fleet",
                    Kind.REVISION,
                    "source sourceType sourceLocation sourceVersion secondarySources buildspec image directory"
                            + " includes excludes environmentVariables",
                    Kind.HARMLESS,
                    "propagate onAbort maxUploadMb gitCloneDepth gitSubmodules insecureSsl computeType environmentType"
                            + " certificate privileged imagePullCredentials timeoutMinutes queuedTimeoutMinutes"
                            + " autoRetryLimit roomTimeoutMinutes debugSession reportBuildStatus buildStatusConfig log"),
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
            "awsApproval",
            kinds(
                    Kind.TARGET, "notify",
                    Kind.REVISION, "what revision",
                    Kind.APPROVAL, "approvers approvals forbidSelfApproval administratorsExempt onTimeout timeout unit",
                    Kind.HARMLESS, "message link commentRequired ok parameters"));

    /** What a call has beside the argument that is tried, so that it would go through but for the guards. */
    private static final Map<String, Map<String, Object>> PLAIN = Map.of(
            "codeBuild", Map.of("project", "prod-deploy"),
            "codeDeploy", Map.of("application", "web", "deploymentGroup", "prod", "revision", "s3://artifacts/web.zip"),
            "beanstalkDeploy", Map.of("application", "web", "environment", "web-prod", "version", "v0"),
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
        boolean deploys = step.equals("codeDeploy") || step.equals("beanstalkDeploy");
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
