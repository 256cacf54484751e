package io.jenkins.plugins.awscicd.rehearsal.migration;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of one call. Values are as they are written in Groovy. */
final class Rewriting {

    private static final Pattern PLAIN = Pattern.compile("(['\"])([^'\"\\\\$]*)\\1");

    /** With parts that only the script knows, or without. */
    private static final Pattern TEXT = Pattern.compile("(?:'([^'\"\\\\$]*)'|\"((?:[^\"\\\\])*)\")");

    private final Map<String, String> given;
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private String step;
    private String result;

    Rewriting(Map<String, String> given) {
        this.given = new LinkedHashMap<>(given);
        this.given.remove("$class");
    }

    /** Null for a call that stays as it is. */
    String step() {
        return step;
    }

    /** The property of the step's result that is what the old step returned; null if it is the result itself. */
    String result() {
        return result;
    }

    Rewriting result(String property) {
        result = property;
        return this;
    }

    Map<String, String> arguments() {
        return arguments;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    Rewriting to(String name) {
        step = name;
        return this;
    }

    Rewriting remark(String remark) {
        remarks.add(remark);
        return this;
    }

    /** Takes an argument out of what was given; null if it was not given, or nothing was. */
    String take(String name) {
        String value = given.remove(name);
        return value == null || value.equals("null") || value.equals("''") || value.equals("\"\"") ? null : value;
    }

    /** The same as text, without quotes; null also if it is no plain text, number or word. */
    static String plain(String value) {
        if (value == null) {
            return null;
        }
        Matcher text = PLAIN.matcher(value);
        return text.matches() ? text.group(2) : value.matches("[\\w.]+") ? value : null;
    }

    /** A value as a part of a longer text. */
    static String within(String value) {
        Matcher text = TEXT.matcher(value);
        return text.matches() ? text.group(1) != null ? text.group(1) : text.group(2) : "${" + value + "}";
    }

    /** A text, which may have parts that only the script knows. */
    static String text(String content) {
        return content.contains("$") ? '"' + content + '"' : "'" + content + "'";
    }

    Rewriting put(String name, String value) {
        if (value != null) {
            arguments.put(name, value);
        }
        return this;
    }

    /** An argument that has another name here. */
    Rewriting rename(String old, String now) {
        return put(now, take(old));
    }

    Rewriting same(String... names) {
        for (String name : names) {
            rename(name, name);
        }
        return this;
    }

    /** A number, which may have been text. */
    Rewriting number(String old, String now) {
        String value = take(old);
        String digits = plain(value);
        return put(now, digits != null && digits.matches("\\d+") ? digits : value);
    }

    /** A yes or no, which may have been text. */
    Rewriting flag(String old, String now) {
        String value = take(old);
        String word = plain(value);
        return put(
                now, word != null && word.matches("(?i)true|false") ? word.toLowerCase(java.util.Locale.ROOT) : value);
    }

    /** Parts of an argument that is a map. */
    Rewriting part(String now, Map<String, String> parts) {
        StringBuilder map = new StringBuilder();
        parts.forEach((old, name) -> {
            String value = take(old);
            String word = plain(value);
            if (value != null) {
                boolean flag = word != null && word.matches("true|false");
                map.append(map.isEmpty() ? "" : ", ").append(name).append(": ").append(flag ? word : value);
            }
        });
        return put(now, map.isEmpty() ? null : "[" + map + "]");
    }

    /** What has no counterpart, with what to do about it if it was given. */
    Rewriting without(String old, String instead) {
        String value = take(old);
        return value == null || "false".equals(plain(value)) || "0".equals(plain(value))
                ? this
                : remark(old + " has no counterpart: " + instead);
    }

    /** What is of no use here, and said of it nothing. */
    Rewriting drop(String... names) {
        List.of(names).forEach(this::take);
        return this;
    }

    /** Access that a block around it has. */
    Rewriting access(Map<String, String> around) {
        around.forEach(arguments::putIfAbsent);
        return this;
    }

    /** Says of what nobody has asked for. */
    Rewriting done() {
        new TreeSet<>(given.keySet())
                .stream()
                        .filter(name -> take(name) != null)
                        .forEach(name -> remark(name + " is not known here, and was left out"));
        return this;
    }
}
