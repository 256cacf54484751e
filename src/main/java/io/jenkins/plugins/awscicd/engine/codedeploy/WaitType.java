package io.jenkins.plugins.awscicd.engine.codedeploy;

/**
 * What a blue/green deployment can wait for
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html">deploymentWaitType</a>).
 */
public enum WaitType {
    /** The replacement is ready and waits for the traffic; status {@code Ready}. */
    READY_WAIT,
    /** The traffic is shifted, and the original waits for termination. */
    TERMINATION_WAIT
}
