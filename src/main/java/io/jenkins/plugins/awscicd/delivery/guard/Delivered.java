package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a step is about to deploy. What takes a call of AWS to find out is found out only for who asks, and once.
 *
 * @param revision its name, in one line; null if nothing new is deployed
 * @param content finds out what that stands for at this moment; gives null if nothing pins it. May call AWS
 * @param options what else changes what goes live, by name; values that may be secrets as digests
 * @param named finds out what is at this moment in what options name, by name as the options are. May call AWS
 */
public record Delivered(
        @CheckForNull String revision,
        @NonNull Supplier<String> content,
        @NonNull Map<String, String> options,
        @NonNull Supplier<Map<String, String>> named) {

    static final Delivered NOTHING = new Delivered(null, () -> null, Map.of(), Map::of);

    public Delivered {
        content = once(content);
        named = once(named);
    }

    /** Options, and what is in what they name: what people approve of. May call AWS. */
    @NonNull
    Map<String, String> approved() {
        Map<String, String> all = new TreeMap<>(options);
        all.putAll(named.get());
        return all;
    }

    /** Several guards may ask for what it takes a while to find out. */
    private static <T> Supplier<T> once(Supplier<T> source) {
        AtomicReference<Optional<T>> known = new AtomicReference<>();
        return () -> {
            if (known.get() == null) {
                known.set(Optional.ofNullable(source.get()));
            }
            return known.get().orElse(null);
        };
    }
}
