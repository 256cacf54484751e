package io.jenkins.plugins.awscicd.engine.codebuild;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.required;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Options.part;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import io.jenkins.plugins.awscicd.engine.option.Words;
import java.util.List;
import software.amazon.awssdk.services.codebuild.model.ArtifactNamespace;
import software.amazon.awssdk.services.codebuild.model.ArtifactPackaging;
import software.amazon.awssdk.services.codebuild.model.ArtifactsType;
import software.amazon.awssdk.services.codebuild.model.BucketOwnerAccess;
import software.amazon.awssdk.services.codebuild.model.BuildStatusConfig;
import software.amazon.awssdk.services.codebuild.model.CacheMode;
import software.amazon.awssdk.services.codebuild.model.CacheType;
import software.amazon.awssdk.services.codebuild.model.CloudWatchLogsConfig;
import software.amazon.awssdk.services.codebuild.model.ImagePullCredentialsType;
import software.amazon.awssdk.services.codebuild.model.LogsConfig;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.ProjectArtifacts;
import software.amazon.awssdk.services.codebuild.model.ProjectBuildBatchConfig;
import software.amazon.awssdk.services.codebuild.model.ProjectCache;
import software.amazon.awssdk.services.codebuild.model.ProjectSource;
import software.amazon.awssdk.services.codebuild.model.ProjectSourceVersion;
import software.amazon.awssdk.services.codebuild.model.S3LogsConfig;
import software.amazon.awssdk.services.codebuild.model.SourceAuth;
import software.amazon.awssdk.services.codebuild.model.SourceAuthType;
import software.amazon.awssdk.services.codebuild.model.SourceType;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * The arguments of {@code codeBuild} and what they become in
 * <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">StartBuild</a>. Only what was given
 * is sent: all else stays as the project has it.
 */
final class BuildOptions {

    /** Minutes that StartBuild takes as a build's timeout. */
    private static final int LONGEST_BUILD = 2160;

    private static final int LONGEST_QUEUED = 480;
    /** A week. */
    private static final int LONGEST_WAIT_FOR_ROOM = 10_080;

    private static final List<String> STATUS = Words.known(LogsConfigStatusType.knownValues());
    private static final List<String> OWNER_ACCESS = Words.known(BucketOwnerAccess.knownValues());

    private static final Rule PROJECT = Rule.length(2, 150)
            .matching("[A-Za-z0-9][A-Za-z0-9_-]*", "letters, digits, - and _")
            .unlike(
                    Mistake.arn(
                            "codebuild",
                            "(?:project|build|build-batch)/([^:/]+).*",
                            "use the project's name alone: '$1'"),
                    Mistake.page("/.*projects/([^/?]+).*", "use the project's name alone: '$1'"),
                    Mistake.of("([\\w-]+):[0-9a-f-]{36}", "is a build; use the name of its project, '$1'"))
            .named("project");

    private static final Rule BUILD = Rule.length(1, Integer.MAX_VALUE)
            .unlike(
                    Mistake.of(
                            "arn:[^:]*:codebuild:[^:]*:[^:]*:build-batch/.*",
                            "is a batch of builds, which cannot be followed"),
                    Mistake.page(
                            "/.*/build/([A-Za-z0-9_-]+)(?::|%3A)([0-9a-fA-F-]{36}).*",
                            "use the build's id alone: '$1:$2'"))
            .matching(
                    "(?:arn:[^:]+:codebuild:[^:]+:\\d{12}:build/)?[A-Za-z0-9][A-Za-z0-9_-]+:[0-9a-fA-F-]{36}",
                    "the id of a build, such as 'web:69ee9b60-08e3-4838-94d8-8b2236dcd272', or its ARN");

    private static final Rule CERTIFICATE = Rule.length(1, Integer.MAX_VALUE)
            .unlike(Mistake.of("s3://(.+)", "begins with s3://; use its Rule.ARN, 'arn:aws:s3:::$1'"));

    private static final Rule IDENTIFIER = Rule.length(1, 127).matching("[A-Za-z0-9_]+", "letters, digits and _");
    private static final Rule KIND = Rule.length(1, 255)
            .matching("[A-Z][A-Z0-9_]*", "uppercase letters, digits and _, such as BUILD_GENERAL1_SMALL");
    /** Of secondary sources, and of secondary artifacts. */
    private static final int MOST_PARTS = 12;

    private static final Options<ProjectArtifacts.Builder> ARTIFACTS = new Options<>(
            text("identifier", ProjectArtifacts.Builder::artifactIdentifier),
            required(word(
                    "type",
                    without(Words.known(ArtifactsType.knownValues()), "CODEPIPELINE"),
                    ProjectArtifacts.Builder::type)),
            text("location", AwsNames.BUCKET, ProjectArtifacts.Builder::location),
            text("path", ProjectArtifacts.Builder::path),
            word(
                    "namespaceType",
                    Words.known(ArtifactNamespace.knownValues()),
                    ProjectArtifacts.Builder::namespaceType),
            text("name", ProjectArtifacts.Builder::name),
            word("packaging", Words.known(ArtifactPackaging.knownValues()), ProjectArtifacts.Builder::packaging),
            flag("overrideArtifactName", ProjectArtifacts.Builder::overrideArtifactName),
            flag("encryptionDisabled", ProjectArtifacts.Builder::encryptionDisabled),
            word("bucketOwnerAccess", OWNER_ACCESS, ProjectArtifacts.Builder::bucketOwnerAccess));

