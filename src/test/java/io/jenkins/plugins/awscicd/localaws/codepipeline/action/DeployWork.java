package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** A deployment of CodeDeploy of the input artifact. */
public record DeployWork(ActionRun action, CodeDeployClient codeDeploy, String console) implements ActionWork {

    @Override
    public State begin() {
        Artifact input = action.inputs.get(0);
        action.externalId = codeDeploy
                .createDeployment(it -> it.applicationName(action.configured("ApplicationName"))
                        .deploymentGroupName(action.configured("DeploymentGroupName"))
                        .revision(revision -> revision.revisionType(RevisionLocationType.S3)
                                .s3Location(s3 -> s3.bucket(input.bucket())
                                        .key(input.key())
                                        .bundleType(BundleType.ZIP))))
                .deploymentId();
        action.externalUrl = console + "codedeploy/home#/deployments/" + action.externalId;
        return State.RUNNING;
    }

    @Override
    public State look() {
        DeploymentInfo now = codeDeploy
                .getDeployment(it -> it.deploymentId(action.externalId))
                .deploymentInfo();
        action.outputVariables.put("DeploymentId", action.externalId);
        if (now.status() == DeploymentStatus.SUCCEEDED) {
            return State.SUCCEEDED;
        }
        if (now.status() == DeploymentStatus.FAILED || now.status() == DeploymentStatus.STOPPED) {
            action.errorCode = "JobFailed";
            action.errorMessage = now.errorInformation() == null
                    ? "Deployment " + action.externalId + " failed"
                    : "Deployment " + action.externalId + " failed: "
                            + now.errorInformation().message();
            return State.FAILED;
        }
        return State.RUNNING;
    }
}
