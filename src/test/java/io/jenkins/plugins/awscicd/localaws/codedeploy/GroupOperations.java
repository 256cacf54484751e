package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.Optional;

/** Operations on deployment groups and configurations. */
final class GroupOperations {

    private GroupOperations() {}

    static void addTo(CodeDeployApi api) {
        api.operation(
                        "CreateDeploymentGroup",
                        (codeDeploy, input) -> object().put(
                                        "deploymentGroupId",
                                        codeDeploy.createGroup(input).id()))
                .operation("GetDeploymentGroup", GroupOperations::get)
                .operation("UpdateDeploymentGroup", GroupOperations::update)
                .operation("ListDeploymentGroups", GroupOperations::list)
                .operation("DeleteDeploymentGroup", GroupOperations::delete)
                .operation("CreateDeploymentConfig", GroupOperations::createConfig)
                .operation("DeleteDeploymentConfig", GroupOperations::deleteConfig)
                .operation(
                        "GetDeploymentConfig",
                        (codeDeploy, input) -> object().set(
                                        "deploymentConfigInfo",
                                        codeDeploy
                                                .configs()
                                                .get(Refusal.configName(input))
                                                .deepCopy()))
                .operation(
                        "ListDeploymentConfigs",
                        (codeDeploy, input) ->
                                Pages.page(input, codeDeploy.configs().names(), "deploymentConfigsList"));
    }

    private static Application application(CodeDeploy codeDeploy, Input input) throws AwsError {
        return codeDeploy.applications().get(Refusal.applicationName(input));
    }

    private static ObjectNode get(CodeDeploy codeDeploy, Input input) throws AwsError {
        Group group = application(codeDeploy, input).group(Refusal.groupName(input));
        return object().set("deploymentGroupInfo", group.toJson());
    }

    private static ObjectNode update(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = application(codeDeploy, input);
        String name = input.text("currentDeploymentGroupName");
        if (name == null) {
            throw AwsError.badRequest(
                    "DeploymentGroupNameRequiredException", "The deployment group name was not specified.");
        }
        Group group = application.group(name);
        new GroupSettings(codeDeploy.configs()).apply(group.settings(), input.node());
        if (input.has("newDeploymentGroupName")) {
            application.rename(group, input.text("newDeploymentGroupName"));
        }
        return hooks();
    }

    private static ObjectNode list(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = application(codeDeploy, input);
        return Pages.page(input, application.groupNames(), "deploymentGroups")
                .put("applicationName", application.name());
    }

    /** Deleting what does not exist is no error. */
    private static ObjectNode delete(CodeDeploy codeDeploy, Input input) throws AwsError {
        String application = Refusal.applicationName(input);
        String group = Refusal.groupName(input);
        Optional<Application> found = codeDeploy.applications().find(application);
        found.ifPresent(one -> one.delete(group));
        return hooks();
    }

    private static ObjectNode createConfig(CodeDeploy codeDeploy, Input input) throws AwsError {
        ObjectNode config = codeDeploy
                .configs()
                .create(
                        Refusal.configName(input),
                        input.node(),
                        codeDeploy.timeline().now());
        return object().put(
                        "deploymentConfigId", config.path("deploymentConfigId").asText());
    }

    /** Deleting what does not exist is no error. */
    private static ObjectNode deleteConfig(CodeDeploy codeDeploy, Input input) throws AwsError {
        codeDeploy.configs().delete(Refusal.configName(input));
        return null;
    }

    private static ObjectNode hooks() {
        ObjectNode output = object();
        output.putArray("hooksNotCleanedUp");
        return output;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