    private static final Options<ProjectCache.Builder> CACHE = new Options<>(
            required(word("type", Words.known(CacheType.knownValues()), ProjectCache.Builder::type)),
            text("location", AwsNames.LOCATION, ProjectCache.Builder::location),
            Option.words("modes", Words.known(CacheMode.knownValues()), ProjectCache.Builder::modesWithStrings),
            text("cacheNamespace", ProjectCache.Builder::cacheNamespace));

    private static final Options<SourceAuth.Builder> AUTH = new Options<>(
            required(word("type", Words.known(SourceAuthType.knownValues()), SourceAuth.Builder::type)),
            text("resource", SourceAuth.Builder::resource));

    private static final Options<BuildStatusConfig.Builder> BUILD_STATUS = new Options<>(
            text("context", BuildStatusConfig.Builder::context),
            text("targetUrl", BuildStatusConfig.Builder::targetUrl));

    private static final Options<CloudWatchLogsConfig.Builder> CLOUD_WATCH = new Options<>(
            required(word("status", STATUS, CloudWatchLogsConfig.Builder::status)),
            text("groupName", CloudWatchLogsConfig.Builder::groupName),
            text("streamName", CloudWatchLogsConfig.Builder::streamName));

    private static final Options<S3LogsConfig.Builder> S3_LOGS = new Options<>(
            required(word("status", STATUS, S3LogsConfig.Builder::status)),
            text("location", AwsNames.LOCATION, S3LogsConfig.Builder::location),
            flag("encryptionDisabled", S3LogsConfig.Builder::encryptionDisabled),
            word("bucketOwnerAccess", OWNER_ACCESS, S3LogsConfig.Builder::bucketOwnerAccess));

    /** A secondary source: its version is another part of the request than the rest. */
    private static final Options<SecondarySource> SECONDARY_SOURCE = new Options<>(
            required(text("identifier", IDENTIFIER, (source, id) -> {
                source.source.sourceIdentifier(id);
                source.version.sourceIdentifier(id);
            })),
            required(word("type", sourceTypes(), (source, it) -> source.source.type(it))),
            text("location", AwsNames.LOCATION, (source, it) -> source.source.location(it)),
            text("version", (source, it) -> {
                source.versioned = true;
                source.version.sourceVersion(it);
            }),
            number("gitCloneDepth", 0, Integer.MAX_VALUE, (source, it) -> source.source.gitCloneDepth(it)),
            flag("gitSubmodules", (source, it) -> source.source.gitSubmodulesConfig(git -> git.fetchSubmodules(it))),
            flag("insecureSsl", (source, it) -> source.source.insecureSsl(it)),
            part("auth", AUTH, SourceAuth::builder, (source, it) -> source.source.auth(it.build())),
            flag("reportBuildStatus", (source, it) -> source.source.reportBuildStatus(it)),
            part(
                    "buildStatusConfig",
                    BUILD_STATUS,
                    BuildStatusConfig::builder,
                    (source, it) -> source.source.buildStatusConfig(it.build())));

    private static final class SecondarySource {
        final ProjectSource.Builder source = ProjectSource.builder();
        final ProjectSourceVersion.Builder version = ProjectSourceVersion.builder();
        boolean versioned;
    }

