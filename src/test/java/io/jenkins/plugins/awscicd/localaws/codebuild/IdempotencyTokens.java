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
 * The idempotency tokens of StartBuild: for 5 minutes the same request gets the same build, and another request with the token is
 * refused ("StartBuild" in the CodeBuild API reference).
 */
final class IdempotencyTokens {

    /** What a token was used for. */
    private record Use(ObjectNode request, Build build, Instant until) {}

    /** Starts the build that a request asks for. */
    @FunctionalInterface
    interface Start {
        Build start() throws AwsError;
    }

    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final SimulatedTime time;
    private final Set<Dialect> dialects;
    private final Map<String, Use> uses = new HashMap<>();

    /** @param dialects asked at each turn */
    IdempotencyTokens(SimulatedTime time, Set<Dialect> dialects) {
        this.time = time;
        this.dialects = dialects;
    }

    /** @param token {@code null} for a request without one */
    Build once(String token, ObjectNode request, Start start) throws AwsError {
        if (token == null || token.isEmpty()) {
            return start.start();
        }
        // Held while the build is started: of two requests at once one starts it and the other is given it.
        synchronized (this) {
            Instant now = time.now();
            uses.values().removeIf(use -> !now.isBefore(use.until()));
            Use use = uses.get(token);
            if (use == null) {
                use = new Use(request, start.start(), now.plus(VALIDITY));
                uses.put(token, use);
            } else if (!use.request().equals(request)) {
                throw Constraints.invalid(
                        dialects.contains(Dialect.MISMATCH_WITHOUT_TOKEN)
                                ? "Parameter mismatch"
                                : "The idempotency token " + token
                                        + " was already used with different request parameters");
            }
            return use.build();
        }
    }
}
