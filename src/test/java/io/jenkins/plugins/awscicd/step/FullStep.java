package io.jenkins.plugins.awscicd.step;

import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsDownload;
import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.BatchOverride;
import io.jenkins.plugins.awscicd.step.codebuild.BuildStatusOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CacheOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CloudWatchLogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codebuild.S3LogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.SecondarySource;
import io.jenkins.plugins.awscicd.step.codebuild.SourceAuthOverride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step with everything set, though AWS would not take all of it together. */
public final class FullStep {

    public static final String SNIPPET = "codeBuild "
            + "archive: true, "
            + "artifacts: [bucketOwnerAccess: 'FULL', encryptionDisabled: true, identifier: 'main', "
            + "location: 'artifacts', name: 'main.zip', namespaceType: 'BUILD_ID', overrideArtifactName: false, "
            + "packaging: 'ZIP', path: 'web', type: 'S3'], "
            + "autoRetryLimit: 0, "
            + "batch: true, "
            + "batchConfig: [batchReportMode: 'REPORT_AGGREGATED_BATCH', combineArtifacts: true, "
            + "computeTypesAllowed: 'BUILD_GENERAL1_SMALL', fleetsAllowed: 'builders', maximumBuildsAllowed: 20, "
            + "serviceRole: 'arn:aws:iam::123456789012:role/batch', timeoutInMins: 90], "
            + "bucket: 'sources', "
            + "build: 'web:69ee9b60-08e3-4838-94d8-8b2236dcd272', "
            + "buildStatusConfig: [context: 'jenkins/web', targetUrl: 'https://ci.example.com/web'], "
            + "buildspec: '''version: 0.2\nphases:\n  build:\n    commands:\n      - echo \\'done\\'''', "
            + "cache: [cacheNamespace: 'team', location: 'cache/web', modes: 'LOCAL_SOURCE_CACHE', type: 'S3'], "
            + "certificate: 'arn:aws:s3:::sources/certificate.pem', "
            + "cloudWatchLogs: [groupName: '/builds/web', status: 'ENABLED', streamName: 'main'], "
            + "computeType: 'BUILD_GENERAL1_SMALL', "
            + "credentialsId: 'deployer', "
            + "debugSession: true, "
            + "directory: 'services/web', "
            + "download: [maxMb: 100, secondary: 'docs', to: 'dist', unzip: true], "
            + "encryptionKey: 'alias/artifacts', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "environmentType: 'LINUX_CONTAINER', "
            + "environmentVariables: [STAGE: 'test', TOKEN: [value: 'web/token', type: 'SECRETS_MANAGER'], EMPTY: ''], "
            + "excludes: '**/target/**', "
            + "externalId: 'jenkins', "
            + "fleet: 'arn:aws:codebuild:eu-west-1:123456789012:fleet/builders:1', "
            + "gitCloneDepth: 0, "
            + "gitSubmodules: false, "
            + "image: 'aws/codebuild/standard:7.0', "
            + "imagePullCredentials: 'SERVICE_ROLE', "
            + "includes: 'src/**, pom.xml', "
            + "insecureSsl: true, "
            + "keyPrefix: 'jenkins/web', "
            + "kmsKey: 'alias/sources', "
            + "log: 'link', "
            + "maxUploadMb: 500, "
            + "onAbort: 'leave', "
            + "privileged: true, "
            + "project: 'web', "
            + "propagate: false, "
            + "queuedTimeoutMinutes: 60, "
            + "region: 'eu-west-1', "
            + "registryCredential: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry', "
            + "reportBuildStatus: false, "
            + "retryBuild: 2, "
            + "retryFailed: 1, "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleSessionName: 'web-delivery', "
            + "roomTimeoutMinutes: 0, "
            + "s3Logs: [bucketOwnerAccess: 'READ_ONLY', encryptionDisabled: false, location: 'logs/web', "
            + "status: 'ENABLED'], "
            + "secondaryArtifacts: [[bucketOwnerAccess: 'FULL', encryptionDisabled: true, identifier: 'docs', "
            + "location: 'artifacts', name: 'docs.zip', namespaceType: 'BUILD_ID', overrideArtifactName: false, "
            + "packaging: 'ZIP', path: 'web', type: 'S3'], [bucketOwnerAccess: 'FULL', encryptionDisabled: true, "
            + "identifier: 'reports', location: 'artifacts', name: 'reports.zip', namespaceType: 'BUILD_ID', "
            + "overrideArtifactName: false, packaging: 'ZIP', path: 'web', type: 'S3']], "
            + "secondarySources: [" + snippetOfSource("libs") + ", " + snippetOfSource("tools") + "], "
            + "serviceRole: 'arn:aws:iam::123456789012:role/codebuild', "
            + "source: 'workspace', "
            + "sourceAuth: [resource: 'arn:aws:codeconnections:eu-west-1:123456789012:connection/0123', type: 'CODECONNECTIONS'], "
            + "sourceLocation: 'https://github.com/acme/web.git', "
            + "sourceType: 'GITHUB', "
            + "sourceVersion: 'main', "
            + "stage: 'prod', "
            + "testResults: 'unstable', "
            + "timeoutMinutes: 30";

