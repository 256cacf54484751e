package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;

/** AWS::CodeDeploy::Application. */
final class DeploymentApplicationType extends Real {

    private final CodeDeploy codeDeploy;

    DeploymentApplicationType(CodeDeploy codeDeploy) {
        super("ApplicationName", "ComputePlatform");
        this.codeDeploy = codeDeploy;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.name("ApplicationName", 100);
        call("AmazonCodeDeploy", () -> codeDeploy.application(name));
        return Made.of(name);
    }

    @Override
    public Made update(ResourceRequest request) {
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        codeDeploy.delete(request.physicalId(), "");
    }
}
