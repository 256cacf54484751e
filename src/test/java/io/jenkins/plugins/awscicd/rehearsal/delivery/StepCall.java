package io.jenkins.plugins.awscicd.rehearsal.delivery;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A call of a step as a Jenkinsfile writes it: {@code name 'value'}, {@code name key: 'value', …}, each with a block or
 * without.
 *
 * @param name the step
 * @param arguments by name
 * @param closure the block; null if there is none
 */
public record StepCall(String name, Map<String, Object> arguments, Closure<?> closure) {

    private static final String ELSE = "*";
    private static final String MORE = "**";

    /** Says that a step takes arguments of any name, and checks them itself. */
    public static final List<String> ANY = any("value");

    /** The same of a step that is left out, also with several arguments without names, of which all but the first are forgotten. */
    public static final List<String> ANY_TIMES = List.of("value", ELSE, MORE);

    /** The same, where an argument without a name is this one's. */
    public static List<String> any(String unnamed) {
        return List.of(unnamed, ELSE);
    }

    /**
     * @param parameters the names that the step knows; an argument without a name is the first one's
     * @throws StepFailure if the arguments do not fit
     */
    public static StepCall of(String name, Object[] given, List<String> parameters) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        Closure<?> closure = null;
        for (Object argument : given) {
            if (argument instanceof Closure<?> it) {
                closure = it;
            } else if (argument instanceof Map<?, ?> map && arguments.isEmpty()) {
                map.forEach((key, value) -> arguments.put(String.valueOf(key), plain(value)));
            } else if (parameters.isEmpty()) {
                throw new StepFailure(name + ": takes no arguments");
            } else if (arguments.isEmpty()) {
                arguments.put(parameters.get(0), plain(argument));
            } else if (!parameters.contains(MORE)) {
                throw new StepFailure(
                        name + ": give its arguments by name, such as " + name + " " + parameters.get(0) + ": …");
            }
        }
        if (!parameters.contains(ELSE)) {
            for (String key : arguments.keySet()) {
                if (!parameters.contains(key)) {
                    throw new StepFailure(
                            name + ": there is no argument '" + key + "'; known are " + String.join(", ", parameters));
                }
            }
        }
        return new StepCall(name, arguments, closure);
    }

    /** Groovy's own strings are for Groovy; steps get Java's. */
    private static Object plain(Object value) {
        if (value instanceof GString text) {
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(plain(key), plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value;
    }

    /** The argument; empty if it was not given. */
    public Optional<Object> argument(String key) {
        return Optional.ofNullable(arguments.get(key));
    }

    /** The argument as text; null if it was not given. */
    public String text(String key) {
        return argument(key).map(String::valueOf).orElse(null);
    }

    /** The argument as text; must be given. */
    public String required(String key) {
        return argument(key)
                .map(String::valueOf)
                .orElseThrow(() -> new StepFailure(name + ": give it the argument " + key));
    }

    /** Whether the argument is true; false if it was not given. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** The argument as a whole number. */
    public long number(String key) {
        try {
            return Long.parseLong(required(key));
        } catch (NumberFormatException e) {
            throw new StepFailure(name + ": " + key + " must be a whole number, not '" + text(key) + "'", e);
        }
    }

    /** The block; must be given. */
    public Supplier<Object> block() {
        if (closure == null) {
            throw new StepFailure(name + ": give it a block, such as " + name + "(…) { … }");
        }
        return closure::call;
    }

    /** This call with a block that runs Java. */
    public StepCall around(Supplier<?> body) {
        return new StepCall(name, arguments, new Closure<Object>(this) {
            @Override
            public Object call(Object... ignored) {
                return body.get();
            }
        });
    }
}
