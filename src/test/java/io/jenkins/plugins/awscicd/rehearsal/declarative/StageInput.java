package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A stage's {@code input} block: the step of that name before the stage, whose answers are the stage's variables. */
final class StageInput {

    private static final List<String> TEXTS =
            List.of("message", "id", "ok", "submitter", "submitterParameter", "cancel");
    private static final List<String> PARAMETERS = List.of("string", "text", "booleanParam", "choice", "password");

    private final Scope scope;
    private final Map<String, Object> arguments = new LinkedHashMap<>();
    private final List<Described> parameters = new ArrayList<>();

    StageInput(Scope scope, Closure<?> input) {
        this.scope = scope;
        Block block = new Block("input", scope);
        TEXTS.forEach(name -> block.on(name, List.of("text"), call -> arguments.put(name, call.required("text"))));
        block.onBlock(
                        "parameters",
                        it -> new Block("parameters", scope)
                                .on(PARAMETERS, call -> parameters.add(new Described(call.name(), call.arguments())))
                                .read(it))
                .read(input);
    }

    <T> T before(Supplier<T> body) {
        Map<String, Object> call = new LinkedHashMap<>(arguments);
        call.put("parameters", parameters);
        Object answer = scope.steps().run(scope.steps().call("input", call));
        return scope.delivery().env().with(variables(answer), body);
    }

    /** The step returns a single value without its name. */
    private Map<String, Object> variables(Object answer) {
        Map<String, Object> variables = new HashMap<>();
        if (answer instanceof Map<?, ?> all) {
            all.forEach((name, value) -> variables.put(String.valueOf(name), value));
        } else if (answer != null) {
            String name = parameters.isEmpty()
                    ? String.valueOf(arguments.get("submitterParameter"))
                    : Parameters.name(parameters.get(0));
            variables.put(name, answer);
        }
        return variables;
    }
}
