package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The named arguments that a step, or a nested part of one, takes. The one place that knows them: checks, requests and the
 * rehearsal go by it.
 *
 * @param <R> the builder of the AWS request, or part of it, that they fill in
 */
public final class Options<R> {

    private static final Texts TEXTS = Texts.of(Options.class);

    private final Map<String, Option<?, R>> byName = new LinkedHashMap<>();

    @SafeVarargs
    public Options(@NonNull Option<?, R>... options) {
        for (Option<?, R> option : options) {
            byName.put(option.name(), option);
        }
    }

    /** The names that are known. */
    @NonNull
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** One that is known, to be read where others write it. */
    @NonNull
    public Option<?, R> option(@NonNull String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    /** What is wrong with these arguments, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems(@NonNull Map<String, ?> given) {
        List<String> problems = new ArrayList<>();
        given.forEach((name, value) -> {
            Option<?, R> option = byName.get(name);
            if (option == null) {
                problems.add(name + ": "
                        + Nearest.of(name, names())
                                .map(near -> TEXTS.get("unknownButNear", near))
                                .orElseGet(() -> TEXTS.get("unknown", String.join(", ", names()))));
            } else if (value != null) {
                try {
                    option.read(value);
                } catch (IllegalArgumentException e) {
                    problems.add(e.getMessage());
                }
            }
        });
        byName.values().stream()
                .filter(option -> option.mandatory() && given.get(option.name()) == null)
                .forEach(option -> problems.add(option.missing()));
        return problems;
    }

    /** What is wrong with the value of one of them, without its name; null if nothing is, or there is no value. */
    @CheckForNull
    public String problem(@NonNull String name, @CheckForNull Object value) {
        try {
            if (value != null) {
                option(name).reader().apply(value);
            }
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Puts what was given, and nothing else, into the request. */
    @NonNull
    public R write(@NonNull Map<String, ?> given, @NonNull R request) {
        given.forEach((name, value) -> {
            Option<?, R> option = byName.get(name);
            if (option != null && value != null) {
                option.write(request, value);
            }
        });
        return request;
    }

    /**
     * An option whose value is a map with options of its own, such as {@code cache: [type: 'LOCAL']}.
     *
     * @param parts what it is made of
     * @param builder makes the builder of the request's part
     * @param writer puts the part into the request
     */
    @NonNull
    public static <P, Q> Option<P, Q> part(
            @NonNull String name,
            @NonNull Options<P> parts,
            @NonNull Supplier<P> builder,
            @CheckForNull BiConsumer<Q, P> writer) {
        return new Option<>(name, given -> parts.readPart(given, builder), writer);
    }

    /** An option whose value is a list of such maps. */
    @NonNull
    public static <P, Q> Option<List<P>, Q> parts(
            @NonNull String name,
            @NonNull Options<P> parts,
            @NonNull Supplier<P> builder,
            @CheckForNull BiConsumer<Q, List<P>> writer) {
        return parts(name, Integer.MAX_VALUE, parts, builder, writer);
    }

    /** @param most how many AWS takes at the most */
    @NonNull
    public static <P, Q> Option<List<P>, Q> parts(
            @NonNull String name,
            int most,
            @NonNull Options<P> parts,
            @NonNull Supplier<P> builder,
            @CheckForNull BiConsumer<Q, List<P>> writer) {
        return new Option<>(
                name,
                given -> {
                    if (!(given instanceof List<?> list)) {
                        throw new IllegalArgumentException(TEXTS.get("parts"));
                    }
                    if (list.size() > most) {
                        throw new IllegalArgumentException(
                                TEXTS.get("entries", String.valueOf(list.size()), String.valueOf(most)));
                    }
                    return list.stream()
                            .map(item -> parts.readPart(item, builder))
                            .toList();
                },
                writer);
    }

    private R readPart(Object given, Supplier<R> builder) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(TEXTS.get("part", String.join(", ", byName.keySet())));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        List<String> problems = problems(named);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return write(named, builder.get());
    }
}