    static final Options<StartBuildRequest.Builder> ALL = new Options<>(
            text("project", PROJECT, StartBuildRequest.Builder::projectName),
            text("build", BUILD, null),
            word("source", List.of("project", "workspace"), null),
            word("sourceType", sourceTypes(), StartBuildRequest.Builder::sourceTypeOverride),
            text("sourceLocation", AwsNames.LOCATION, StartBuildRequest.Builder::sourceLocationOverride),
            text("sourceVersion", StartBuildRequest.Builder::sourceVersion),
            number("gitCloneDepth", 0, Integer.MAX_VALUE, StartBuildRequest.Builder::gitCloneDepthOverride),
            flag("gitSubmodules", (build, it) -> build.gitSubmodulesConfigOverride(git -> git.fetchSubmodules(it))),
            flag("insecureSsl", StartBuildRequest.Builder::insecureSslOverride),
            part("sourceAuth", AUTH, SourceAuth::builder, (build, it) -> build.sourceAuthOverride(it.build())),
            parts(
                    "secondarySources",
                    MOST_PARTS,
                    SECONDARY_SOURCE,
                    SecondarySource::new,
                    BuildOptions::writeSecondarySources),
            text("directory", null),
            text("includes", null),
            text("excludes", null),
            text("bucket", AwsNames.BUCKET, null),
            text("keyPrefix", AwsNames.KEY, null),
            text("kmsKey", AwsNames.KMS_KEY, null),
            number("maxUploadMb", 1, 5_000_000, null),
            text("buildspec", StartBuildRequest.Builder::buildspecOverride),
            new Option<>(
                    "environmentVariables",
                    VariablesArgument::read,
                    StartBuildRequest.Builder::environmentVariablesOverride),
            text("image", StartBuildRequest.Builder::imageOverride),
            // Not checked against the SDK's lists: AWS adds sizes and kinds more often than plugins are updated.
            text("computeType", KIND, StartBuildRequest.Builder::computeTypeOverride),
            text("environmentType", KIND, StartBuildRequest.Builder::environmentTypeOverride),
            text("fleet", Rule.ARN, (build, it) -> build.fleetOverride(fleet -> fleet.fleetArn(it))),
            text("certificate", CERTIFICATE, StartBuildRequest.Builder::certificateOverride),
            flag("privileged", StartBuildRequest.Builder::privilegedModeOverride),
            word(
                    "imagePullCredentials",
                    Words.known(ImagePullCredentialsType.knownValues()),
                    StartBuildRequest.Builder::imagePullCredentialsTypeOverride),
            text(
                    "registryCredential",
                    Rule.ARN,
                    (build, it) -> build.registryCredentialOverride(
                            credential -> credential.credential(it).credentialProvider("SECRETS_MANAGER"))),
            text("serviceRole", Rule.ARN, StartBuildRequest.Builder::serviceRoleOverride),
            text("encryptionKey", AwsNames.KMS_KEY, StartBuildRequest.Builder::encryptionKeyOverride),
            number("timeoutMinutes", 5, LONGEST_BUILD, StartBuildRequest.Builder::timeoutInMinutesOverride),
            number(
                    "queuedTimeoutMinutes",
                    5,
                    LONGEST_QUEUED,
                    StartBuildRequest.Builder::queuedTimeoutInMinutesOverride),
            number("roomTimeoutMinutes", 0, LONGEST_WAIT_FOR_ROOM, null),
            part("cache", CACHE, ProjectCache::builder, (build, it) -> build.cacheOverride(it.build())),
            part(
                    "cloudWatchLogs",
                    CLOUD_WATCH,
                    CloudWatchLogsConfig::builder,
                    (build, it) -> build.logsConfigOverride(
                            logs(build).cloudWatchLogs(it.build()).build())),
            part(
                    "s3Logs",
                    S3_LOGS,
                    S3LogsConfig::builder,
                    (build, it) -> build.logsConfigOverride(
                            logs(build).s3Logs(it.build()).build())),
            part("artifacts", ARTIFACTS, ProjectArtifacts::builder, (build, it) -> build.artifactsOverride(it.build())),
            parts(
                    "secondaryArtifacts",
                    MOST_PARTS,
                    ARTIFACTS,
                    ProjectArtifacts::builder,
                    (build, list) -> build.secondaryArtifactsOverride(
                            list.stream().map(ProjectArtifacts.Builder::build).toList())),
            number("retryBuild", 1, RetryRequest.MOST, null),
            number("autoRetryLimit", 0, Integer.MAX_VALUE, StartBuildRequest.Builder::autoRetryLimitOverride),
            flag("reportBuildStatus", StartBuildRequest.Builder::reportBuildStatusOverride),
            part(
                    "buildStatusConfig",
                    BUILD_STATUS,
                    BuildStatusConfig::builder,
                    (build, it) -> build.buildStatusConfigOverride(it.build())),
            flag("debugSession", StartBuildRequest.Builder::debugSessionEnabled),
            // What is given of a batch goes into another request than this one.
            flag(BatchOptions.BATCH, null),
            part(BatchOptions.CONFIG_NAME, BatchOptions.CONFIG, ProjectBuildBatchConfig::builder, null),
            number(BatchOptions.RETRIES, 0, BatchOptions.MOST_RETRIES, null));

    private BuildOptions() {}

    private static void writeSecondarySources(StartBuildRequest.Builder build, List<SecondarySource> sources) {
        build.secondarySourcesOverride(
                sources.stream().map(it -> it.source.build()).toList());
        List<ProjectSourceVersion> versions = sources.stream()
                .filter(it -> it.versioned)
                .map(it -> it.version.build())
                .toList();
        if (!versions.isEmpty()) {
            build.secondarySourcesVersionOverride(versions);
        }
    }

    /** Both kinds of logs are one part of the request. */
    private static LogsConfig.Builder logs(StartBuildRequest.Builder build) {
        LogsConfig set = build.build().logsConfigOverride();
        return set == null ? LogsConfig.builder() : set.toBuilder();
    }

    private static List<String> sourceTypes() {
        // A build that was started by itself, not by CodePipeline, cannot have CodePipeline's source.
        return without(Words.known(SourceType.knownValues()), "CODEPIPELINE");
    }

    private static List<String> without(List<String> words, String word) {
        return words.stream().filter(it -> !it.equals(word)).toList();
    }
}
