package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Answers of AWS that come in pages, for calls of which the SDK has no paginator. */
public final class Pages {

    private Pages() {}

    /**
     * The pages one after the other, each asked for when it comes to it. Blocks while they are read.
     *
     * @param page makes the call for the page of a token, which is null for the first one
     * @param next the token of the page after one; null after the last
     */
    @NonNull
    public static <P> Stream<P> of(@NonNull Function<String, P> page, @NonNull Function<P, String> next) {
        return Stream.iterate(page.apply(null), Objects::nonNull, last -> {
            String token = next.apply(last);
            return token == null ? null : page.apply(token);
        });
    }
}
