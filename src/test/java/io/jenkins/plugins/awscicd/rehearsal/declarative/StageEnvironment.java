package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An {@code environment} block: variables for a stage, each of which may use those before it. */
final class StageEnvironment {

    private static final String USER = "_USR";
    private static final String PASSWORD = "_PSW";

    private final Scope scope;
    private final Secrets secrets;

    StageEnvironment(Scope scope) {
        this.scope = scope;
        this.secrets = new Secrets(scope.delivery());
    }

    /** @param environment null for none */
    <T> T around(Closure<?> environment, Supplier<T> body) {
        if (environment == null) {
            return body.get();
        }
        Delivery delivery = scope.delivery();
        List<String> secret = new ArrayList<>();
        return delivery.env().open(() -> {
            new Block("environment", scope)
                    .onAssignment((name, value) -> {
                        if (value instanceof Described credentials) {
                            secret.addAll(
                                    credentials(name, credentials.arguments().get("value")));
                        } else {
                            delivery.env().put(name, value);
                        }
                    })
                    .read(environment);
            delivery.console().mask(secret);
            return body.get();
        });
    }

    /**
     * {@code credentials('id')}: a text or file is the variable itself, a user with a password has two more.
     *
     * @return what is to be masked
     */
    private List<String> credentials(String name, Object id) {
        Delivery delivery = scope.delivery();
        if (delivery.env().ofTerminal(name + PASSWORD) == null) {
            String value = secrets.ofTerminal(name, id);
            delivery.env().put(name, value);
            return List.of(value);
        }
        String user = secrets.ofTerminal(name + USER, id);
        String password = secrets.ofTerminal(name + PASSWORD, id);
        delivery.env().put(name, user + ":" + password);
        return List.of(user + ":" + password, password);
    }
}
