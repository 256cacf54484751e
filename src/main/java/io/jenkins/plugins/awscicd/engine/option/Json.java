package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON (RFC 8259). It is read as anybody may have written it: objects as maps, arrays as lists, numbers as they are written; what is wrong is
 * told by its place alone, as values may be secret. Maps and lists are written, as {@code readYaml} and {@code readJSON} give them.
 */
public final class Json {

    private static final int DEEPEST = 100;
    private static final int MOST_DIGITS = 400;
    private static final BigDecimal UNREASONABLE = new BigDecimal("0.000000000000000000001234567");
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    /** A number, as it is written. */
    public record Number(String written) {

        @Override
        public String toString() {
            return written;
        }

        /** Numbers are compared, not computed with: an exponent beyond reason counts as none that matches. */
        public BigDecimal value() {
            BigDecimal value = new BigDecimal(written);
            return Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS ? UNREASONABLE : value;
        }
    }

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * @return a map, a list, a text, a {@link Number}, a Boolean or null
     * @throws IllegalArgumentException if it is no JSON
     */
    @CheckForNull
    public static Object read(@NonNull String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.wrong();
        }
        return value;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("Not JSON, from character " + (at + 1));
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean next(char wanted) {
        blanks();
        boolean is = at < text.length() && text.charAt(at) == wanted;
        at += is ? 1 : 0;
        return is;
    }

    private Object value() {
        if (++depth > DEEPEST) {
            throw wrong();
        }
        try {
            if (next('{')) {
                return object();
            }
            if (next('[')) {
                return array();
            }
            return next('"') ? string() : literal();
        } finally {
            depth--;
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (next('}')) {
            return members;
        }
        do {
            if (!next('"')) {
                throw wrong();
            }
            String name = string();
            if (!next(':')) {
                throw wrong();
            }
            members.put(name, value());
        } while (next(','));
        if (!next('}')) {
            throw wrong();
        }
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        if (next(']')) {
            return items;
        }
        do {
            items.add(value());
        } while (next(','));
        if (!next(']')) {
            throw wrong();
        }
        return items;
    }

    private Object literal() {
        for (Object known : new Object[] {true, false, null}) {
            String word = String.valueOf(known);
            if (text.startsWith(word, at)) {
                at += word.length();
                return known;
            }
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw wrong();
        }
        at = number.end();
        return new Number(number.group());
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw wrong();
            }
            string.append(c == '\\' ? escaped() : c);
        }
        throw wrong();
    }

    private char escaped() {
        if (at == text.length()) {
            throw wrong();
        }
        char c = text.charAt(at++);
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (c != 'u' || at + 4 > text.length()) {
            throw wrong();
        }
        try {
            char unicode = (char) Integer.parseUnsignedInt(text, at, at + 4, 16);
            at += 4;
            return unicode;
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    /** The same text for equal values, entries in the order in which they are. */
    @NonNull
    public static String of(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        boolean text = value instanceof CharSequence;
        // readJSON has an object of its own for null.
        boolean plain = value instanceof java.lang.Number
                || value instanceof Number
                || value instanceof Boolean
                || "null".equals(String.valueOf(value));
        return plain && !text ? String.valueOf(value) : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
