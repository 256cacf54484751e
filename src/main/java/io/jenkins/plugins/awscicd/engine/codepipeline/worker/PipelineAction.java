package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import software.amazon.awssdk.regions.Region;

/** The action of a pipeline's execution that a job is of. Each part is empty if AWS does not tell it. */
public record PipelineAction(
        @NonNull String pipeline,
        @NonNull String execution,
        @NonNull String stage,
        @NonNull String action) {

    /** Such as {@code pipeline web, Build/Compile}. */
    @Override
    public String toString() {
        return "pipeline " + pipeline + ", " + stage + "/" + action;
    }

    /** The execution in the console of CodePipeline. */
    @NonNull
    public String url(@NonNull Region region) {
        return AwsConsole.pipelineExecution(region, pipeline, execution);
    }
}
