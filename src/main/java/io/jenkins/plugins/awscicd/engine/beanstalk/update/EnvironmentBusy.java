package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;

/** Something is being done to the environment, so that AWS takes no update of it. */
final class EnvironmentBusy extends StepFailure {

    private static final long serialVersionUID = 1L;

    private final transient EnvironmentSnapshot environment;

    EnvironmentBusy(@NonNull EnvironmentSnapshot environment) {
        super(environment.name() + " is " + environment.status());
        this.environment = environment;
    }

    @NonNull
    EnvironmentSnapshot environment() {
        return environment;
    }
}
