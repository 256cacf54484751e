package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.regex.Pattern;

/** What CodeDeploy refuses in the same way wherever it is asked for, in its words. */
final class Refusal {

    private static final Pattern DEPLOYMENT_ID = Pattern.compile("d-[0-9A-Z]{9}");

    private Refusal() {}

    /** The name of an application. */
    static String applicationName(Input input) throws AwsError {
        return name(input, "applicationName", "ApplicationNameRequiredException", "InvalidApplicationNameException");
    }

    /** The name of a deployment group. */
    static String groupName(Input input) throws AwsError {
        return name(
                input,
                "deploymentGroupName",
                "DeploymentGroupNameRequiredException",
                "InvalidDeploymentGroupNameException");
    }

    /** The name of a deployment configuration. */
    static String configName(Input input) throws AwsError {
        return name(
                input,
                "deploymentConfigName",
                "DeploymentConfigNameRequiredException",
                "InvalidDeploymentConfigNameException");
    }

    private static String name(Input input, String member, String missing, String invalid) throws AwsError {
        String value = input.text(member);
        if (value == null || value.isEmpty()) {
            throw AwsError.badRequest(missing, "The " + member + " was not specified.");
        }
        if (value.length() > 100) {
            throw AwsError.badRequest(invalid, "The " + member + " is longer than 100 characters.");
        }
        return value;
    }

    /** The id of a deployment, whether or not there is such a deployment. */
    static String deploymentId(Input input) throws AwsError {
        String id = input.text("deploymentId");
        if (id == null || id.isEmpty()) {
            throw AwsError.badRequest("DeploymentIdRequiredException", "The deployment ID was not specified.");
        }
        return deploymentId(id);
    }

    static String deploymentId(String id) throws AwsError {
        if (!DEPLOYMENT_ID.matcher(id).matches()) {
            throw AwsError.badRequest(
                    "InvalidDeploymentIdException", "Specified DeploymentId is not in the valid format: " + id);
        }
        return id;
    }

    static AwsError invalidInput(String message) {
        return AwsError.badRequest("InvalidInputException", message);
    }
}