    private FullStep() {}

    public static CodeBuildStep create() {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setSource("workspace");
        step.setSourceType("GITHUB");
        step.setSourceLocation("https://github.com/acme/web.git");
        step.setSourceVersion("main");
        step.setGitCloneDepth(0);
        step.setGitSubmodules(false);
        step.setInsecureSsl(true);
        step.setSecondarySources(List.of(source("libs"), source("tools")));
        step.setDirectory("services/web");
        step.setIncludes("src/**, pom.xml");
        step.setExcludes("**/target/**");
        step.setBucket("sources");
        step.setKeyPrefix("jenkins/web");
        step.setKmsKey("alias/sources");
        step.setMaxUploadMb(500);
        step.setBuildspec("version: 0.2\nphases:\n  build:\n    commands:\n      - echo 'done'");
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("STAGE", "test");
        Map<String, String> secret = new LinkedHashMap<>();
        secret.put("value", "web/token");
        secret.put("type", "SECRETS_MANAGER");
        variables.put("TOKEN", secret);
        variables.put("EMPTY", "");
        step.setEnvironmentVariables(variables);
        step.setImage("aws/codebuild/standard:7.0");
        step.setComputeType("BUILD_GENERAL1_SMALL");
        step.setEnvironmentType("LINUX_CONTAINER");
        step.setFleet("arn:aws:codebuild:eu-west-1:123456789012:fleet/builders:1");
        step.setCertificate("arn:aws:s3:::sources/certificate.pem");
        step.setPrivileged(true);
        step.setImagePullCredentials("SERVICE_ROLE");
        step.setRegistryCredential("arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry");
        step.setServiceRole("arn:aws:iam::123456789012:role/codebuild");
        step.setEncryptionKey("alias/artifacts");
        step.setTimeoutMinutes(30);
        step.setQueuedTimeoutMinutes(60);
        step.setRoomTimeoutMinutes(0);
        step.setDebugSession(true);
        SourceAuthOverride auth = new SourceAuthOverride();
        auth.setType("CODECONNECTIONS");
        auth.setResource("arn:aws:codeconnections:eu-west-1:123456789012:connection/0123");
        step.setSourceAuth(auth);
        BuildStatusOverride status = new BuildStatusOverride();
        status.setContext("jenkins/web");
        status.setTargetUrl("https://ci.example.com/web");
        step.setBuildStatusConfig(status);
        step.setBuild("web:69ee9b60-08e3-4838-94d8-8b2236dcd272");
        step.setBatch(true);
        BatchOverride batch = new BatchOverride();
        batch.setServiceRole("arn:aws:iam::123456789012:role/batch");
        batch.setCombineArtifacts(true);
        batch.setMaximumBuildsAllowed(20);
        batch.setComputeTypesAllowed("BUILD_GENERAL1_SMALL");
        batch.setFleetsAllowed("builders");
        batch.setTimeoutInMins(90);
        batch.setBatchReportMode("REPORT_AGGREGATED_BATCH");
        step.setBatchConfig(batch);
        step.setRetryFailed(1);
        step.setRetryBuild(2);
        step.setAutoRetryLimit(0);
        step.setReportBuildStatus(false);
        step.setArtifacts(artifacts("main"));
        step.setSecondaryArtifacts(List.of(artifacts("docs"), artifacts("reports")));
        ArtifactsDownload download = new ArtifactsDownload("dist");
        download.setSecondary("docs");
        download.setUnzip(true);
        download.setMaxMb(100);
        step.setDownload(download);
        step.setArchive(true);
        CacheOverride cache = new CacheOverride();
        cache.setType("S3");
        cache.setLocation("cache/web");
        cache.setCacheNamespace("team");
        cache.setModes("LOCAL_SOURCE_CACHE");
        step.setCache(cache);
        CloudWatchLogsOverride cloudWatchLogs = new CloudWatchLogsOverride();
        cloudWatchLogs.setStatus("ENABLED");
        cloudWatchLogs.setGroupName("/builds/web");
        cloudWatchLogs.setStreamName("main");
        step.setCloudWatchLogs(cloudWatchLogs);
        S3LogsOverride s3Logs = new S3LogsOverride();
        s3Logs.setStatus("ENABLED");
        s3Logs.setLocation("logs/web");
        s3Logs.setEncryptionDisabled(false);
        s3Logs.setBucketOwnerAccess("READ_ONLY");
        step.setS3Logs(s3Logs);
        step.setLog("link");
        step.setTestResults("unstable");
        step.setStage("prod");
        step.setRegion("eu-west-1");
        step.setCredentialsId("deployer");
        step.setRole("arn:aws:iam::123456789012:role/delivery");
        step.setExternalId("jenkins");
        step.setRoleSessionName("web-delivery");
        step.setEndpoint("https://vpce-0123.example.com");
        step.setPropagate(false);
        step.setOnAbort("leave");
        return step;
    }

