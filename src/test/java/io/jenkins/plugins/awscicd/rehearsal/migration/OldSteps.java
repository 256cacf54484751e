package io.jenkins.plugins.awscicd.rehearsal.migration;

import io.jenkins.plugins.awscicd.rehearsal.migration.GroovyText.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of other plugins, by their own documentation and sources: AWS CodeBuild (aws-codebuild), Pipeline: AWS Steps (pipeline-aws), AWS
 * CodeDeploy (codedeploy) and AWS Elastic Beanstalk Deployment (awseb-deployment-plugin).
 */
final class OldSteps {

    private static final String KEYS =
            "keep access keys in Jenkins, as credentials of the kind AWS Credentials, and name them with credentialsId";

    private static final Map<String, Function<Call, Rewriting>> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("awsCodeBuild", OldSteps::codeBuild);
        STEPS.put("createDeployment", OldSteps::createDeployment);
        STEPS.put("awaitDeploymentCompletion", OldSteps::awaitDeployment);
        STEPS.put("AWSCodeDeployPublisher", OldSteps::codeDeploy);
        STEPS.putAll(OldBeanstalkSteps.STEPS);
        STEPS.put("withAWS", call -> new Rewriting(Map.of()));
    }

    private OldSteps() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>(STEPS.keySet());
        names.addAll(OldStackSteps.names());
        return names;
    }

    /** @param all the calls of the file */
    static Rewriting rewrite(Call call, List<Call> all) {
        return OldStackSteps.names().contains(call.name())
                ? OldStackSteps.rewrite(call, all)
                : STEPS.get(call.name()).apply(call);
    }

    /** @param around who steps are to AWS there; arguments of this plugin's steps */
    static Rewriting done(Call call, Rewriting rewriting, Map<String, String> around) {
        if (rewriting.step() == null) {
            return call.name().equals("withAWS") ? around(rewriting, call) : rewriting;
        }
        return rewriting.access(around).done();
    }

    private static Rewriting around(Rewriting rewriting, Call call) {
        String role = access(call).get("role");
        if (role != null && role.startsWith("'") && !isArn(role)) {
            rewriting.remark("role has to be the whole ARN, such as 'arn:aws:iam::123456789012:role/"
                    + Rewriting.within(role) + "'");
        }
        return rewriting.remark("the steps of AWS CI/CD do not read withAWS: they get "
                + (access(call).isEmpty()
                        ? "credentialsId, role and region"
                        : String.join(", ", access(call).keySet()))
                + " as arguments, or better from a stage; other steps still need it");
    }

    /** What a block says, as arguments of this plugin's steps. */
    static Map<String, String> access(Call call) {
        Rewriting block = new Rewriting(call.named())
                .same("region")
                .rename("credentials", "credentialsId")
                .same("externalId", "roleSessionName")
                .rename("endpointUrl", "endpoint");
        String role = block.take("role");
        String account = block.take("roleAccount");
        boolean whole = role == null || account == null || isArn(role);
        return block.put(
                        "role",
                        whole
                                ? role
                                : Rewriting.text("arn:aws:iam::" + Rewriting.within(account) + ":role/"
                                        + Rewriting.within(role)))
                .arguments();
    }

    private static boolean isArn(String role) {
        return Rewriting.within(role).startsWith("arn:");
    }

    private static Rewriting codeBuild(Call call) {
        Rewriting it = new Rewriting(call.named()).to("codeBuild").rename("projectName", "project");
        String control = Rewriting.plain(it.take("sourceControlType"));
        if ("jenkins".equals(control)) {
            it.put("source", "'workspace'");
        }
        it.same("region");
        String id = it.take("credentialsId");
        if (id != null) {
            it.put("credentialsId", id)
                    .remark(
                            "credentialsId has to name credentials of the kind AWS Credentials; those of CodeBuild's own kind are"
                                    + " not known here");
        }
        if (it.take("awsAccessKey") != null | it.take("awsSecretKey") != null | it.take("awsSessionToken") != null) {
            it.remark(KEYS);
        }
        it.drop("credentialsType", "sseAlgorithm")
                .without("proxyHost", "Jenkins' own proxy is used")
                .drop("proxyPort");
        it.same("sourceVersion")
                .rename("sourceTypeOverride", "sourceType")
                .rename("sourceLocationOverride", "sourceLocation");
        if ("jenkins".equals(control)) {
            for (String name : new String[] {"sourceVersion", "sourceType", "sourceLocation"}) {
                it.arguments().remove(name);
            }
        }
        it.number("gitCloneDepthOverride", "gitCloneDepth")
                .flag("insecureSslOverride", "insecureSsl")
                .flag("reportBuildStatusOverride", "reportBuildStatus")
                .rename("workspaceSubdir", "directory")
                .rename("workspaceIncludes", "includes")
                .rename("workspaceExcludes", "excludes")
                .without("localSourcePath", "name the folder of the workspace with directory")
                .rename("buildSpecFile", "buildspec");
        variables(it);
        it.rename("imageOverride", "image")
                .rename("computeTypeOverride", "computeType")
                .rename("environmentTypeOverride", "environmentType")
                .rename("certificateOverride", "certificate")
                .rename("serviceRoleOverride", "serviceRole")
                .flag("privilegedModeOverride", "privileged")
                .number("buildTimeoutOverride", "timeoutMinutes");
        parts(it);
        it.without("secondarySourcesOverride", "write it as a list of maps, secondarySources")
                .without("secondarySourcesVersionOverride", "it is part of secondarySources, as version")
                .without("secondaryArtifactsOverride", "write it as a list of maps, secondaryArtifacts")
                .without("downloadArtifacts", "the result knows where they are; fetch them with aws s3 cp")
                .drop("downloadArtifactsRelativePath", "exceptionFailureMode");
        if ("true".equals(Rewriting.plain(it.take("cwlStreamingDisabled")))) {
            it.put("log", "'link'");
        }
        return it;
    }

    private static void parts(Rewriting it) {
        Map<String, String> artifacts = new LinkedHashMap<>();
        artifacts.put("artifactTypeOverride", "type");
        artifacts.put("artifactLocationOverride", "location");
        artifacts.put("artifactPathOverride", "path");
        artifacts.put("artifactNameOverride", "name");
        artifacts.put("artifactNamespaceOverride", "namespaceType");
        artifacts.put("artifactPackagingOverride", "packaging");
        artifacts.put("artifactEncryptionDisabledOverride", "encryptionDisabled");
        artifacts.put("overrideArtifactName", "overrideArtifactName");
        it.part("artifacts", artifacts);
        Map<String, String> cache = new LinkedHashMap<>();
        cache.put("cacheTypeOverride", "type");
        cache.put("cacheLocationOverride", "location");
        it.part("cache", cache).without("cacheModesOverride", "write it as modes of cache, separated by commas");
        Map<String, String> cloudWatch = new LinkedHashMap<>();
        cloudWatch.put("cloudWatchLogsStatusOverride", "status");
        cloudWatch.put("cloudWatchLogsGroupNameOverride", "groupName");
        cloudWatch.put("cloudWatchLogsStreamNameOverride", "streamName");
        it.part("cloudWatchLogs", cloudWatch);
        Map<String, String> s3 = new LinkedHashMap<>();
        s3.put("s3LogsStatusOverride", "status");
        s3.put("s3LogsLocationOverride", "location");
        s3.put("s3LogsEncryptionDisabledOverride", "encryptionDisabled");
        it.part("s3Logs", s3);
    }

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\s*([A-Za-z_]\\w*)\\s*,([^{}]*(?:\\$\\{[^}]*\\}[^{}]*)*)\\}");

    /** {@code [ { NAME, value }, … ]} in one text. */
    private static void variables(Rewriting it) {
        StringBuilder map = new StringBuilder();
        for (String kind : new String[] {"envVariables", "envParameters"}) {
            String given = it.take(kind);
            if (given == null) {
                continue;
            }
            char quote = given.charAt(0);
            String inner = given.replaceFirst("^(?:'''|\"\"\"|'|\")\\s*\\[(.*)\\]\\s*(?:'''|\"\"\"|'|\")$", "$1");
            Matcher variable = VARIABLE.matcher(inner);
            StringBuilder found = new StringBuilder();
            while (variable.find()) {
                String value = quote + variable.group(2).strip() + quote;
                found.append(found.isEmpty() ? "" : ", ")
                        .append(variable.group(1))
                        .append(": ")
                        .append(
                                kind.equals("envVariables")
                                        ? value
                                        : "[value: " + value + ", type: 'PARAMETER_STORE']");
            }
            if (quote != '\'' && quote != '"'
                    || inner.equals(given)
                    || !variable.replaceAll("").matches("[\\s,]*")) {
                it.remark(
                        kind
                                + " could not be read: write it as a map, environmentVariables: [NAME: 'value'], and was left out");
            } else if (!found.isEmpty()) {
                map.append(map.isEmpty() ? "" : ", ").append(found);
            }
        }
        it.put("environmentVariables", map.isEmpty() ? null : "[" + map + "]");
    }

    private static Rewriting createDeployment(Call call) {
        Rewriting it = new Rewriting(call.named())
                .to("codeDeploy")
                .rename("applicationName", "application")
                .rename("deploymentGroupName", "deploymentGroup");
        String repository = it.take("gitHubRepository");
        String commit = it.take("gitHubCommitId");
        String bucket = it.take("s3Bucket");
        String key = it.take("s3Key");
        String type = it.take("s3BundleType");
        if (repository != null) {
            it.put("revision", "[repository: " + repository + ", commit: " + commit + "]");
        } else {
            it.put("revision", "[bucket: " + bucket + ", key: " + key + (type == null ? "" : ", type: " + type) + "]");
        }
        it.rename("deploymentConfigName", "deploymentConfig").same("description");
        waiting(it);
        return it.flag("ignoreApplicationStopFailures", "ignoreApplicationStopFailures")
                .same("fileExistsBehavior");
    }

    private static void waiting(Rewriting it) {
        String wait = it.take("waitForCompletion");
        if (!"true".equals(Rewriting.plain(wait))) {
            it.put("wait", wait == null ? "false" : "false".equals(Rewriting.plain(wait)) ? "false" : wait);
        }
    }

    private static Rewriting awaitDeployment(Call call) {
        String id = call.others().isEmpty()
                ? call.named().get("deploymentId")
                : call.others().get(0);
        return new Rewriting(Map.of())
                .to("codeDeploy")
                .put("watch", id)
                .remark(
                        "codeDeploy without wait: false waits itself; this is needed only if something comes in between");
    }

    private static Rewriting codeDeploy(Call call) {
        Rewriting it = new Rewriting(call.named())
                .to("codeDeploy")
                .rename("applicationName", "application")
                .rename("deploymentGroupName", "deploymentGroup")
                .put("revision", "'workspace'")
                .rename("subdirectory", "directory");
        String includes = it.take("includes");
        it.put("includes", "**".equals(Rewriting.plain(includes)) ? null : includes)
                .same("excludes")
                .rename("s3bucket", "bucket")
                .rename("s3prefix", "keyPrefix")
                .rename("deploymentConfig", "deploymentConfig")
                .same("region");
        String method = it.take("deploymentMethod");
        if (method != null
                && !"deploy".equals(Rewriting.plain(method))
                && !"onlyRevision".equals(Rewriting.plain(method))) {
            it.remark("deploymentMethod " + method + " is not known here, and was left out");
        }
        if ("onlyRevision".equals(Rewriting.plain(method))) {
            it.put("registerOnly", "true").arguments().remove("deploymentGroup");
            it.take("waitForCompletion");
        } else {
            waiting(it);
        }
        if (it.take("awsAccessKey") != null | it.take("awsSecretKey") != null) {
            it.remark(KEYS);
        }
        String group = it.arguments().get("deploymentGroup");
        if ("true".equals(Rewriting.plain(it.take("deploymentGroupAppspec"))) && group != null) {
            it.put("appspec", Rewriting.text("appspec." + Rewriting.within(group) + ".yml"));
        }
        return it.rename("iamRoleArn", "role")
                .same("externalId")
                .without("versionFileName", "write the file in a step before this one")
                .without("proxyHost", "Jenkins' own proxy is used")
                .put("timeoutMinutes", minutes(it.take("pollingTimeoutSec"), "1"))
                .drop("proxyPort", "pollingFreqSec", "credentials");
    }

    /** Whole minutes; null if it is not known before the script runs. */
    static String minutes(String seconds, String times) {
        String each = Rewriting.plain(seconds);
        return each != null && each.matches("\\d{1,6}") && times != null && times.matches("\\d{1,4}")
                ? String.valueOf(Math.max(1, (Long.parseLong(each) * Long.parseLong(times) + 59) / 60))
                : null;
    }
}
