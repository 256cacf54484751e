package io.jenkins.plugins.awscicd.localaws.codedeploy;

/**
 * How a deployment ends.
 *
 * @param errorCode an ErrorCode; {@code null} when it has succeeded
 * @param rollbackEvent the AutoRollbackEvent that it is; {@code null} when it has succeeded
 */
record Ending(DeploymentStatus status, String errorCode, String message, String rollbackEvent) {

    static final String ON_FAILURE = "DEPLOYMENT_FAILURE";
    static final String ON_ALARM = "DEPLOYMENT_STOP_ON_ALARM";
    static final String ON_REQUEST = "DEPLOYMENT_STOP_ON_REQUEST";

    static final Ending SUCCESS = new Ending(DeploymentStatus.SUCCEEDED, null, null, null);

    static final Ending HEALTH_CONSTRAINTS = failed(
            "HEALTH_CONSTRAINTS",
            "The overall deployment failed because too many individual instances failed deployment, too few healthy"
                    + " instances are available for deployment, or some instances in your deployment group are"
                    + " experiencing problems.");

    static final Ending HEALTH_CONSTRAINTS_INVALID = failed(
            "HEALTH_CONSTRAINTS_INVALID",
            "The deployment can't start because the minimum number of healthy instances, as defined by your deployment"
                    + " configuration, are not available. You can reduce the required number of healthy instances by"
                    + " updating your deployment configuration or increase the number of instances in this deployment"
                    + " group.");

    static final Ending NO_INSTANCES = failed(
            "NO_INSTANCES",
            "The deployment failed because no instances were found for your deployment group. Check your deployment"
                    + " group settings to make sure the tags for your instances or Auto Scaling groups correctly"
                    + " identify the instances you want to deploy to, and then try again.");

    static final Ending STOPPED_BY_USER = new Ending(
            DeploymentStatus.STOPPED,
            "MANUAL_STOP",
            "The deployment was stopped because a user asked for it.",
            ON_REQUEST);

    static final Ending NOT_CONTINUED = new Ending(
            DeploymentStatus.STOPPED,
            "TIMEOUT",
            "The deployment was stopped because traffic rerouting was not started before the end of the wait period.",
            ON_REQUEST);

    static Ending failed(String errorCode, String message) {
        return new Ending(DeploymentStatus.FAILED, errorCode, message, ON_FAILURE);
    }

    static Ending alarm(String name) {
        return new Ending(
                DeploymentStatus.STOPPED,
                "ALARM_ACTIVE",
                "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the"
                        + " affected deployments have been stopped. Activated alarms: <" + name + ">",
                ON_ALARM);
    }
}
