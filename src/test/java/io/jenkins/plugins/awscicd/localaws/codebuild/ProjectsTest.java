package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.codebuild.model.SortOrderType;
import software.amazon.awssdk.services.codebuild.model.SourceType;

/** Projects over the wire. */
class ProjectsTest extends SteppedBuilds {

    @Test
    void projectsAreCreatedListedUpdatedAndDeleted() {
        for (int i = 0; i < 120; i++) {
            aws.codeBuild().project(ProjectSpec.simulated("p" + i));
        }
        assertEquals(
                121,
                codeBuild.listProjectsPaginator().stream()
                        .mapToLong(page -> page.projects().size())
                        .sum());
        codeBuild.updateProject(
                request -> request.name("web").description("new").timeoutInMinutes(9));
        var web = codeBuild.batchGetProjects(request -> request.names("web", "none"));
        assertEquals("new", web.projects().get(0).description());
        assertEquals(9, web.projects().get(0).timeoutInMinutes());
        assertEquals(List.of("none"), web.projectsNotFound());
        assertThrows(
                ResourceAlreadyExistsException.class,
                () -> codeBuild.createProject(request -> request.name("web")
                        .serviceRole("arn:aws:iam::123456789012:role/r")
                        .source(source -> source.type(SourceType.NO_SOURCE).buildspec("version: 0.2"))
                        .artifacts(artifacts -> artifacts.type("NO_ARTIFACTS"))
                        .environment(environment ->
                                environment.type("LINUX_CONTAINER").image("i").computeType("BUILD_GENERAL1_SMALL"))));
        startBuild();
        startBuild();
        List<String> ids = codeBuild
                .listBuildsForProject(request -> request.projectName("web"))
                .ids();
        assertEquals(2, get(ids.get(0)).buildNumber());
        assertEquals(
                ids.get(0),
                codeBuild
                        .listBuildsForProject(
                                request -> request.projectName("web").sortOrder(SortOrderType.ASCENDING))
                        .ids()
                        .get(1));
        codeBuild.deleteProject(request -> request.name("web"));
        assertThrows(ResourceNotFoundException.class, this::startBuild);
    }
}
