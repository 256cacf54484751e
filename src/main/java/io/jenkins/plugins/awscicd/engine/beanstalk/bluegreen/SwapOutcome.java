package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import java.time.Instant;
import java.util.Map;

/** What has become of the swap of CNAMEs, as it is kept. */
record SwapOutcome(@NonNull UpdateJournal journal) {

    private static final String FAILED = "swapFailed";
    private static final String REFUSED = "swapRefused";
    private static final String SWAPPED = "swapped";

    boolean isSwapped() {
        return journal.read().containsKey(SWAPPED);
    }

    void swapped(@NonNull Instant when) {
        journal.write(Map.of(SWAPPED, when.toString()));
    }

    /** Whether a guard has refused it. */
    boolean isRefused() {
        return journal.read().containsKey(REFUSED);
    }

    void refused() {
        journal.write(Map.of(REFUSED, ""));
    }

    /** Why it has failed; null if it has not. */
    @CheckForNull
    String failure() {
        return journal.read().get(FAILED);
    }

    void failed(@NonNull String why) {
        journal.write(Map.of(FAILED, why));
    }
}
