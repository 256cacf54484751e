package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Set;

/**
 * What to do about a failed deployment, by AWS's error code
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/error-codes.html">Error codes for CodeDeploy</a>).
 */
final class Advice {

    /** "Troubleshooting a failed ApplicationStop, BeforeBlockTraffic, or AfterBlockTraffic deployment lifecycle event". */
    private static final Set<String> OF_LAST_REVISION =
            Set.of("ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic");

    private Advice() {}

    /** A sentence; empty for a code that speaks for itself, or is not known. */
    @NonNull
    static String on(@NonNull String errorCode) {
        return switch (errorCode) {
            case "AGENT_ISSUE" -> "Check that the CodeDeploy agent runs on the instances and reaches AWS.";
            case "ALARM_ACTIVE" -> "Look at the alarm in CloudWatch; the deployment was stopped because of it.";
            case "APPLICATION_MISSING" -> "The application was deleted while it was being deployed.";
            case "AUTO_SCALING_CONFIGURATION", "AUTOSCALING_VALIDATION_ERROR" ->
                "Check that the group's Auto Scaling groups exist and have their CodeDeploy lifecycle hooks.";
            case "AUTO_SCALING_IAM_ROLE_PERMISSIONS" ->
                "Give the deployment group's service role permissions for Auto Scaling.";
            case "CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND" ->
                "Something that the deployment needs was deleted; check the deployment group.";
            case "CUSTOMER_APPLICATION_UNHEALTHY" -> "Check the application's own health check and its logs.";
            case "DEPLOYMENT_GROUP_MISSING" -> "The deployment group was deleted while it was being deployed to.";
            case "ECS_UPDATE_ERROR", "INVALID_ECS_SERVICE" ->
                "Check that the ECS service is active, uses the CODE_DEPLOY deployment controller, and that the task definition is right.";
            case "ELASTIC_LOAD_BALANCING_INVALID", "ELB_INVALID_INSTANCE", "MISSING_ELB_INFORMATION" ->
                "Check the load balancer and target groups in the deployment group, and that the instances are registered there.";
            case "HEALTH_CONSTRAINTS" ->
                "Too few instances stayed healthy: look at the first that failed, above, or allow fewer with deploymentConfig.";
            case "HEALTH_CONSTRAINTS_INVALID" ->
                "The deployment configuration wants more healthy instances than there are; choose another with deploymentConfig.";
            case "HOOK_EXECUTION_FAILURE" -> "Look at the log of the validation function that the AppSpec names.";
            case "IAM_ROLE_MISSING" -> "The deployment group's service role does not exist; set another one.";
            case "IAM_ROLE_PERMISSIONS" ->
                "Give the deployment group's service role the policy AWSCodeDeployRole, or the one for ECS or Lambda.";
            case "INVALID_LAMBDA_CONFIGURATION", "INVALID_LAMBDA_FUNCTION" ->
                "Check the function, its alias and its versions that the AppSpec names.";
            case "INVALID_REVISION" -> "Check the AppSpec file and that the revision's type is right.";
            case "MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION" -> "Give the deployment group its blue/green settings.";
            case "MISSING_GITHUB_TOKEN" -> "Connect CodeDeploy to GitHub once, in its console.";
            case "NO_INSTANCES" ->
                "No instance matches the deployment group's tags or Auto Scaling groups; check them, and that instances run.";
            case "OVER_MAX_INSTANCES", "RESOURCE_LIMIT_EXCEEDED", "THROTTLED" ->
                "The account has reached an AWS limit; try again later, or request a higher one.";
            case "REVISION_MISSING" ->
                "The object in S3 or the commit does not exist, or the instances may not read it; check their instance profile.";
            case "TIMEOUT" -> "A step took longer than CodeDeploy allows; look at the instances' agent logs.";
            default -> "";
        };
    }

    /**
     * What to do about a lifecycle event that failed.
     *
     * @param event the event's name
     * @param message in which AWS says what happened
     */
    @NonNull
    static String onEvent(@NonNull String event, @NonNull String errorCode, @NonNull String message) {
        if (OF_LAST_REVISION.contains(event) && !errorCode.isEmpty() && !errorCode.equals("Success")) {
            return "The scripts of " + event
                    + " are those of the revision that was deployed last, not of this one. If they"
                    + " cannot be fixed on the instance, deploy once with ignoreApplicationStopFailures: true.";
        }
        return onEvent(errorCode, message);
    }

    private static String onEvent(String errorCode, String message) {
        if (message.contains("file already exists")) {
            return "Something else has put the file there: remove it, or deploy with fileExistsBehavior: 'OVERWRITE'.";
        }
        return switch (errorCode) {
            case "ScriptMissing" -> "The script that appspec.yml names is not in the revision; check its location.";
            case "ScriptNotExecutable" ->
                "Make the script executable in the repository, and begin it with an interpreter line such as #!/bin/bash.";
            case "ScriptTimedOut" ->
                "The script ran longer than its timeout in appspec.yml; a process it starts must let go of its output.";
            case "UnknownError" -> "Look at the agent's log on the instance: /var/log/aws/codedeploy-agent.";
            default -> "";
        };
    }
}
