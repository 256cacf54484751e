package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * An event pattern of EventBridge ("Comparison operators for use in event patterns"): exact values, prefix, suffix, equals-ignore-case,
 * anything-but (values, prefix, suffix, wildcard, equals-ignore-case), numeric, exists, wildcard and {@code $or}. Unlike EventBridge, it does not keep the
 * objects of one array apart.
 *
 * <p>AWS's library event-ruler (1.7.3) is not used: its time and memory grow with the product of the lengths of an event's arrays, and whoever
 * may send to the queue may make an event up; it also multiplies {@code $or}s that are side by side in a pattern.
 */
public final class EventPattern {

    /** EventBridge's limit, in characters. */
    private static final int LONGEST = 4096;

    private static final String OR = "$or";

    private final Predicate<Object> whole;

    private EventPattern(Predicate<Object> whole) {
        this.whole = whole;
    }

    /** @throws IllegalArgumentException if it is none, saying what is wrong and where */
    @NonNull
    public static EventPattern of(@NonNull String json) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("A pattern has at most " + LONGEST + " characters");
        }
        if (!(Json.read(json) instanceof Map<?, ?> pattern) || pattern.isEmpty()) {
            throw new IllegalArgumentException(
                    "A pattern is a JSON object, such as {\"source\": [\"aws.codecommit\"]}");
        }
        return new EventPattern(object(pattern, ""));
    }

    /** Whether an event matches. */
    public boolean matches(@NonNull AwsEvent event) {
        return whole.test(event.members());
    }

    private static Predicate<Object> object(Map<?, ?> part, String path) {
        List<Predicate<Object>> all = new ArrayList<>();
        part.forEach((name, wanted) -> {
            String here = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            if (name.equals(OR) && wanted instanceof List<?> ways && !ways.isEmpty()) {
                all.add(any(ways.stream().map(way -> way(way, path, here)).toList()));
            } else if (wanted instanceof Map<?, ?> map) {
                Predicate<Object> inner = object(map, here);
                all.add(value -> member(value, name) instanceof List<?> items
                        ? items.stream().anyMatch(inner)
                        : inner.test(member(value, name)));
            } else if (wanted instanceof List<?> list && !list.isEmpty()) {
                all.add(any(list.stream().map(one -> leaf(one, name, here)).toList()));
            } else {
                throw new IllegalArgumentException(here + " needs an array of what matches, such as [\"value\"]");
            }
        });
        return value -> all.stream().allMatch(one -> one.test(value));
    }

    private static Predicate<Object> way(Object way, String path, String here) {
        if (!(way instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(here + " has something that is no object");
        }
        return object(map, path);
    }

    private static Predicate<Object> any(List<Predicate<Object>> tests) {
        return value -> tests.stream().anyMatch(one -> one.test(value));
    }

    @CheckForNull
    private static Object member(@CheckForNull Object object, Object name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static boolean has(@CheckForNull Object object, Object name) {
        return object instanceof Map<?, ?> members && members.containsKey(name);
    }

    /** One of those of which the member of that name, or an item of it, has to match one. */
    private static Predicate<Object> leaf(Object wanted, Object name, String path) {
        Predicate<Object> test = test(wanted, path);
        if (wanted instanceof Map<?, ?> operator && operator.containsKey("exists")) {
            boolean exists = Boolean.TRUE.equals(operator.get("exists"));
            return object -> exists == (has(object, name) && !(member(object, name) instanceof Map));
        }
        return object -> has(object, name)
                && (member(object, name) instanceof List<?> items
                        ? items.stream().anyMatch(test)
                        : test.test(member(object, name)));
    }

    private static Predicate<Object> test(Object wanted, String path) {
        if (!(wanted instanceof Map<?, ?> operator)) {
            if (wanted instanceof List) {
                throw wrong(path, "an array in an array");
            }
            return value -> same(wanted, value);
        }
        if (operator.size() != 1) {
            throw wrong(path, "an operator that is not alone in its object");
        }
        String name = String.valueOf(operator.keySet().iterator().next());
        Object operand = operator.get(name);
        return switch (name) {
            case "exists" -> {
                if (!(operand instanceof Boolean)) {
                    throw wrong(path, "exists without true or false");
                }
                yield value -> true; // is asked before
            }
            case "anything-but" -> anythingBut(operand, path);
            case "numeric" -> numeric(operand, path);
            default -> text(name, operand, path);
        };
    }

    private static Predicate<Object> anythingBut(Object operand, String path) {
        if (operand instanceof Map<?, ?> operator && operator.size() == 1) {
            String name = String.valueOf(operator.keySet().iterator().next());
            Object inner = operator.get(name);
            List<?> all = inner instanceof List<?> list ? list : List.of(inner);
            List<Predicate<Object>> tests =
                    all.stream().map(one -> text(name, one, path)).toList();
            return value -> value instanceof String && tests.stream().noneMatch(one -> one.test(value));
        }
        List<?> values = operand instanceof List<?> list ? list : Collections.singletonList(operand);
        return value -> values.stream().noneMatch(one -> same(one, value));
    }

    private static Predicate<Object> text(String name, Object operand, String path) {
        boolean ignoresCase = operand instanceof Map<?, ?> inner && inner.containsKey("equals-ignore-case");
        Object written = ignoresCase ? ((Map<?, ?>) operand).get("equals-ignore-case") : operand;
        if (!(written instanceof String wanted)) {
            throw wrong(path, name + " without a text");
        }
        Predicate<String> test =
                switch (name) {
                    case "prefix" -> value -> value.regionMatches(ignoresCase, 0, wanted, 0, wanted.length());
                    case "suffix" ->
                        value -> value.regionMatches(
                                ignoresCase, value.length() - wanted.length(), wanted, 0, wanted.length());
                    case "equals-ignore-case" ->
                        value -> value.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT));
                    case "wildcard" -> value -> wildcard(wanted, value);
                    default -> throw wrong(path, "'" + name + "', which is no operator that is known here");
                };
        return value -> value instanceof String text && test.test(text);
    }

    /** Without regular expressions, which can take for ever. */
    private static boolean wildcard(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < text.length()) {
            boolean escaped = at + 1 < pattern.length() && pattern.charAt(at) == '\\';
            if (at < pattern.length() && !escaped && pattern.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < pattern.length() && pattern.charAt(escaped ? at + 1 : at) == text.charAt(in)) {
                at += escaped ? 2 : 1;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static Predicate<Object> numeric(Object operand, String path) {
        if (!(operand instanceof List<?> parts) || parts.isEmpty() || parts.size() % 2 != 0 || parts.size() > 4) {
            throw wrong(path, "numeric without pairs of an operator and a number");
        }
        Predicate<Object> all = value -> value instanceof Json.Number;
        for (int i = 0; i < parts.size(); i += 2) {
            if (!(parts.get(i + 1) instanceof Json.Number number)) {
                throw wrong(path, "numeric without a number");
            }
            BigDecimal limit = number.value();
            Predicate<Integer> order =
                    switch (String.valueOf(parts.get(i))) {
                        case "=" -> sign -> sign == 0;
                        case "<" -> sign -> sign < 0;
                        case "<=" -> sign -> sign <= 0;
                        case ">" -> sign -> sign > 0;
                        case ">=" -> sign -> sign >= 0;
                        default -> throw wrong(path, "numeric with '" + parts.get(i) + "'");
                    };
            all = all.and(value -> order.test(((Json.Number) value).value().compareTo(limit)));
        }
        return all;
    }

    private static boolean same(Object wanted, Object value) {
        return wanted instanceof Json.Number a && value instanceof Json.Number b
                ? a.value().compareTo(b.value()) == 0
                : Objects.equals(wanted, value);
    }

    private static IllegalArgumentException wrong(String path, String what) {
        return new IllegalArgumentException(path + " has " + what);
    }
}
