package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.time.Instant;

/**
 * How often a build that has failed is to be tried again. Plain data that can be kept with a run.
 *
 * @param most how often at the most; 0 for never
 * @param roomMinutes how long each of these tries waits for room in the account, in minutes; null if that was not said
 */
public record RetryRequest(int most, @CheckForNull Long roomMinutes) implements Serializable {

    /** A build is tried once. */
    public static final RetryRequest NONE = new RetryRequest(0, null);

    /** So often at the most: what fails ten times does not fail by chance. */
    static final int MOST = 10;

    /** What the arguments of a build say of it. */
    @NonNull
    public static RetryRequest of(@NonNull BuildRequest request) {
        Long most = request.number("retryBuild");
        return most == null ? NONE : new RetryRequest(most.intValue(), request.number("roomTimeoutMinutes"));
    }

    Room room(Instant since) {
        return Room.of(since, roomMinutes);
    }

    /** Such as {@code try 2 of 3}. */
    String tried(int number) {
        return "try " + number + " of " + (most + 1);
    }
}
