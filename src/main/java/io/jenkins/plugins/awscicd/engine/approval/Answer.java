package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody says yes.
 *
 * @param who says it
 * @param comment what the person adds; null for nothing
 * @param when it was said
 * @param parameters what was filled in besides, by name; values may be null
 */
public record Answer(
        @NonNull Person who,
        @CheckForNull String comment,
        @NonNull Instant when,
        @NonNull Map<String, Object> parameters) {

    public Answer {
        comment = comment == null || comment.isBlank() ? null : comment.strip();
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
