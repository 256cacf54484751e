package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.NamedContent;
import java.util.Set;

/**
 * What a project makes of a build besides its arguments: its image, role, buildspec and all else
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html">Project</a>). Anybody who may change the project
 * in AWS changes that.
 */
public final class ProjectContent {

    /** They say nothing of what is built, or how. */
    private static final Set<String> APART = Set.of(
            "created", "lastModified", "badge", "webhook", "projectVisibility", "publicProjectAlias", "description");

    private ProjectContent() {}

    /** @param project its name */
    @NonNull
    public static NamedContent of(@NonNull AwsSession session, @NonNull String project) {
        return new NamedContent(
                "project",
                "codebuild:BatchGetProjects",
                "project '" + project + "'",
                APART,
                () -> CodeBuildService.client(session).batchGetProjects(get -> get.names(project)).projects().stream()
                        .findFirst()
                        .orElse(null));
    }
}
