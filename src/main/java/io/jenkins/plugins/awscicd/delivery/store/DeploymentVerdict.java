package io.jenkins.plugins.awscicd.delivery.store;

/** How a deployment ended. */
public enum DeploymentVerdict {
    /** It has not. */
    RUNNING,
    SUCCESS,
    FAILURE,
    /** Stopped, in Jenkins or in AWS. */
    ABORTED,
    /** It failed or was stopped, and what ran before runs again. */
    ROLLED_BACK,
    /** Its new instances are ready, and it goes on when somebody lets them have the traffic. */
    HELD,
    /** Jenkins has not seen it end: the step was not to wait for that, or its run is gone. */
    UNKNOWN
}
