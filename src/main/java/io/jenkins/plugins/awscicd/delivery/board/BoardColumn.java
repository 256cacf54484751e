package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A column of the board: a stage, or, for what was deployed without one, a deployment group or environment. */
@ExportedBean(defaultVisibility = 3)
public final class BoardColumn {

    private final String stage;
    private final String target;

    private BoardColumn(String stage, String target) {
        this.stage = stage;
        this.target = target;
    }

    @NonNull
    static BoardColumn of(@NonNull Destination destination) {
        String stage = destination.stage();
        return new BoardColumn(stage, stage == null ? destination.target() : null);
    }

    @NonNull
    static BoardColumn ofStage(@NonNull String stage) {
        return new BoardColumn(stage, null);
    }

    /** Null if it is not a stage. */
    @Exported
    @CheckForNull
    public String getStage() {
        return stage;
    }

    /** Null if it is a stage. */
    @Exported
    @CheckForNull
    public String getTarget() {
        return target;
    }

    @NonNull
    public String getName() {
        return stage == null ? target : stage;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoardColumn that
                && getName().equals(that.getName())
                && (stage == null) == (that.stage == null);
    }

    @Override
    public int hashCode() {
        return getName().hashCode();
    }
}
