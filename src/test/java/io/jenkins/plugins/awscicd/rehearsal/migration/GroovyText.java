package io.jenkins.plugins.awscicd.rehearsal.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groovy as far as one has to know it to find the calls of steps, and to leave all else as it is. */
final class GroovyText {

    private static final Pattern NAMED =
            Pattern.compile("\\s*(?:([A-Za-z_$][\\w$]*)|'([^']*)'|\"([^\"$]*)\")\\s*:(.*)", Pattern.DOTALL);

    /** With a backslash a line goes on in the next. */
    private static final Pattern BLANK = Pattern.compile("(?:[ \\t]|\\\\\\r?\\n)*");

    private final String text;

    GroovyText(String text) {
        this.text = text;
    }

    /**
     * A call of a step.
     *
     * @param start where its name begins
     * @param end behind its arguments
     * @param named arguments, as they are written
     * @param others arguments without a name, as they are written
     */
    record Call(String name, int start, int end, Map<String, String> named, List<String> others) {}

    /** The calls in the order of their names in the text. */
    List<Call> calls(java.util.Set<String> names) {
        List<Call> calls = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int behind = behindText(at);
            if (behind > at) {
                at = behind;
                continue;
            }
            if (!Character.isJavaIdentifierStart(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            String word = text.substring(at, end);
            boolean free = at == 0 || ".$".indexOf(text.charAt(at - 1)) < 0;
            Call call = free && (word.equals("step") || names.contains(word)) ? call(word, at, end) : null;
            if (call != null && names.contains(call.name())) {
                calls.add(call);
            }
            at = end;
        }
        return calls;
    }

    private Call call(String word, int start, int behindName) {
        int at = behindName;
        Matcher blank = BLANK.matcher(text).region(at, text.length());
        if (blank.lookingAt()) {
            at = blank.end();
        }
        if (at >= text.length()) {
            return null;
        }
        String arguments;
        int end;
        if (text.charAt(at) == '(') {
            int close = behindBrackets(at);
            arguments = text.substring(at + 1, close - 1);
            end = close;
        } else if (at > behindName && "'\"[".indexOf(text.charAt(at)) >= 0
                || NAMED.matcher(text.substring(at, Math.min(text.length(), at + 80)))
                        .lookingAt()) {
            end = behindLine(at);
            arguments = text.substring(at, end);
        } else {
            return null;
        }
        return of(word, start, end, arguments);
    }

    private static Call of(String word, int start, int end, String arguments) {
        String inner = arguments.strip();
        if (inner.startsWith("[") && new GroovyText(inner).behindBrackets(0) == inner.length()) {
            inner = inner.substring(1, inner.length() - 1);
        }
        Map<String, String> named = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String argument : new GroovyText(inner).parts()) {
            Matcher matcher = NAMED.matcher(argument);
            if (matcher.matches()) {
                String name = matcher.group(1) != null
                        ? matcher.group(1)
                        : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
                named.put(name, matcher.group(4).strip());
            } else if (!argument.isBlank()) {
                others.add(argument.strip());
            }
        }
        String made = named.get("$class");
        return new Call(
                word.equals("step") && made != null ? made.replaceAll("['\"]", "") : word, start, end, named, others);
    }

    /** What commas separate, without comments. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int behind = behindComment(at);
            if (behind > at) {
                at = behind;
                continue;
            }
            if (text.charAt(at) == '\\') {
                at++;
                continue;
            }
            behind = Math.max(behindString(at), "([{".indexOf(text.charAt(at)) < 0 ? at : behindBrackets(at));
            if (behind > at) {
                part.append(text, at, behind);
                at = behind;
            } else if (text.charAt(at) == ',') {
                parts.add(part.toString());
                part.setLength(0);
                at++;
            } else {
                part.append(text.charAt(at++));
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** Behind the bracket that closes the one here; the text's end if none does. */
    int behindBrackets(int open) {
        int depth = 0;
        for (int at = open; at < text.length(); ) {
            int behind = behindText(at);
            if (behind > at) {
                at = behind;
                continue;
            }
            char c = text.charAt(at++);
            if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0 && --depth == 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Behind a call without parentheses: a comma goes on in the next line. */
    private int behindLine(int from) {
        int last = from;
        boolean comma = false;
        for (int at = from; at < text.length(); ) {
            int behind = behindComment(at);
            if (behind > at) {
                at = behind;
                continue;
            }
            char c = text.charAt(at);
            if (c == '\\') {
                at = Math.max(at + 1, text.indexOf('\n', at) + 1);
                continue;
            }
            behind = Math.max(behindString(at), "([{".indexOf(c) < 0 ? at : behindBrackets(at));
            if (behind > at) {
                at = behind;
                last = at;
                comma = false;
            } else if (c == '\n' && !comma || c == ';' || c == '}' || c == ')') {
                return last;
            } else {
                at++;
                if (!Character.isWhitespace(c)) {
                    last = at;
                    comma = c == ',';
                }
            }
        }
        return last;
    }

    /** Behind the string or comment that begins here; the same place if none does. */
    private int behindText(int at) {
        return Math.max(behindString(at), behindComment(at));
    }

    private int behindComment(int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        return at;
    }

    private int behindString(int at) {
        for (String quote : List.of("'''", "\"\"\"", "'", "\"")) {
            if (text.startsWith(quote, at)) {
                for (int end = at + quote.length(); end < text.length(); end++) {
                    if (text.charAt(end) == '\\') {
                        end++;
                    } else if (text.startsWith(quote, end)) {
                        return end + quote.length();
                    }
                }
                return text.length();
            }
        }
        return at;
    }
}
