package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.util.List;

/** Makes the CodeDeploy applications and deployment groups that a delivery deploys to: a group's one instance is a folder. */
final class LocalGroups {

    private static final List<String> HELD = List.of("ready", "shifted");

    private final LocalAws aws;
    private final Console console;

    LocalGroups(LocalAws aws, Console console) {
        this.aws = aws;
        this.console = console;
    }

    void prepare(Place place, DeploymentRequest request) {
        CodeDeploy codeDeploy = aws.codeDeploy(place);
        String application = request.application();
        String group = request.group();
        if (request.earlier() != null || codeDeploy.has(application, group)) {
            return;
        }
        if (group.isEmpty()) {
            codeDeploy.application(application); // to register a revision takes no more
            console.note("Created the application '" + application + "' in local AWS");
            return;
        }
        GroupSpec spec = spec(request);
        codeDeploy.group(spec);
        String made =
                "Created the deployment group '" + group + "' of the application '" + application + "' in local AWS";
        console.note(
                isFolder(request)
                        ? made + ": its one instance is the folder " + codeDeploy.folder(group, group + "-1")
                                + (HELD.contains(String.valueOf(request.text("wait")))
                                        ? ", and each deployment gets a new one"
                                        : "")
                        : made);
    }

    /** An AppSpec that is not for instances names what it deploys to by the type of a resource. */
    private static GroupSpec spec(DeploymentRequest request) {
        if (isFor(request, "AWS::Lambda::Function")) {
            return GroupSpec.lambda(request.application(), request.group());
        }
        if (isFor(request, "AWS::ECS::Service")) {
            return GroupSpec.ecs(request.application(), request.group(), "cluster", request.application());
        }
        GroupSpec spec =
                GroupSpec.folders(request.application(), request.group()).autoRollback("DEPLOYMENT_FAILURE");
        // Who waits for that has a group whose deployments wait.
        return HELD.contains(String.valueOf(request.text("wait")))
                ? spec.blueGreen().stopUnlessContinued(60)
                : spec;
    }

    private static boolean isFolder(DeploymentRequest request) {
        return !isFor(request, "AWS::Lambda::Function") && !isFor(request, "AWS::ECS::Service");
    }

    private static boolean isFor(DeploymentRequest request, String resource) {
        String revision = request.text("revision");
        return revision != null && revision.contains(resource);
    }
}
