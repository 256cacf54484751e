package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.ComputeType;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.Project;
import software.amazon.awssdk.services.codebuild.model.ProjectVisibilityType;
import software.amazon.awssdk.services.codebuild.model.WebhookStatus;

/** What makes another build is another content, and nothing else is. */
class ProjectContentTest {

    private static String content(Consumer<Project.Builder> change) {
        Project.Builder project = Project.builder()
                .name("web")
                .environment(of -> of.image("aws/codebuild/standard:7.0")
                        .dockerServer(docker -> docker.computeType(ComputeType.BUILD_GENERAL1_SMALL)
                                .status(now -> now.status("PENDING"))))
                .webhook(hook -> hook.status(WebhookStatus.CREATING))
                .logsConfig(logs -> logs.cloudWatchLogs(log -> log.status(LogsConfigStatusType.ENABLED)))
                .projectVisibility(ProjectVisibilityType.PRIVATE);
        change.accept(project);
        return ProjectContent.of("web", project::build).read(text -> text).get("project content");
    }

    private static void same(Consumer<Project.Builder> change) {
        assertEquals(content(none -> {}), content(change));
    }

    private static void another(Consumer<Project.Builder> change) {
        assertNotEquals(content(none -> {}), content(change));
    }

    private static Consumer<Project.Builder> dockerServer(ComputeType size, String status) {
        return project -> project.environment(of -> of.image("aws/codebuild/standard:7.0")
                .dockerServer(docker -> docker.computeType(size)
                        .status(now -> now.status(status).message("up"))));
    }

    /** Nobody calls UpdateProject for it. */
    @Test
    void whatAwsChangesByItselfIsApart() {
        same(dockerServer(ComputeType.BUILD_GENERAL1_SMALL, "ACTIVE"));
        same(project -> project.webhook(hook -> hook.status(WebhookStatus.ACTIVE)));
        same(project -> project.lastModified(Instant.EPOCH).created(Instant.EPOCH));
    }

    /** Tools for costs and inventories set them. */
    @Test
    void tagsAreApart() {
        same(project -> project.tags(tag -> tag.key("cost-centre").value("4711")));
    }

    @Test
    void whatIsOnlyCalledAsWhatIsApartIsNot() {
        another(dockerServer(ComputeType.BUILD_GENERAL1_LARGE, "PENDING"));
        another(project ->
                project.logsConfig(logs -> logs.cloudWatchLogs(log -> log.status(LogsConfigStatusType.DISABLED))));
    }

    /** All the world reads the log and the artifacts of a public project. */
    @Test
    void whoMaySeeItIsPartOfIt() {
        another(project -> project.projectVisibility(ProjectVisibilityType.PUBLIC_READ));
    }
}
