package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.List;
import java.util.Map;

/** Values that are described with calls, and {@code properties}, of which only the parameters matter without a Jenkins. */
final class ParameterSteps {

    private static final List<String> SYMBOLS = List.of(
            // parameters
            "string",
            "text",
            "booleanParam",
            "choice",
            "password",
            "credentials",
            "file",
            "run",
            // bindings of credentials
            "zip",
            "usernamePassword",
            "usernameColonPassword",
            "sshUserPrivateKey",
            "certificate",
            "aws",
            // properties of a job
            "buildDiscarder",
            "logRotator",
            "disableConcurrentBuilds",
            "disableResume",
            "durabilityHint",
            "pipelineTriggers",
            "cron",
            "pollSCM",
            "upstream",
            "githubPush",
            "rateLimitBuilds",
            "copyArtifactPermission");

    private final Delivery delivery;

    ParameterSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        SYMBOLS.forEach(
                symbol -> steps.add(symbol, StepCall.ANY, call -> new Described(call.name(), call.arguments())));
        steps.add("parameters", List.of("parameters"), call -> new Described(call.name(), call.arguments()));
        steps.add("properties", List.of("properties"), this::properties);
    }

    private Object properties(StepCall call) {
        for (Object property : (List<?>) call.argument("properties").orElse(List.of())) {
            Object given = null;
            if (property instanceof Described it && it.symbol().equals("parameters")) {
                given = it.arguments().get("parameters");
            } else if (property instanceof Map<?, ?> map) {
                given = map.get("parameterDefinitions");
            }
            for (Object parameter : given instanceof List<?> all ? all : List.of()) {
                Described described = Parameters.described(parameter);
                if (described == null) {
                    throw new StepFailure(
                            "properties: parameters are described with calls, such as string(name: 'VERSION')");
                }
                new Parameters(delivery).define(described);
            }
        }
        return null;
    }
}
