package io.jenkins.plugins.awscicd.engine.codebuild;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.names;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import io.jenkins.plugins.awscicd.engine.option.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.codebuild.model.BatchReportModeType;
import software.amazon.awssdk.services.codebuild.model.BatchRestrictions;
import software.amazon.awssdk.services.codebuild.model.ProjectBuildBatchConfig;
import software.amazon.awssdk.services.codebuild.model.StartBuildBatchRequest;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * What is different where builds are started as a batch
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuildBatch.html">StartBuildBatch</a>).
 */
final class BatchOptions {

    static final String BATCH = "batch";
    static final String CONFIG_NAME = "batchConfig";
    static final String RETRIES = "retryFailed";
    /** Nobody wants more, and each may take as long as a batch. */
    static final int MOST_RETRIES = 10;

    /** How long a batch may take, and how many builds it may have, AWS is left to say. */
    static final Options<ProjectBuildBatchConfig.Builder> CONFIG = new Options<>(
            text("serviceRole", Rule.ARN, ProjectBuildBatchConfig.Builder::serviceRole),
            flag("combineArtifacts", ProjectBuildBatchConfig.Builder::combineArtifacts),
            number(
                    "maximumBuildsAllowed",
                    1,
                    Integer.MAX_VALUE,
                    (config, it) -> config.restrictions(
                            restrictions(config).maximumBuildsAllowed(it).build())),
            names(
                    "computeTypesAllowed",
                    (config, it) -> config.restrictions(
                            restrictions(config).computeTypesAllowed(it).build())),
            names(
                    "fleetsAllowed",
                    (config, it) -> config.restrictions(
                            restrictions(config).fleetsAllowed(it).build())),
            number("timeoutInMins", 1, Integer.MAX_VALUE, ProjectBuildBatchConfig.Builder::timeoutInMins),
            word(
                    "batchReportMode",
                    Words.known(BatchReportModeType.knownValues()),
                    ProjectBuildBatchConfig.Builder::batchReportMode));

    /** Arguments that StartBuildBatch has no place for, and what to do instead. */
    private static final Map<String, String> OF_BUILDS_ALONE = Map.of(
            "fleet", "name the fleet in the project, or in the env of a build in the buildspec's batch section",
            "autoRetryLimit", "use " + RETRIES,
            "retryBuild", "use " + RETRIES,
            "buildStatusConfig", "set it in the project",
            "roomTimeoutMinutes", "AWS itself has the builds of a batch wait; queuedTimeoutMinutes sets how long");

    /** Members of StartBuild that StartBuildBatch has under another name. */
    private static final Map<String, String> RENAMED = Map.of(
            "timeoutInMinutesOverride", "buildTimeoutInMinutesOverride",
            "reportBuildStatusOverride", "reportBuildBatchStatusOverride");

    private BatchOptions() {}

    private static BatchRestrictions.Builder restrictions(ProjectBuildBatchConfig.Builder config) {
        BatchRestrictions set = config.build().restrictions();
        return set == null ? BatchRestrictions.builder() : set.toBuilder();
    }

    static boolean isBatch(@NonNull Given given) {
        return given.flag(BATCH);
    }

    /** What is wrong with arguments together, as of {@link BuildRequest#problems}. */
    @NonNull
    static List<String> problems(@NonNull Given given) {
        List<String> problems = new ArrayList<>();
        if (isBatch(given)) {
            OF_BUILDS_ALONE.keySet().stream()
                    .sorted()
                    .filter(given::has)
                    .forEach(
                            name -> problems.add(name + ": cannot be combined with batch: true, as StartBuildBatch does"
                                    + " not take it; leave it out: " + OF_BUILDS_ALONE.get(name)));
        } else {
            for (String name : List.of(CONFIG_NAME, RETRIES)) {
                if (given.has(name)) {
                    problems.add(name + ": only used with batch: true; add that, or leave " + name + " out");
                }
            }
        }
        return problems;
    }

    /**
     * The same build as a batch.
     *
     * @param config the argument for it; empty if it was not given
     */
    @NonNull
    static StartBuildBatchRequest.Builder startBatch(@NonNull StartBuildRequest build, @NonNull Map<String, ?> config) {
        StartBuildBatchRequest.Builder batch = StartBuildBatchRequest.builder();
        Map<String, SdkField<?>> fields =
                batch.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, field -> field));
        for (SdkField<?> field : build.sdkFields()) {
            Object value = field.getValueOrDefault(build);
            if (value == null || value instanceof SdkAutoConstructList<?>) {
                continue;
            }
            SdkField<?> there = fields.get(RENAMED.getOrDefault(field.memberName(), field.memberName()));
            if (there == null) {
                throw new IllegalStateException("StartBuildBatch has no " + field.memberName());
            }
            there.set(batch, value);
        }
        if (!config.isEmpty()) {
            batch.buildBatchConfigOverride(
                    CONFIG.write(config, ProjectBuildBatchConfig.builder()).build());
        }
        return batch;
    }
}
