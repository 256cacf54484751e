package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.List;

/** Knows what uses stages, by their names. */
public interface StageUses extends ExtensionPoint {

    /** What uses a stage, in words that whoever may configure it may read, such as {@code web #12 (running)}; a few are enough. */
    @NonNull
    List<String> of(@NonNull String stage);

    /** What all of them know. */
    @NonNull
    static List<String> all(@NonNull String stage) {
        return ExtensionList.lookup(StageUses.class).stream()
                .flatMap(uses -> uses.of(stage).stream())
                .toList();
    }
}
