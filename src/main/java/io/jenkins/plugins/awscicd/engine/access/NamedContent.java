package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What is in something that an argument names, and that can be changed in AWS under that name.
 *
 * @param argument that names it
 * @param action what reads it takes
 * @param what what it is, for messages
 * @param apart fields that say nothing of what it does, such as when it was made: as AWS names them, inner ones with dots and with all
 *     that they are in, as {@code environment.dockerServer.status}; with them goes all that is in them
 * @param source calls AWS; gives null if AWS has none of that name
 */
public record NamedContent(
        @NonNull String argument,
        @NonNull String action,
        @NonNull String what,
        @NonNull Set<String> apart,
        @NonNull Supplier<? extends SdkPojo> source) {

    /**
     * Reads what is in it at this moment. Blocks, calls AWS.
     *
     * @param digest makes of it, in which there may be secrets, what may be shown
     * @return by what people know it; where it is denied to read it, that is said in its place
     */
    @NonNull
    public Map<String, String> read(@NonNull UnaryOperator<String> digest) {
        String name = argument + " content";
        try {
            SdkPojo there = source.get();
            return Map.of(name, there == null ? "none" : digest.apply(String.valueOf(text(there, ""))));
        } catch (SdkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return Map.of(name, "not known without " + action);
            }
            throw e;
        }
    }

    /**
     * The same, asked again while AWS does not answer. Not to be called on one of the engine's threads.
     *
     * @throws AwsCallException if AWS does not say it
     */
    @NonNull
    public Map<String, String> read(@NonNull AwsSession session, @NonNull UnaryOperator<String> digest)
            throws InterruptedException {
        try {
            return session.call(action, AwsSession.PATIENCE, RetryListener.NONE, () -> read(digest))
                    .get();
        } catch (ExecutionException e) {
            throw AwsCallException.of(action, what + " in " + session.region(), e.getCause());
        }
    }

    /**
     * The same text for the same values, in whatever order AWS lists them.
     *
     * @param at where the value is, as of {@link #apart}; empty for all of it
     */
    @CheckForNull
    private String text(@CheckForNull Object value, String at) {
        if (value instanceof SdkPojo pojo) {
            Map<String, String> texts = new TreeMap<>();
            for (SdkField<?> field : pojo.sdkFields()) {
                String path = at.isEmpty() ? field.memberName() : at + "." + field.memberName();
                if (!apart.contains(path)) {
                    add(texts, field.memberName(), text(field.getValueOrDefault(pojo), path));
                }
            }
            return texts.isEmpty() ? null : quoted(texts.toString());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> texts = new TreeMap<>();
            map.forEach((key, item) -> add(texts, quoted(String.valueOf(key)), text(item, at)));
            return texts.isEmpty() ? null : quoted(texts.toString());
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? null
                    : quoted(list.stream()
                            .map(item -> String.valueOf(text(item, at)))
                            .sorted()
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        return value == null ? null : quoted(value.toString());
    }

    private static void add(Map<String, String> texts, String name, @CheckForNull String text) {
        if (text != null) {
            texts.put(name, text);
        }
    }

    /** So that no value can be written as two are. */
    private static String quoted(String value) {
        return value.length() + ":" + value;
    }
}
