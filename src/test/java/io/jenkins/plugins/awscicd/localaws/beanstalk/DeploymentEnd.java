package io.jenkins.plugins.awscicd.localaws.beanstalk;

/** Is told how the deployment of a version ended. */
@FunctionalInterface
interface DeploymentEnd {

    /** @param success whether all instances run the new version */
    void ended(boolean success);
}
