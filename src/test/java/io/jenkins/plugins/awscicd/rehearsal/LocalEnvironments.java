package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;

/** Makes the Elastic Beanstalk environments that a delivery deploys to: an environment's one instance is a folder. */
final class LocalEnvironments {

    private final LocalAws aws;
    private final Console console;

    LocalEnvironments(LocalAws aws, Console console) {
        this.aws = aws;
        this.console = console;
    }

    void prepare(Place place, BeanstalkRequest request) {
        prepare(place, request.application(), request.environment());
    }

    void prepare(Place place, String application, String environment) {
        Beanstalk beanstalk = aws.beanstalk(place);
        if (beanstalk.has(environment)) {
            return;
        }
        beanstalk.environment(EnvironmentSpec.folders(application, environment));
        console.note("Created the environment '" + environment + "' of the application '" + application
                + "' in local AWS: its one instance is the folder " + beanstalk.folder(environment)
                + ", and its app answers at "
                + beanstalk.environment(environment).url());
    }
}
