package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.List;

/** Knows what uses stages, by their names. */
public interface StageUses extends ExtensionPoint {

    /**
     * What uses a stage, in words that whoever asks may read, such as {@code web #12 (running)}; a few are enough. Who may configure a
     * stage may not see each job.
     *
     * @param folder whose stage it is, so that only jobs in it count; null for one of the configuration page
     */
    @NonNull
    List<String> of(@NonNull String stage, @CheckForNull Item folder);

    /**
     * When this job has used a stage last, in words; null if it is not known to have done so. What other jobs have done is not for those
     * who see this one.
     */
    @CheckForNull
    String last(@NonNull String stage, @NonNull Item job);

    /** What all of them know. */
    @NonNull
    static List<String> all(@NonNull String stage, @CheckForNull Item folder) {
        return ExtensionList.lookup(StageUses.class).stream()
                .flatMap(uses -> uses.of(stage, folder).stream())
                .toList();
    }
}
