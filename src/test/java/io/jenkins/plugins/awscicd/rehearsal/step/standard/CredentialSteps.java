package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Secrets;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code withEnv}, and {@code withCredentials}, whose variables have to be set on the terminal. */
final class CredentialSteps {

    /** The arguments that name a variable, by kind of binding; the values of those that begin with user are no secret. */
    private static final Map<String, List<String>> VARIABLES = Map.of(
            "string", List.of("variable"),
            "file", List.of("variable"),
            "zip", List.of("variable"),
            "usernamePassword", List.of("usernameVariable", "passwordVariable"),
            "usernameColonPassword", List.of("variable"),
            "sshUserPrivateKey", List.of("keyFileVariable", "usernameVariable", "passphraseVariable"),
            "certificate", List.of("keystoreVariable", "aliasVariable", "passwordVariable"),
            "aws", List.of("accessKeyVariable", "secretKeyVariable"));

    private static final Map<String, String> BY_CLASS = Map.of(
            "AmazonWebServicesCredentialsBinding", "aws",
            "StringBinding", "string",
            "FileBinding", "file",
            "UsernamePasswordMultiBinding", "usernamePassword",
            "UsernamePasswordBinding", "usernameColonPassword",
            "SSHUserPrivateKeyBinding", "sshUserPrivateKey");

    private static final Map<String, String> DEFAULTS =
            Map.of("accessKeyVariable", "AWS_ACCESS_KEY_ID", "secretKeyVariable", "AWS_SECRET_ACCESS_KEY");

    private final Delivery delivery;
    private final Secrets secrets;

    CredentialSteps(Delivery delivery) {
        this.delivery = delivery;
        secrets = new Secrets(delivery);
    }

    void addTo(Steps steps) {
        steps.add("withEnv", List.of("overrides"), this::withEnv);
        steps.add("withCredentials", List.of("bindings"), this::withCredentials);
    }

    private Object withEnv(StepCall call) {
        return delivery.env().open(() -> {
            for (Object pair : list(call, "overrides")) {
                String text = String.valueOf(pair);
                int equals = text.indexOf('=');
                if (equals <= 0) {
                    throw new StepFailure("withEnv: '" + text + "' must be NAME=value");
                }
                delivery.env().put(text.substring(0, equals), text.substring(equals + 1));
            }
            return call.block().get();
        });
    }

    private Object withCredentials(StepCall call) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> secret = new HashMap<>();
        for (Object binding : list(call, "bindings")) {
            Described described = described(binding);
            for (String argument : VARIABLES.get(described.symbol())) {
                Object variable = described.arguments().getOrDefault(argument, DEFAULTS.get(argument));
                if (variable != null) {
                    String name = variable.toString();
                    values.put(
                            name, secrets.ofTerminal(name, described.arguments().get("credentialsId")));
                    if (!argument.startsWith("user")) {
                        secret.put(name, values.get(name));
                    }
                }
            }
        }
        delivery.console().mask(secret.values());
        return delivery.env().with(values, call.block());
    }

    private static Described described(Object binding) {
        Described described = null;
        if (binding instanceof Described it) {
            described = it;
        } else if (binding instanceof Map<?, ?> map && map.get("$class") != null) {
            String type = map.get("$class").toString();
            Map<String, Object> arguments = new HashMap<>();
            map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
            described =
                    new Described(BY_CLASS.getOrDefault(type.substring(type.lastIndexOf('.') + 1), type), arguments);
        }
        if (described == null || !VARIABLES.containsKey(described.symbol())) {
            throw new StepFailure("withCredentials: a rehearsal does not know the binding "
                    + (described == null ? binding : described.symbol()));
        }
        return described;
    }

    private static List<?> list(StepCall call, String argument) {
        return call.argument(argument).orElse(null) instanceof List<?> list ? list : List.of(call.required(argument));
    }
}
