package io.jenkins.plugins.awscicd.engine.codebuild;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Options.part;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codebuild.model.ArtifactNamespace;
import software.amazon.awssdk.services.codebuild.model.ArtifactPackaging;
import software.amazon.awssdk.services.codebuild.model.ArtifactsType;
import software.amazon.awssdk.services.codebuild.model.BucketOwnerAccess;
import software.amazon.awssdk.services.codebuild.model.CacheMode;
import software.amazon.awssdk.services.codebuild.model.CacheType;
import software.amazon.awssdk.services.codebuild.model.CloudWatchLogsConfig;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariableType;
import software.amazon.awssdk.services.codebuild.model.ImagePullCredentialsType;
import software.amazon.awssdk.services.codebuild.model.LogsConfig;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.ProjectArtifacts;
import software.amazon.awssdk.services.codebuild.model.ProjectCache;
import software.amazon.awssdk.services.codebuild.model.ProjectSource;
import software.amazon.awssdk.services.codebuild.model.ProjectSourceVersion;
import software.amazon.awssdk.services.codebuild.model.S3LogsConfig;
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

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private static final List<String> STATUS = words(LogsConfigStatusType.knownValues());
    private static final List<String> OWNER_ACCESS = words(BucketOwnerAccess.knownValues());

    private static final Options<ProjectArtifacts.Builder> ARTIFACTS = new Options<>(
            text("identifier", ProjectArtifacts.Builder::artifactIdentifier),
            word("type", without(words(ArtifactsType.knownValues()), "CODEPIPELINE"), ProjectArtifacts.Builder::type),
            text("location", ProjectArtifacts.Builder::location),
            text("path", ProjectArtifacts.Builder::path),
            word("namespaceType", words(ArtifactNamespace.knownValues()), ProjectArtifacts.Builder::namespaceType),
            text("name", ProjectArtifacts.Builder::name),
            word("packaging", words(ArtifactPackaging.knownValues()), ProjectArtifacts.Builder::packaging),
            flag("overrideArtifactName", ProjectArtifacts.Builder::overrideArtifactName),
            flag("encryptionDisabled", ProjectArtifacts.Builder::encryptionDisabled),
            word("bucketOwnerAccess", OWNER_ACCESS, ProjectArtifacts.Builder::bucketOwnerAccess));

    private static final Options<ProjectCache.Builder> CACHE = new Options<>(
            word("type", words(CacheType.knownValues()), ProjectCache.Builder::type),
            text("location", ProjectCache.Builder::location),
            Option.words("modes", words(CacheMode.knownValues()), ProjectCache.Builder::modesWithStrings));

    private static final Options<CloudWatchLogsConfig.Builder> CLOUD_WATCH = new Options<>(
            word("status", STATUS, CloudWatchLogsConfig.Builder::status),
            text("groupName", CloudWatchLogsConfig.Builder::groupName),
            text("streamName", CloudWatchLogsConfig.Builder::streamName));

    private static final Options<S3LogsConfig.Builder> S3_LOGS = new Options<>(
            word("status", STATUS, S3LogsConfig.Builder::status),
            text("location", S3LogsConfig.Builder::location),
            flag("encryptionDisabled", S3LogsConfig.Builder::encryptionDisabled),
            word("bucketOwnerAccess", OWNER_ACCESS, S3LogsConfig.Builder::bucketOwnerAccess));

    /** A secondary source: its version is another part of the request than the rest. */
    private static final Options<SecondarySource> SECONDARY_SOURCE = new Options<>(
            text("identifier", (source, id) -> {
                source.source.sourceIdentifier(id);
                source.version.sourceIdentifier(id);
            }),
            word("type", sourceTypes(), (source, it) -> source.source.type(it)),
            text("location", (source, it) -> source.source.location(it)),
            text("version", (source, it) -> {
                source.versioned = true;
                source.version.sourceVersion(it);
            }),
            number("gitCloneDepth", 0, Integer.MAX_VALUE, (source, it) -> source.source.gitCloneDepth(it)),
            flag("gitSubmodules", (source, it) -> source.source.gitSubmodulesConfig(git -> git.fetchSubmodules(it))),
            flag("insecureSsl", (source, it) -> source.source.insecureSsl(it)),
            flag("reportBuildStatus", (source, it) -> source.source.reportBuildStatus(it)));

    private static final class SecondarySource {
        final ProjectSource.Builder source = ProjectSource.builder();
        final ProjectSourceVersion.Builder version = ProjectSourceVersion.builder();
        boolean versioned;
    }

    static final Options<StartBuildRequest.Builder> ALL = new Options<>(
            text("project", StartBuildRequest.Builder::projectName),
            word("source", List.of("project", "workspace"), null),
            word("sourceType", sourceTypes(), StartBuildRequest.Builder::sourceTypeOverride),
            text("sourceLocation", StartBuildRequest.Builder::sourceLocationOverride),
            text("sourceVersion", StartBuildRequest.Builder::sourceVersion),
            number("gitCloneDepth", 0, Integer.MAX_VALUE, StartBuildRequest.Builder::gitCloneDepthOverride),
            flag("gitSubmodules", (build, it) -> build.gitSubmodulesConfigOverride(git -> git.fetchSubmodules(it))),
            flag("insecureSsl", StartBuildRequest.Builder::insecureSslOverride),
            parts("secondarySources", SECONDARY_SOURCE, SecondarySource::new, BuildOptions::writeSecondarySources),
            text("directory", null),
            text("includes", null),
            text("excludes", null),
            text("bucket", null),
            text("keyPrefix", null),
            text("kmsKey", null),
            number("maxUploadMb", 1, 5_000_000, null),
            text("buildspec", StartBuildRequest.Builder::buildspecOverride),
            new Option<>(
                    "environmentVariables",
                    BuildOptions::environmentVariables,
                    StartBuildRequest.Builder::environmentVariablesOverride),
            text("image", StartBuildRequest.Builder::imageOverride),
            // Not checked against the SDK's lists: AWS adds sizes and kinds more often than plugins are updated.
            text("computeType", StartBuildRequest.Builder::computeTypeOverride),
            text("environmentType", StartBuildRequest.Builder::environmentTypeOverride),
            text("fleet", (build, it) -> build.fleetOverride(fleet -> fleet.fleetArn(it))),
            text("certificate", StartBuildRequest.Builder::certificateOverride),
            flag("privileged", StartBuildRequest.Builder::privilegedModeOverride),
            word(
                    "imagePullCredentials",
                    words(ImagePullCredentialsType.knownValues()),
                    StartBuildRequest.Builder::imagePullCredentialsTypeOverride),
            text(
                    "registryCredential",
                    (build, it) -> build.registryCredentialOverride(
                            credential -> credential.credential(it).credentialProvider("SECRETS_MANAGER"))),
            text("serviceRole", StartBuildRequest.Builder::serviceRoleOverride),
            text("encryptionKey", StartBuildRequest.Builder::encryptionKeyOverride),
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
                    ARTIFACTS,
                    ProjectArtifacts::builder,
                    (build, list) -> build.secondaryArtifactsOverride(
                            list.stream().map(ProjectArtifacts.Builder::build).toList())),
            number("autoRetryLimit", 0, 10, StartBuildRequest.Builder::autoRetryLimitOverride),
            flag("reportBuildStatus", StartBuildRequest.Builder::reportBuildStatusOverride));

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

    /** Values are text, or {@code [value: …, type: …]}. Messages name the variable, never its value. */
    private static List<EnvironmentVariable> environmentVariables(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "is to be a map, such as [STAGE: 'test', TOKEN: [value: 'name', type: 'SECRETS_MANAGER']]");
        }
        List<EnvironmentVariable> variables = new ArrayList<>();
        map.forEach((name, value) -> variables.add(environmentVariable(String.valueOf(name), value)));
        return variables;
    }

    private static EnvironmentVariable environmentVariable(String name, Object given) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a variable; use letters, digits and _");
        }
        if (name.startsWith("CODEBUILD_")) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be set: names that begin with CODEBUILD_ belong to CodeBuild");
        }
        Object value = given;
        String type = EnvironmentVariableType.PLAINTEXT.toString();
        if (given instanceof Map<?, ?> map) {
            Set<String> unknown = new TreeSet<>();
            map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
            unknown.removeAll(Set.of("value", "type"));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException(
                        name + " has " + String.join(", ", unknown) + "; use [value: …, type: …]");
            }
            value = map.get("value");
            type = map.get("type") == null ? type : String.valueOf(map.get("type"));
        }
        if (value == null) {
            throw new IllegalArgumentException(name + " has no value; use '' for an empty one");
        }
        List<String> types = words(EnvironmentVariableType.knownValues());
        if (!types.contains(type)) {
            throw new IllegalArgumentException(
                    name + " has the type '" + type + "', which is not known; use one of " + String.join(", ", types));
        }
        return EnvironmentVariable.builder()
                .name(name)
                .value(String.valueOf(value))
                .type(type)
                .build();
    }

    private static List<String> sourceTypes() {
        // A build that was started by itself, not by CodePipeline, cannot have CodePipeline's source.
        return without(words(SourceType.knownValues()), "CODEPIPELINE");
    }

    private static List<String> without(List<String> words, String word) {
        return words.stream().filter(it -> !it.equals(word)).toList();
    }

    private static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }
}
