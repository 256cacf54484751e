package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * What a Jenkinsfile gives to a step, looked at before the step is made of it. Pipeline itself only warns of a name that it does not know,
 * takes any text but {@code true} for false, and quotes values in its complaints, which may be secrets.
 */
final class StrictArguments {

    /** Longer texts are no words that somebody has mistaken for a number or a yes or no. */
    private static final int LONGEST_QUOTE = 40;

    private final List<String> problems = new ArrayList<>();

    private StrictArguments() {}

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. Values are quoted
     * only where they should have been numbers, true or false.
     *
     * @param type the step, or a part of one
     * @param given as the script has given them; nested parts are maps, or made by their symbols
     */
    @NonNull
    static List<String> problems(@NonNull Class<?> type, @NonNull Map<String, ?> given) {
        StrictArguments check = new StrictArguments();
        check.all(type, given, "");
        return check.problems;
    }

    private void all(Class<?> type, Map<?, ?> given, String path) {
        DescribableModel<?> model = DescribableModel.of(type);
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            DescribableParameter parameter = model.getParameter(name);
            if (parameter == null) {
                if (!name.equals("$class")) {
                    problems.add(path + name + ": " + unknown(name, model));
                }
            } else if (value != null) {
                one(parameter.getType().getActualType(), value, path + name);
            }
        });
    }

    private static String unknown(String name, DescribableModel<?> model) {
        List<String> known = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        return Nearest.of(name, known)
                .map(Messages::StrictArguments_unknownButNear)
                .orElseGet(() -> Messages.StrictArguments_unknown(String.join(", ", known)));
    }

    private void one(Type wanted, Object value, String path) {
        Class<?> type = erased(wanted);
        if (type == boolean.class || type == Boolean.class) {
            flag(value, path);
        } else if (type == int.class || type == Integer.class) {
            number(value, path);
        } else if (type == String.class) {
            if (!isText(value)) {
                problems.add(path + ": " + Messages.StrictArguments_noText(kind(value)));
            }
        } else if (Collection.class.isAssignableFrom(type)) {
            list(wanted, value, path);
        } else if (Map.class.isAssignableFrom(type)) {
            if (!(value instanceof Map)) {
                problems.add(path + ": " + Messages.StrictArguments_noMap(kind(value)));
            }
        } else if (NestedArguments.class.isAssignableFrom(type)) {
            part(type, value, path);
        }
    }

    private void flag(Object value, String path) {
        if (!(value instanceof Boolean) && !List.of("true", "false").contains(String.valueOf(value))) {
            problems.add(path + ": " + Messages.StrictArguments_noFlag(quoted(value)));
        }
    }

    private void number(Object value, String path) {
        try {
            new BigDecimal(isText(value) ? value.toString().strip() : "").intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            problems.add(path + ": " + Messages.StrictArguments_noNumber(quoted(value)));
        }
    }

    private void list(Type wanted, Object value, String path) {
        Collection<?> items;
        if (value instanceof Collection<?> collection) {
            items = collection;
        } else if (value instanceof Object[] array) {
            items = Arrays.asList(array);
        } else {
            problems.add(path + ": " + Messages.StrictArguments_noList(kind(value)));
            return;
        }
        Type item = wanted instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
        int at = 0;
        for (Object each : items) {
            at++;
            if (each != null) {
                one(item, each, path + " " + at);
            }
        }
    }

    private void part(Class<?> type, Object value, String path) {
        if (value instanceof UninstantiatedDescribable made) {
            all(type, made.getArguments(), path + ".");
        } else if (value instanceof Map<?, ?> map) {
            all(type, map, path + ".");
        } else if (!type.isInstance(value)) {
            problems.add(path + ": " + Messages.StrictArguments_noMap(kind(value)));
        }
    }

    private static Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? erased(parameterized.getRawType()) : Object.class;
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }

    private static String quoted(Object value) {
        String text = isText(value) ? value.toString() : null;
        return text == null || text.length() > LONGEST_QUOTE
                ? Messages.StrictArguments_what(kind(value))
                : "'" + text + "'";
    }

    /** What something is, in a word that says nothing of its value. */
    private static String kind(Object value) {
        if (value instanceof CharSequence) {
            return "text";
        }
        if (value instanceof Collection || value.getClass().isArray()) {
            return "list";
        }
        return value instanceof Map ? "map" : value.getClass().getSimpleName();
    }
}
