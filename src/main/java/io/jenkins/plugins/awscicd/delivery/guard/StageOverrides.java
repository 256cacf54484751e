package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which stages' guards a run may pass over, and who has said so: kept with the run and shown on its page. */
@ExportedBean
public final class StageOverrides extends InvisibleAction {

    private final CopyOnWriteArrayList<StageOverride> overrides = new CopyOnWriteArrayList<>();

    private StageOverrides() {}

    @Exported(visibility = 2)
    @NonNull
    public List<StageOverride> getOverrides() {
        return List.copyOf(overrides);
    }

    /** The override of a stage's guards for a run; null if there is none. */
    @CheckForNull
    public static StageOverride find(@NonNull Run<?, ?> run, @NonNull String stage) {
        StageOverrides action = run.getAction(StageOverrides.class);
        return action == null
                ? null
                : action.overrides.stream()
                        .filter(override -> override.getStage().equals(stage))
                        .findFirst()
                        .orElse(null);
    }

    /** Whoever calls has checked that this person may say so. */
    public static void add(
            @NonNull Run<?, ?> run, @NonNull String stage, @NonNull String person, @NonNull String reason)
            throws IOException {
        synchronized (StageOverrides.class) {
            StageOverrides action = run.getAction(StageOverrides.class);
            if (action == null) {
                action = new StageOverrides();
                run.addAction(action);
            }
            action.overrides.add(new StageOverride(stage, person, reason, Instant.now()));
        }
        run.save();
    }
}
