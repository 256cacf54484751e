package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to build with CodeBuild (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodebuild.html">its actions</a>).
 */
public final class BuildPermissions {

    private BuildPermissions() {}

    /** @param project null for all projects */
    @NonNull
    public static List<Permission> of(@NonNull Arns arns, @CheckForNull String project) {
        String name = Arns.orAny(project);
        return List.of(
                new Permission(
                        "Builds",
                        List.of(
                                "codebuild:StartBuild",
                                "codebuild:BatchGetBuilds",
                                "codebuild:StopBuild",
                                "codebuild:RetryBuild",
                                "codebuild:ListBuildsForProject",
                                "codebuild:BatchGetProjects"),
                        List.of(arns.resource("codebuild", "project/" + name))),
                new Permission(
                        "BuildBatches",
                        List.of(
                                "codebuild:StartBuildBatch",
                                "codebuild:BatchGetBuildBatches",
                                "codebuild:StopBuildBatch",
                                "codebuild:RetryBuildBatch",
                                "codebuild:ListBuildBatchesForProject"),
                        List.of(arns.resource("codebuild", "project/" + name))),
                new Permission(
                        "BuildLogs",
                        List.of("logs:GetLogEvents"),
                        List.of(arns.resource("logs", "log-group:/aws/codebuild/" + name + ":log-stream:*"))),
                new Permission(
                        "BuildReports",
                        List.of(
                                "codebuild:BatchGetReports",
                                "codebuild:DescribeTestCases",
                                "codebuild:DescribeCodeCoverages"),
                        List.of(arns.resource("codebuild", "report-group/" + name + "-*"))),
                new Permission("ProjectNames", List.of("codebuild:ListProjects"), List.of(Arns.ANY)));
    }
}
