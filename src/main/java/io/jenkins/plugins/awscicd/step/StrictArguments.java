package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Describable;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * What a Jenkinsfile gives to a step, looked at before the step is made of it, and made what the step's properties are of. Pipeline itself
 * only warns of a name that it does not know, takes any text but {@code true} for false, fails with a number for a text, an array for a list
 * or the null of JSON, and quotes all values when it fails, of which some may be secrets.
 */
final class StrictArguments {

    /** Longer texts are no words that somebody has mistaken for a number or a yes or no. */
    private static final int LONGEST_QUOTE = 40;

    private static final Set<String> WITH_COMMAS = Set.of("includes", "excludes", "modes", "secondary");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> plain;

    /**
     * @param type the step, or a part of one
     * @param given as the script has given them; nested parts are maps, or made by their symbols
     */
    StrictArguments(@NonNull Class<?> type, @NonNull Map<String, ?> given) {
        plain = all(type, given, "");
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. Values are quoted
     * only where they should have been numbers, true or false.
     */
    @NonNull
    List<String> problems() {
        return problems;
    }

    /** The arguments as the properties take them; of no use if there are problems. */
    @NonNull
    Map<String, Object> plain() {
        return plain;
    }

    /** A map, and all maps in it, with texts as keys. */
    @NonNull
    static Map<String, Object> named(@NonNull Map<?, ?> given) {
        Map<String, Object> named = new LinkedHashMap<>();
        given.forEach((key, value) ->
                named.put(String.valueOf(key), value instanceof Map<?, ?> map && !isNull(map) ? named(map) : value));
        return named;
    }

    private Map<String, Object> all(Class<?> type, Map<?, ?> given, String path) {
        DescribableModel<?> model = DescribableModel.of(type);
        Map<String, Object> all = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            DescribableParameter parameter = model.getParameter(name);
            if (parameter == null) {
                if (name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) {
                    all.put(name, value);
                } else {
                    problems.add(path + name + ": " + unknown(name, model));
                }
                return;
            }
            Class<?> wanted = parameter.getErasedType();
            if (!isNull(value)) {
                all.put(name, one(parameter.getType().getActualType(), value, path + name));
            } else if (!wanted.isPrimitive()) {
                all.put(name, null);
            }
        });
        return all;
    }

    /** JSON has a null of its own. */
    private static boolean isNull(@CheckForNull Object value) {
        return value == null
                || value instanceof JSONNull
                || value instanceof JSONObject object && object.isNullObject();
    }

    private static String unknown(String name, DescribableModel<?> model) {
        List<String> known = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        return Nearest.of(name, known)
                .map(Messages::StrictArguments_unknownButNear)
                .orElseGet(() -> Messages.StrictArguments_unknown(String.join(", ", known)));
    }

    /** The value as the property takes it; as it is if nothing else is known of it. */
    @CheckForNull
    private Object one(Type wanted, Object value, String path) {
        Class<?> type = erased(wanted);
        if (type == boolean.class || type == Boolean.class) {
            return flag(value, path);
        }
        if (type == int.class || type == Integer.class) {
            return number(value, path);
        }
        if (type == String.class) {
            return text(value, path);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return list(wanted, value, path);
        }
        if (Map.class.isAssignableFrom(type)) {
            return value instanceof Map ? copy(value) : refuse(path, Messages.StrictArguments_noMap(kind(value)));
        }
        if (NestedArguments.class.isAssignableFrom(type)) {
            return part(type, value, path);
        }
        if (Describable.class.isAssignableFrom(type)) {
            boolean isMade =
                    type.isInstance(value) || value instanceof UninstantiatedDescribable || value instanceof Map;
            return isMade
                    ? value
                    : refuse(path, Messages.StrictArguments_noDescribable(type.getSimpleName(), kind(value)));
        }
        return copy(value);
    }

    @CheckForNull
    private Object refuse(String path, String why) {
        problems.add(path + ": " + why);
        return null;
    }

    /** Some texts are lists with commas, and may be lists as well. */
    @CheckForNull
    private Object text(Object value, String path) {
        String text = Written.text(value);
        if (text == null && WITH_COMMAS.contains(path.substring(path.lastIndexOf('.') + 1))) {
            List<?> items = items(value);
            if (items != null && items.stream().allMatch(item -> Written.text(item) != null)) {
                return items.stream().map(Written::text).collect(Collectors.joining(","));
            }
        }
        return text == null ? refuse(path, Messages.StrictArguments_noText(kind(value))) : text;
    }

    @CheckForNull
    private static List<?> items(Object value) {
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        return value instanceof Object[] array ? Arrays.asList(array) : null;
    }

    @CheckForNull
    private Object flag(Object value, String path) {
        String text = value instanceof Boolean || value instanceof CharSequence
                ? value.toString().toLowerCase(Locale.ROOT)
                : "";
        return text.equals("true") || text.equals("false")
                ? (Object) Boolean.valueOf(text)
                : refuse(path, Messages.StrictArguments_noFlag(quoted(value)));
    }

    @CheckForNull
    private Object number(Object value, String path) {
        try {
            return new BigDecimal(String.valueOf(Written.text(value)).strip()).intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            return refuse(path, Messages.StrictArguments_noNumber(quoted(value)));
        }
    }

    @CheckForNull
    private Object list(Type wanted, Object value, String path) {
        Type item = wanted instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
        List<?> items = items(value);
        if (items == null && item == String.class && value instanceof CharSequence text) {
            // As forms have it.
            items = Arrays.stream(text.toString().split(","))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList();
        }
        if (items == null) {
            return refuse(path, Messages.StrictArguments_noList(kind(value)));
        }
        List<Object> list = new ArrayList<>();
        int at = 0;
        for (Object each : items) {
            at++;
            list.add(isNull(each) ? null : one(item, each, path + " " + at));
        }
        return list;
    }

    @CheckForNull
    private Object part(Class<?> type, Object value, String path) {
        Map<String, Object> parts;
        String kind;
        if (value instanceof UninstantiatedDescribable made) {
            if (made.getSymbol() != null) {
                return refuse(path, Messages.StrictArguments_noMap(made.getSymbol()));
            }
            parts = new LinkedHashMap<>(made.getArguments());
            kind = made.getKlass();
        } else if (value instanceof Map<?, ?> map) {
            parts = named(map);
            Object named = parts.remove(DescribableModel.CLAZZ);
            kind = named == null ? null : named.toString();
        } else if (value instanceof CharSequence text && sole(type) != null) {
            return all(type, Map.of(String.valueOf(sole(type)), text.toString()), path + ".");
        } else {
            return type.isInstance(value) ? value : refuse(path, Messages.StrictArguments_noMap(kind(value)));
        }
        return kind == null || kind.equals(type.getName()) || kind.equals(type.getSimpleName())
                ? all(type, parts, path + ".")
                : refuse(path, Messages.StrictArguments_noSuchPart(kind));
    }

    /** The part of a part for which a text alone stands: the one text that it is made with; null if it is made with others, or none. */
    @CheckForNull
    private static String sole(Class<?> type) {
        List<DescribableParameter> required = DescribableModel.of(type).getParameters().stream()
                .filter(DescribableParameter::isRequired)
                .toList();
        return required.size() == 1 && required.get(0).getErasedType() == String.class
                ? required.get(0).getName()
                : null;
    }

    /** Maps and lists of Java's own, with nothing of Groovy's or JSON's in them. */
    @CheckForNull
    private static Object copy(@CheckForNull Object value) {
        if (isNull(value)) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item)));
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return value instanceof CharSequence ? value.toString() : value;
    }

    private static Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? erased(parameterized.getRawType()) : Object.class;
    }

    private static String quoted(Object value) {
        String text = Written.text(value);
        return text == null || text.length() > LONGEST_QUOTE
                ? Messages.StrictArguments_what(kind(value))
                : "'" + text + "'";
    }

    private static String kind(Object value) {
        return value instanceof UninstantiatedDescribable made && made.getSymbol() != null
                ? made.getSymbol()
                : Written.kind(value);
    }
}
