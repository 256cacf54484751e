package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code withAWS} of the plugin Pipeline: AWS Steps, as the access of the steps in its block. */
public final class WithAwsStep {

    private static final List<String> PARAMETERS = List.of(
            "region",
            "credentials",
            "role",
            "roleAccount",
            "externalId",
            "roleSessionName",
            "endpointUrl",
            "profile",
            "duration",
            "policy",
            "federatedUserId",
            "iamMfaToken",
            "principalArn",
            "samlAssertion",
            "useNode");

    private final Delivery delivery;
    private final AwsSessions aws;

    public WithAwsStep(Delivery delivery, AwsSessions aws) {
        this.delivery = delivery;
        this.aws = aws;
    }

    public void addTo(Steps steps) {
        steps.add("withAWS", PARAMETERS, this::run);
    }

    private Object run(StepCall call) {
        delivery.console()
                .note(
                        "withAWS stands for region, credentialsId, role and externalId of the steps in its block. In Jenkins it"
                                + " does not reach codeBuild, codeDeploy and beanstalkDeploy: give them these arguments, or a stage");
        AwsAccess access = new AwsAccess(
                call.text("region"),
                call.text("credentials"),
                role(call),
                call.text("externalId"),
                call.text("roleSessionName"),
                null);
        Map<String, String> variables = new HashMap<>();
        if (access.region() != null) {
            variables.put("AWS_REGION", access.region());
            variables.put("AWS_DEFAULT_REGION", access.region());
        }
        return delivery.env().with(variables, () -> aws.within(access, call.block()));
    }

    /** Where an account is named, the role is named without its ARN. */
    private static String role(StepCall call) {
        String role = call.text("role");
        String account = call.text("roleAccount");
        return role == null || role.startsWith("arn:") || account == null
                ? role
                : "arn:aws:iam::" + account + ":role/" + role;
    }
}
