package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.Map;

/** AWS::CodeBuild::Project. */
final class ProjectType extends Real {

    private final CodeBuild codeBuild;

    ProjectType(CodeBuild codeBuild) {
        super("Name");
        this.codeBuild = codeBuild;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.name("Name", 150);
        call("CodeBuild", () -> codeBuild.project(spec(request, name)));
        return made(request, name);
    }

    private static ProjectSpec spec(ResourceRequest request, String name) {
        ProjectSpec spec = ProjectSpec.named(name);
        ObjectNode members = members(request.properties());
        spec.node().setAll(members);
        spec.node().put("name", name);
        return spec;
    }

    private static Made made(ResourceRequest request, String name) {
        return new Made(name, Map.of("Arn", request.place().arn("codebuild", "project/" + name)));
    }

    @Override
    public Made update(ResourceRequest request) throws ResourceFailure {
        call("CodeBuild", () -> codeBuild.change(spec(request, request.physicalId())));
        return made(request, request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        codeBuild.deleteProject(request.physicalId());
    }
}
