package io.jenkins.plugins.awscicd.localaws.codedeploy;

/** Ways of CodeDeploy of which no published source says that they are the only ones, beside what it does otherwise here. */
public enum Dialect {
    /**
     * The agents on instances are of version 2, which runs a script whose path has a blank; version 1 does not
     * (aws-codedeploy-agent, hook_executor.rb and src/lifecycle_event/script.rs).
     */
    AGENT_2,
    /** A deployment to ECS says that it waits for the end of the original, as one to instances does. */
    ECS_SAYS_IT_WAITS,
    /** The traffic that a version of a Lambda function gets is told in percent, as the API reference has it. */
    LAMBDA_WEIGHT_IN_PERCENT,
    /** A rollback is created, and named, some seconds after the deployment that it undoes has ended. */
    ROLLBACK_NAMED_LATE,
    /** Such a deployment says of its rollback that it is to come, before it names it. */
    ROLLBACK_ANNOUNCED,
    /** A deployment that has ended has no completeTime. */
    NO_COMPLETE_TIME,
    /** What was given inline as AppSpec is told by its digest alone. */
    APP_SPEC_NOT_TOLD,
    /** A target that is not there is refused as an instance that is not, which BatchGetDeploymentTargets may answer as well. */
    NO_SUCH_INSTANCE,
    /** Nothing is rolled back to where there was no success before, on ECS and Lambda either. */
    FIRST_NOT_ROLLED_BACK
}
