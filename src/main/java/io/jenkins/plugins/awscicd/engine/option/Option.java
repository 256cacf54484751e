package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One named argument of a step, as the engine understands it: what it may be, and what it becomes in an AWS request.
 *
 * @param name as written in a Jenkinsfile
 * @param reader turns what was given into the option's value, or fails with {@link IllegalArgumentException} saying what is
 *     wanted; the message follows the option's name
 * @param writer puts the value into the request; null for an option that is not part of it
 * @param mandatory whether AWS wants it wherever the part is given that it is in
 * @param words what it may be; empty if that is not a matter of known words
 * @param <T> the option's value
 * @param <R> the request's builder
 */
public record Option<T, R>(
        @NonNull String name,
        @NonNull Function<Object, T> reader,
        @CheckForNull BiConsumer<R, T> writer,
        boolean mandatory,
        @NonNull List<String> words) {

    private static final Texts TEXTS = Texts.of(Option.class);

    public Option(@NonNull String name, @NonNull Function<Object, T> reader, @CheckForNull BiConsumer<R, T> writer) {
        this(name, reader, writer, false, List.of());
    }

    /** One that its part cannot do without. */
    @NonNull
    public static <T, R> Option<T, R> required(@NonNull Option<T, R> option) {
        return new Option<>(option.name, option.reader, option.writer, true, option.words);
    }

    /** Any text; of one line without what is blank around it. */
    @NonNull
    public static <R> Option<String, R> text(@NonNull String name, @CheckForNull BiConsumer<R, String> writer) {
        return new Option<>(name, Option::string, writer);
    }

    /** Text with all that is blank around it. */
    @NonNull
    public static <R> Option<String, R> verbatim(@NonNull String name, @CheckForNull BiConsumer<R, String> writer) {
        return new Option<>(name, Option::whole, writer);
    }

    /** Text as AWS takes it. */
    @NonNull
    public static <R> Option<String, R> text(
            @NonNull String name, @NonNull Rule rule, @CheckForNull BiConsumer<R, String> writer) {
        return new Option<>(name, given -> rule.check(string(given)), writer);
    }

    /** One of the given words. */
    @NonNull
    public static <R> Option<String, R> word(
            @NonNull String name, @NonNull List<String> known, @CheckForNull BiConsumer<R, String> writer) {
        return new Option<>(
                name,
                given -> {
                    String word = string(given);
                    if (!known.contains(word)) {
                        throw new IllegalArgumentException(TEXTS.get("word", word, String.join(", ", known)));
                    }
                    return word;
                },
                writer,
                false,
                List.copyOf(known));
    }

    /** A whole number between two bounds. */
    @NonNull
    public static <R> Option<Integer, R> number(
            @NonNull String name, int least, int most, @CheckForNull BiConsumer<R, Integer> writer) {
        return new Option<>(
                name,
                given -> {
                    int number;
                    try {
                        number = new BigDecimal(string(given).strip()).intValueExact();
                    } catch (NumberFormatException | ArithmeticException e) {
                        throw new IllegalArgumentException(TEXTS.get("wholeNumber", given), e);
                    }
                    if (number < least || number > most) {
                        throw new IllegalArgumentException(TEXTS.get(
                                "range", String.valueOf(number), String.valueOf(least), String.valueOf(most)));
                    }
                    return number;
                },
                writer);
    }

    /** True or false. */
    @NonNull
    public static <R> Option<Boolean, R> flag(@NonNull String name, @CheckForNull BiConsumer<R, Boolean> writer) {
        return new Option<>(
                name,
                given -> switch (string(given).toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(TEXTS.get("flag", given));
                },
                writer);
    }

    /** Some of the given words, as a list or as text with commas between them. */
    @NonNull
    public static <R> Option<List<String>, R> words(
            @NonNull String name, @NonNull List<String> known, @CheckForNull BiConsumer<R, List<String>> writer) {
        return new Option<>(
                name,
                given -> {
                    List<String> words = list(given, "[,\\s]+");
                    for (String word : words) {
                        if (!known.contains(word)) {
                            throw new IllegalArgumentException(TEXTS.get("words", word, String.join(", ", known)));
                        }
                    }
                    return words;
                },
                writer,
                false,
                List.copyOf(known));
    }

    /** Names as they are, as a list or as text with commas between them. */
    @NonNull
    public static <R> Option<List<String>, R> names(
            @NonNull String name, @CheckForNull BiConsumer<R, List<String>> writer) {
        return new Option<>(name, given -> list(given, ","), writer);
    }

    private static List<String> list(Object given, String separator) {
        List<String> items = given instanceof Collection<?> several
                ? several.stream().map(Option::string).toList()
                : List.of(string(given).split(separator));
        return items.stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    /** The text of what was given, without what is blank around one line; fails with {@link IllegalArgumentException} if it is no text. */
    @NonNull
    public static String string(@NonNull Object given) {
        return Written.line(whole(given));
    }

    private static String whole(Object given) {
        String text = Written.text(given);
        if (text == null) {
            throw new IllegalArgumentException(TEXTS.get("text", Written.kind(given)));
        }
        return text;
    }

    /** The option's value of what was given; fails with a message that begins with the option's name. */
    T read(Object given) {
        try {
            return reader.apply(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** What to say of one that is mandatory and not given. */
    String missing() {
        return name + ": "
                + (words.isEmpty() ? TEXTS.get("missing") : TEXTS.get("missingWord", String.join(", ", words)));
    }

    void write(R request, Object given) {
        if (writer != null) {
            writer.accept(request, read(given));
        }
    }
}
