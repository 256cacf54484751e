package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentStatus;

/** An environment of Elastic Beanstalk is updated to the input artifact. */
public record BeanstalkWork(ActionRun action, ElasticBeanstalkClient beanstalk, String console) implements ActionWork {

    @Override
    public State begin() {
        Artifact input = action.inputs.get(0);
        String application = action.configured("ApplicationName");
        String label = "code-pipeline-" + action.started.toEpochMilli() + "-" + action.id.substring(0, 8);
        beanstalk.createApplicationVersion(it -> it.applicationName(application)
                .versionLabel(label)
                .sourceBundle(bundle -> bundle.s3Bucket(input.bucket()).s3Key(input.key())));
        action.externalId = beanstalk
                .updateEnvironment(it -> it.applicationName(application)
                        .environmentName(action.configured("EnvironmentName"))
                        .versionLabel(label))
                .environmentId();
        action.externalUrl =
                console + "elasticbeanstalk/home#/environment/dashboard?environmentId=" + action.externalId;
        action.summary = label;
        return State.RUNNING;
    }

    @Override
    public State look() {
        EnvironmentDescription now = beanstalk
                .describeEnvironments(it -> it.environmentIds(action.externalId))
                .environments()
                .get(0);
        if (now.status() != EnvironmentStatus.READY) {
            return State.RUNNING;
        }
        if (action.summary.equals(now.versionLabel())) {
            return State.SUCCEEDED;
        }
        action.errorCode = "JobFailed";
        action.errorMessage = "Deployment failed. The environment runs " + now.versionLabel();
        return State.FAILED;
    }
}
