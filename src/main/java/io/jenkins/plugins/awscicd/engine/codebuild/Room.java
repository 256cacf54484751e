package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;

/**
 * How long a build waits where as many run, or are queued, as its account or project may have.
 *
 * @param since when the wait began, for it all: a restart does not prolong it
 * @param longest how long it may take
 */
public record Room(@NonNull Instant since, @NonNull Duration longest) {

    /** As long as AWS itself has a build wait in its queue, if nothing else is said. */
    private static final Duration DEFAULT = Duration.ofHours(8);
    /** No build's end makes room where none may run; but whether AWS always means it, nobody says. */
    private static final Duration WHERE_NONE_MAY_RUN = Duration.ofMinutes(3);

    static Room of(Instant since, @CheckForNull Long minutes) {
        return new Room(since, minutes == null ? DEFAULT : Duration.ofMinutes(minutes));
    }

    boolean givenUp(AccountLimitExceededException refusal, Instant now) {
        return Duration.between(since, now).compareTo(limit(refusal)) >= 0;
    }

    Duration limit(AccountLimitExceededException refusal) {
        return noneMayRun(refusal) && longest.compareTo(WHERE_NONE_MAY_RUN) > 0 ? WHERE_NONE_MAY_RUN : longest;
    }

    /** Why the build is given up, with what to do. */
    String whyGivenUp(AccountLimitExceededException refusal) {
        return "AWS had no free capacity for the build within " + Durations.inWords(limit(refusal)) + ": "
                + AwsCallException.said(refusal)
                + (noneMayRun(refusal)
                        ? " The account's quota for builds of this compute type is 0: request a higher one in Service Quotas"
                                + " (AWS CodeBuild, Concurrently running builds), or set computeType to another."
                        : " roomTimeoutMinutes sets how long to wait.");
    }

    private static boolean noneMayRun(AccountLimitExceededException refusal) {
        return String.valueOf(refusal.getMessage()).contains("more than 0 ");
    }
}
