package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An application on the board. */
@ExportedBean(defaultVisibility = 2)
public final class BoardRow {

    private final String application;
    private final List<BoardCell> cells;

    BoardRow(@NonNull String application, @NonNull List<BoardCell> cells) {
        this.application = application;
        this.cells = List.copyOf(cells);
    }

    @Exported
    @NonNull
    public String getApplication() {
        return application;
    }

    /** Whether the newest deployment to some place has failed. */
    @Exported(name = "problem")
    public boolean hasProblem() {
        return cells.stream().flatMap(cell -> cell.getPlaces().stream()).anyMatch(BoardCell.Place::hasFailed);
    }

    /** One for each column, in its order. */
    @Exported
    @NonNull
    public List<BoardCell> getCells() {
        return cells;
    }
}
