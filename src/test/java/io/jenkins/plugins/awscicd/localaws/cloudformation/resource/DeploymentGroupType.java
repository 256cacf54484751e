package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.util.List;

/** AWS::CodeDeploy::DeploymentGroup. Its instances are folders, on which what is deployed is really installed. */
final class DeploymentGroupType extends Real {

    private final CodeDeploy codeDeploy;
    private final Fleets fleets;

    DeploymentGroupType(CodeDeploy codeDeploy, Fleets fleets) {
        super("ApplicationName", "DeploymentGroupName");
        this.codeDeploy = codeDeploy;
        this.fleets = fleets;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String application = request.text("ApplicationName");
        if (!codeDeploy.has(application, "")) {
            throw refused("AmazonCodeDeploy", "No application found for name: " + application);
        }
        String name = request.name("DeploymentGroupName", 100);
        call("AmazonCodeDeploy", () -> codeDeploy.group(spec(request, name)));
        listen(request, name);
        return Made.of(name);
    }

    private void listen(ResourceRequest request, String name) {
        fleets.onChange(request.text("ApplicationName") + "/" + name, () -> codeDeploy.change(spec(request, name)));
    }

    private GroupSpec spec(ResourceRequest request, String name) {
        List<String> instances = fleets.of(request.properties());
        GroupSpec spec =
                GroupSpec.folders(request.text("ApplicationName"), name).instances(instances.toArray(String[]::new));
        ObjectNode members = members(request.properties());
        tagSets(members);
        spec.node().setAll(members);
        spec.node().put("deploymentGroupName", name);
        return spec;
    }

    /** The template nests the sets of tags differently from the API. */
    private static void tagSets(ObjectNode members) {
        if (members.has("ec2TagSet")) {
            ArrayNode sets = JsonNodeFactory.instance.arrayNode();
            members.path("ec2TagSet").path("ec2TagSetList").forEach(set -> sets.add(set.path("ec2TagGroup")));
            members.putObject("ec2TagSet").set("ec2TagSetList", sets);
        }
    }

    @Override
    public Made update(ResourceRequest request) throws ResourceFailure {
        call("AmazonCodeDeploy", () -> codeDeploy.change(spec(request, request.physicalId())));
        listen(request, request.physicalId());
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        fleets.forget(request.text("ApplicationName") + "/" + request.physicalId());
        codeDeploy.delete(request.text("ApplicationName"), request.physicalId());
    }
}
