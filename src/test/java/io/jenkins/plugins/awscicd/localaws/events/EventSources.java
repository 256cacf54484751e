package io.jenkins.plugins.awscicd.localaws.events;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.codepipeline.CodePipeline;
import java.util.List;

/** Has services send their events. */
public final class EventSources {

    private EventSources() {}

    public static CodeBuild of(CodeBuild service, ServiceEvents events) {
        return service.whenChanged(build -> events.build(build.arn(), build.toJson()));
    }

    public static CodeDeploy of(CodeDeploy service, ServiceEvents events, Place place) {
        return service.whenChanged(deployment -> {
            String application = deployment.applicationName();
            String group = deployment.groupName();
            events.deployment(
                    place.region(),
                    application,
                    group,
                    deployment.id(),
                    deployment.status().text(),
                    List.of(
                            place.arn("codedeploy", "application:" + application),
                            place.arn("codedeploy", "deploymentgroup:" + application + "/" + group)));
        });
    }

    public static Beanstalk of(Beanstalk service, ServiceEvents events, Place place) {
        return service.whenTold(event -> {
            if (event.environmentName() != null) {
                events.environment(
                        place.arn(
                                "elasticbeanstalk",
                                "environment/" + event.applicationName() + "/" + event.environmentName()),
                        event.applicationName(),
                        event.environmentName(),
                        event.severity().name(),
                        event.message());
            }
        });
    }

    public static CodePipeline of(CodePipeline service, ServiceEvents events, Place place) {
        service.whenActionChanged(action -> events.action(
                place.arn("codepipeline", action.execution.pipelineName()), action.execution.pipelineName(), action));
        return service.whenChanged(execution -> events.execution(
                place.arn("codepipeline", execution.pipelineName()),
                execution.pipelineName(),
                execution.id(),
                execution.status()));
    }
}
