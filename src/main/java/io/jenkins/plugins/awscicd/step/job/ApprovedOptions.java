package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What of a step's arguments changes what goes live. Where people have to approve of it, that is also what has a name in AWS there, and
 * other content tomorrow.
 *
 * @param stage the one that the step names, as it was when the step began; null for none
 * @param options as of {@link io.jenkins.plugins.awscicd.delivery.guard.Delivered}
 * @param named reads what is in something at this moment; may call AWS
 */
record ApprovedOptions(
        @NonNull Run<?, ?> run,
        @CheckForNull ResolvedStage stage,
        @NonNull Map<String, String> options,
        @NonNull Supplier<Map<String, String>> named)
        implements Supplier<Map<String, String>> {

    @Override
    public Map<String, String> get() {
        if (!isApproved()) {
            return options;
        }
        Map<String, String> all = new TreeMap<>(options);
        all.putAll(named.get());
        return all;
    }

    /** As the stage was when the step began, or as it is now. */
    private boolean isApproved() {
        return stage != null
                && (stage.policy() != null
                        || Stages.of(run.getParent())
                                .find(stage.name())
                                .map(ResolvedStage::policy)
                                .isPresent());
    }
}
