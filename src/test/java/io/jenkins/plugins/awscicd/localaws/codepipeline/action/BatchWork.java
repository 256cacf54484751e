package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.util.Set;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.StartBuildBatchRequest;

/**
 * A batch of builds of CodeBuild. Its first input artifact is their source. Of what they make nothing comes into the artifact store: the
 * tests need none of it.
 */
public record BatchWork(ActionRun action, CodeBuildClient codeBuild, String console, Set<Dialect> dialects)
        implements ActionWork {

    @Override
    public State begin() {
        StartBuildBatchRequest.Builder start =
                StartBuildBatchRequest.builder().projectName(action.configured("ProjectName"));
        if (!action.inputs.isEmpty()) {
            Artifact input = action.inputs.get(0);
            start.sourceTypeOverride("S3").sourceLocationOverride(input.bucket() + "/" + input.key());
        }
        BuildBatch batch = codeBuild.startBuildBatch(start.build()).buildBatch();
        action.externalId = dialects.contains(Dialect.BATCH_BY_ARN)
                ? batch.arn()
                : (dialects.contains(Dialect.BATCH_ID_ALONE) ? "" : "build-batch/") + batch.id();
        action.externalUrl = console + "codebuild/home#/batches/" + batch.id() + "/view/new";
        return State.RUNNING;
    }

    @Override
    public State look() {
        BuildBatch batch = codeBuild
                .batchGetBuildBatches(it -> it.ids(action.externalId.substring(action.externalId.lastIndexOf('/') + 1)))
                .buildBatches()
                .get(0);
        if (!Boolean.TRUE.equals(batch.complete())) {
            return State.RUNNING;
        }
        if (!batch.buildBatchStatusAsString().equals("SUCCEEDED")) {
            action.errorCode = "JobFailed";
            action.errorMessage = "Build terminated with state: " + batch.buildBatchStatusAsString();
            return State.FAILED;
        }
        return State.SUCCEEDED;
    }
}