    private static String snippetOfSource(String identifier) {
        return "[auth: [resource: 'arn:of:a:secret', type: 'SECRETS_MANAGER'], "
                + "buildStatusConfig: [context: '" + identifier + "', targetUrl: 'https://ci.example.com/" + identifier
                + "'], gitCloneDepth: 0, gitSubmodules: true, identifier: '" + identifier + "', insecureSsl: false, "
                + "location: 'https://github.com/acme/" + identifier + ".git', reportBuildStatus: false, "
                + "type: 'GITHUB', version: 'main']";
    }

    private static SecondarySource source(String identifier) {
        SecondarySource source = new SecondarySource();
        SourceAuthOverride auth = new SourceAuthOverride();
        auth.setType("SECRETS_MANAGER");
        auth.setResource("arn:of:a:secret");
        source.setAuth(auth);
        BuildStatusOverride status = new BuildStatusOverride();
        status.setContext(identifier);
        status.setTargetUrl("https://ci.example.com/" + identifier);
        source.setBuildStatusConfig(status);
        source.setIdentifier(identifier);
        source.setType("GITHUB");
        source.setLocation("https://github.com/acme/" + identifier + ".git");
        source.setVersion("main");
        source.setGitCloneDepth(0);
        source.setGitSubmodules(true);
        source.setInsecureSsl(false);
        source.setReportBuildStatus(false);
        return source;
    }

    private static ArtifactsOverride artifacts(String identifier) {
        ArtifactsOverride artifacts = new ArtifactsOverride();
        artifacts.setIdentifier(identifier);
        artifacts.setType("S3");
        artifacts.setLocation("artifacts");
        artifacts.setPath("web");
        artifacts.setNamespaceType("BUILD_ID");
        artifacts.setName(identifier + ".zip");
        artifacts.setPackaging("ZIP");
        artifacts.setOverrideArtifactName(false);
        artifacts.setEncryptionDisabled(true);
        artifacts.setBucketOwnerAccess("FULL");
        return artifacts;
    }
}
