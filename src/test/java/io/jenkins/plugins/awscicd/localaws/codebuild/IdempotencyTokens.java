package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The idempotency tokens of one call, such as StartBuild: for 5 minutes the same request gets the same build, and another request with the token is
 * refused ("StartBuild" in the CodeBuild API reference).
 */
final class IdempotencyTokens<T> {

    /** What a token was used for. */
    private record Use<T>(ObjectNode request, T started, Instant until) {}

    /** Starts what a request asks for. */
    @FunctionalInterface
    interface Start<T> {
        T start() throws AwsError;
    }

    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final SimulatedTime time;
    private final Set<Dialect> dialects;
    private final Map<String, Use<T>> uses = new HashMap<>();

    /** @param dialects asked at each turn */
    IdempotencyTokens(SimulatedTime time, Set<Dialect> dialects) {
        this.time = time;
        this.dialects = dialects;
    }

    /** @param token {@code null} for a request without one */
    T once(String token, ObjectNode request, Start<T> start) throws AwsError {
        if (token == null || token.isEmpty()) {
            return start.start();
        }
        // Held while the build is started: of two requests at once one starts it and the other is given it.
        synchronized (this) {
            Instant now = time.now();
            uses.values().removeIf(use -> !now.isBefore(use.until()));
            Use<T> use = uses.get(token);
            if (use == null) {
                use = new Use<>(request, start.start(), now.plus(VALIDITY));
                uses.put(token, use);
            } else if (!use.request().equals(request)) {
                throw Constraints.invalid(
                        dialects.contains(Dialect.MISMATCH_WITHOUT_TOKEN)
                                ? "Parameter mismatch"
                                : "The idempotency token " + token
                                        + " was already used with different request parameters");
            }
            return use.started();
        }
    }
}
