package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to start and follow pipelines (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html">CodePipeline's actions</a>).
 */
public final class PipelinePermissions {

    private static final String SERVICE = "codepipeline";

    private PipelinePermissions() {}

    /** @param pipeline its name; null for all */
    @NonNull
    public static List<Permission> of(@NonNull Arns arns, @CheckForNull String pipeline) {
        String name = Arns.orAny(pipeline);
        return List.of(
                new Permission(
                        "Pipelines",
                        List.of(
                                "codepipeline:GetPipeline",
                                "codepipeline:GetPipelineExecution",
                                "codepipeline:GetPipelineState",
                                "codepipeline:ListActionExecutions",
                                "codepipeline:ListPipelineExecutions",
                                "codepipeline:StartPipelineExecution",
                                "codepipeline:StopPipelineExecution"),
                        List.of(arns.resource(SERVICE, name))),
                new Permission(
                        "PipelineStages",
                        List.of(
                                "codepipeline:DisableStageTransition",
                                "codepipeline:EnableStageTransition",
                                "codepipeline:OverrideStageCondition",
                                "codepipeline:RetryStageExecution",
                                "codepipeline:RollbackStage"),
                        List.of(arns.resource(SERVICE, name + "/*"))),
                new Permission(
                        "PipelineApprovals",
                        List.of("codepipeline:PutApprovalResult"),
                        List.of(arns.resource(SERVICE, name + "/*/*"))));
    }
}
