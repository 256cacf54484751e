package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codebuild.model.ListProjectsResponse;
import software.amazon.awssdk.services.codebuild.model.ProjectSortByType;

/**
 * The projects in an account and region
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ListProjects.html">ListProjects</a>).
 */
public final class ProjectNames {

    private ProjectNames() {}

    /** Fails with {@link AwsCallException}. */
    @NonNull
    public static CompletableFuture<Names> of(@NonNull AwsSession session) {
        return Names.of(session, "codebuild:ListProjects", "the projects", token -> {
            ListProjectsResponse page = CodeBuildService.client(session)
                    .listProjects(
                            request -> request.sortBy(ProjectSortByType.NAME).nextToken(token));
            return new Names.Page(page.projects(), page.nextToken());
        });
    }
}
