package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.NamedContent;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codebuild.model.Project;

/**
 * What a project makes of a build besides its arguments: its image, role, buildspec and all else
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html">Project</a>). Anybody who may change the project
 * in AWS changes that.
 */
public final class ProjectContent {

    /**
     * They say nothing of what is built, how, or who may see it. Some change without anybody's doing: {@code lastModified}, the state of a
     * Docker server, that of a webhook. Tags are what tools for costs and inventories change.
     */
    private static final Set<String> APART = Set.of(
            "created",
            "lastModified",
            "badge",
            "webhook",
            "publicProjectAlias",
            "description",
            "tags",
            "environment.dockerServer.status");

    private ProjectContent() {}

    /** @param project its name */
    @NonNull
    public static NamedContent of(@NonNull AwsSession session, @NonNull String project) {
        return of(
                project,
                () -> CodeBuildService.client(session).batchGetProjects(get -> get.names(project)).projects().stream()
                        .findFirst()
                        .orElse(null));
    }

    @NonNull
    static NamedContent of(@NonNull String project, @NonNull Supplier<Project> source) {
        return new NamedContent("project", "codebuild:BatchGetProjects", "project '" + project + "'", APART, source);
    }
}
