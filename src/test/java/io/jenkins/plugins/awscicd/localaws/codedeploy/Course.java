package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;

/** What a deployment does while it is in progress; it differs by platform and kind of deployment. */
interface Course {

    /** Begins, and returns at once. The deployment's life is told when it is over. */
    void begin();

    /** Breaks off whatever is under way; the course need not tell anything any more. */
    void breakOff();

    /** Ends a wait (ContinueDeployment). */
    default void goOn(String waitType) throws AwsError {
        throw AwsError.badRequest(
                "UnsupportedActionForDeploymentTypeException",
                "A call was submitted that is not supported for the specified deployment type.");
    }
}
