package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which revision of which application runs in which stage, for whoever asks: as it is at one moment. */
@ExportedBean
public final class Board {

    /** So many applications are on a page. */
    public static final int PAGE = 50;

    private final List<BoardColumn> columns;
    private final List<BoardRow> rows;
    private final List<WaitingApproval> waiting;
    private final int applications;
    private final int withProblems;
    private final Paging paging;

    /**
     * @param deployments what is known, in the scope and for the eyes of whoever asks
     * @param stages those that are configured, in order
     * @param filter a part of an application's name; empty for all
     * @param problems whether only applications with problems are wanted
     * @param page from 1 on
     */
    Board(
            @NonNull Visible deployments,
            @NonNull List<String> stages,
            @NonNull String filter,
            boolean problems,
            int page) {
        Map<String, Map<BoardColumn, BoardCell>> byName =
                new TreeMap<>(Comparator.comparing((String name) -> name.toLowerCase(Locale.ROOT))
                        .thenComparing(name -> name));
        LinkedHashSet<BoardColumn> seen = new LinkedHashSet<>();
        deployments.places().forEach((destination, place) -> {
            BoardColumn column = BoardColumn.of(destination);
            seen.add(column);
            byName.computeIfAbsent(destination.application(), name -> new HashMap<>())
                    .computeIfAbsent(column, BoardCell::new)
                    .add(place);
        });
        stages.forEach(stage -> seen.add(BoardColumn.ofStage(stage)));
        columns = seen.stream().sorted(order(stages)).toList();
        waiting = deployments.waiting();
        applications = byName.size();
        String part = filter.toLowerCase(Locale.ROOT);
        List<BoardRow> all = new ArrayList<>();
        byName.forEach((name, cells) -> all.add(row(name, cells)));
        withProblems = (int) all.stream().filter(BoardRow::hasProblem).count();
        all.removeIf(
                row -> !row.getApplication().toLowerCase(Locale.ROOT).contains(part) || problems && !row.hasProblem());
        all.sort(Comparator.comparing(row -> !row.hasProblem()));
        paging = new Paging(page, PAGE, all.size());
        rows = all.stream().skip(paging.skipped()).limit(PAGE).toList();
    }

    /** Stages first, as they are configured; what is no longer, behind them. */
    private static Comparator<BoardColumn> order(List<String> stages) {
        return Comparator.comparing((BoardColumn column) -> column.getStage() == null)
                .thenComparing(
                        column -> stages.contains(column.getName()) ? stages.indexOf(column.getName()) : stages.size())
                .thenComparing(BoardColumn::getName);
    }

    private BoardRow row(String application, Map<BoardColumn, BoardCell> known) {
        List<BoardCell> cells = new ArrayList<>();
        for (BoardColumn column : columns) {
            BoardCell cell = known.getOrDefault(column, new BoardCell(column));
            waiting.stream()
                    .filter(approval -> approval.isIn(column.getStage()))
                    .filter(approval -> known.values().stream()
                            .flatMap(other -> other.getPlaces().stream())
                            .anyMatch(place -> place.isOf(approval.getJob())))
                    .forEach(cell::add);
            cells.add(cell);
        }
        return new BoardRow(application, cells);
    }

    /** In the order of the stages. */
    @Exported
    @NonNull
    public List<BoardColumn> getColumns() {
        return columns;
    }

    /** Those with problems first. */
    @Exported(name = "applications")
    @NonNull
    public List<BoardRow> getRows() {
        return rows;
    }

    /** How many applications have problems, whatever is filtered. */
    @Exported
    public int getProblems() {
        return withProblems;
    }

    @Exported
    @NonNull
    public List<WaitingApproval> getWaiting() {
        return waiting;
    }

    /** How many applications there are, whatever is filtered. */
    @Exported
    public int getTotal() {
        return applications;
    }

    @Exported
    @NonNull
    public Paging getPaging() {
        return paging;
    }

    /** Whether there is enough to look for something in it. */
    public boolean isFilterable() {
        return applications > 5 || withProblems > 0;
    }

    /** Whether there are stages between which there may be a difference. */
    public boolean isComparable() {
        return columns.stream().filter(column -> column.getStage() != null).count() > 1;
    }

    /** The first column's stage of that name; null if there is none. */
    @CheckForNull
    BoardColumn stage(@CheckForNull String name) {
        return columns.stream()
                .filter(column -> name != null && name.equals(column.getStage()))
                .findFirst()
                .orElse(null);
    }
}
