package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What runs in one stage and not in another. */
@ExportedBean
public final class StageDifference implements ModelObject {

    /** So many runs are read for a page, at the most. */
    private static final int RUNS = 200;

    private final List<String> stages;
    private final String from;
    private final String to;
    private final Paging paging;
    private final List<DifferenceRow> rows = new ArrayList<>();

    /**
     * @param board with the applications to be looked at
     * @param from the stage whose deployments may be newer; the first that is not {@code to} if there is none of this name
     * @param to the other; the one after {@code from} if there is none of this name
     */
    StageDifference(@NonNull Board board, @NonNull String from, @NonNull String to) {
        this.stages = board.getColumns().stream()
                .map(BoardColumn::getStage)
                .filter(stage -> stage != null)
                .toList();
        this.from = stages.contains(from) ? from : stages.isEmpty() ? "" : stages.get(0);
        int next = Math.min(stages.indexOf(this.from) + 1, stages.size() - 1);
        this.to = stages.contains(to) ? to : next < 0 ? "" : stages.get(next);
        this.paging = board.getPaging();
        Changes changes = new Changes(RUNS);
        for (BoardRow row : board.getRows()) {
            ShownDeployment newer = current(row, this.from);
            ShownDeployment older = current(row, this.to);
            if (newer != null || older != null) {
                rows.add(new DifferenceRow(row.getApplication(), newer, older, changes));
            }
        }
    }

    /** What runs there: of several targets, what was deployed last. */
    @CheckForNull
    private static ShownDeployment current(BoardRow row, String stage) {
        return row.getCells().stream()
                .filter(cell -> stage.equals(cell.getColumn().getStage()))
                .flatMap(cell -> cell.getPlaces().stream())
                .map(BoardCell.Place::getCurrent)
                .filter(current -> current != null)
                .max((one, other) -> one.getStarted().compareTo(other.getStarted()))
                .orElse(null);
    }

    /** All of them, in order. */
    @Exported
    @NonNull
    public List<String> getStages() {
        return stages;
    }

    @Exported
    @NonNull
    public String getFrom() {
        return from;
    }

    @Exported
    @NonNull
    public String getTo() {
        return to;
    }

    @Exported(name = "applications")
    @NonNull
    public List<DifferenceRow> getRows() {
        return List.copyOf(rows);
    }

    @Exported
    @NonNull
    public Paging getPaging() {
        return paging;
    }

    /** For {@code api/json} and the like. */
    @NonNull
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.StageDifference_displayName();
    }
}
