package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A build that has put artifacts into S3, and what of that can be told from what others have put there.
 *
 * @param id such as {@code web:0123…}
 * @param start null if AWS does not say
 * @param end null if AWS does not say
 */
public record MakingBuild(
        @NonNull String id,
        @CheckForNull Instant start,
        @CheckForNull Instant end) {

    /** By how much the clocks of CodeBuild and S3 may differ. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** Whether a place is this build's alone, as its id is in the key: with namespaceType BUILD_ID, or by its name. */
    boolean owns(@NonNull BuiltArtifact place) {
        return place.key().contains(id.substring(id.indexOf(':') + 1));
    }

    /** @param modified as S3 says, to the second. False proves that something else has put the object there */
    boolean mayHavePut(@NonNull Instant modified) {
        boolean before = start != null && modified.isBefore(start.minus(SKEW).truncatedTo(ChronoUnit.SECONDS));
        return !before && (end == null || !modified.isAfter(end.plus(SKEW)));
    }
}
