package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.List;

/** The limits and enumerations of CodeBuild's API model that a client is likely to get wrong, refused in AWS's words. */
final class Constraints {

    private static final List<String> SOURCE_TYPES = List.of(
            "CODECOMMIT",
            "CODEPIPELINE",
            "GITHUB",
            "GITLAB",
            "GITLAB_SELF_MANAGED",
            "S3",
            "BITBUCKET",
            "GITHUB_ENTERPRISE",
            "NO_SOURCE");
    private static final List<String> ENVIRONMENT_TYPES = List.of(
            "WINDOWS_CONTAINER",
            "LINUX_CONTAINER",
            "LINUX_GPU_CONTAINER",
            "ARM_CONTAINER",
            "WINDOWS_SERVER_2019_CONTAINER",
            "WINDOWS_SERVER_2022_CONTAINER",
            "LINUX_LAMBDA_CONTAINER",
            "ARM_LAMBDA_CONTAINER",
            "LINUX_EC2",
            "ARM_EC2",
            "WINDOWS_EC2",
            "MAC_ARM");
    private static final List<String> COMPUTE_TYPES = List.of(
            "BUILD_GENERAL1_SMALL",
            "BUILD_GENERAL1_MEDIUM",
            "BUILD_GENERAL1_LARGE",
            "BUILD_GENERAL1_XLARGE",
            "BUILD_GENERAL1_2XLARGE",
            "BUILD_LAMBDA_1GB",
            "BUILD_LAMBDA_2GB",
            "BUILD_LAMBDA_4GB",
            "BUILD_LAMBDA_8GB",
            "BUILD_LAMBDA_10GB",
            "ATTRIBUTE_BASED_COMPUTE",
            "CUSTOM_INSTANCE_TYPE");
    private static final List<String> VARIABLE_TYPES = List.of("PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER");

    private Constraints() {}

    static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidInputException", message);
    }

    static AwsError isNull(String member) {
        return violated("null", member, "Member must not be null");
    }

    static void range(String member, int value, int least, int most) throws AwsError {
        if (value < least) {
            throw violated("'" + value + "'", member, "Member must have value greater than or equal to " + least);
        }
        if (value > most) {
            throw violated("'" + value + "'", member, "Member must have value less than or equal to " + most);
        }
    }

    /** Lists of ids or names: 1 to 100 of them. */
    static void batch(String member, List<String> values) throws AwsError {
        if (values.isEmpty()) {
            throw violated("'[]'", member, "Member must have length greater than or equal to 1");
        }
        if (values.size() > 100) {
            throw violated("'" + values + "'", member, "Member must have length less than or equal to 100");
        }
    }

    static void source(JsonNode source) throws AwsError {
        String type = oneOf("source.type", source.path("type"), SOURCE_TYPES);
        boolean located = !type.equals("NO_SOURCE") && !type.equals("CODEPIPELINE");
        if (located && source.path("location").asText("").isEmpty()) {
            throw invalid("Project source location is required for source type " + type);
        }
        if (type.equals("S3") && source.path("location").asText().indexOf('/') < 1) {
            throw invalid("Invalid project source: location must be a valid S3 source");
        }
        if (type.equals("NO_SOURCE") && source.path("buildspec").asText("").isEmpty()) {
            throw invalid("Project with source type NO_SOURCE must specify a buildspec");
        }
    }

    static void environment(JsonNode environment) throws AwsError {
        oneOf("environment.type", environment.path("type"), ENVIRONMENT_TYPES);
        oneOf("environment.computeType", environment.path("computeType"), COMPUTE_TYPES);
        if (environment.path("image").asText("").isEmpty()) {
            throw isNull("environment.image");
        }
        int position = 1;
        for (JsonNode variable : environment.path("environmentVariables")) {
            String member = "environment.environmentVariables." + position++ + ".member.";
            if (variable.path("name").asText("").isEmpty()) {
                throw isNull(member + "name");
            }
            if (!variable.hasNonNull("value")) {
                throw isNull(member + "value");
            }
            if (variable.hasNonNull("type")) {
                oneOf(member + "type", variable.get("type"), VARIABLE_TYPES);
            }
        }
    }

    private static String oneOf(String member, JsonNode value, List<String> allowed) throws AwsError {
        if (value.isMissingNode() || value.isNull()) {
            throw isNull(member);
        }
        if (!allowed.contains(value.asText())) {
            throw violated("'" + value.asText() + "'", member, "Member must satisfy enum value set: " + allowed);
        }
        return value.asText();
    }

    private static AwsError violated(String value, String member, String constraint) {
        return invalid("1 validation error detected: Value " + value + " at '" + member
                + "' failed to satisfy constraint: " + constraint);
    }
}
