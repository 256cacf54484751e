package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.codebuild.model.CodeCoverage;
import software.amazon.awssdk.services.codebuild.model.DescribeCodeCoveragesResponse;

/** The files of a coverage report that are covered least, as a table for the console. */
final class CoverageTable {

    /** How many files are named. */
    static final int MOST_FILES = 10;
    /** How many pages are read for that: a page may have fewer files than it was asked for. */
    private static final int MOST_PAGES = 5;

    private static final int LONGEST_PATH = 200;
    private static final String ROW = "  %8s  %8s  %s";

    /** Reads a page of files, those that are covered least first. */
    @FunctionalInterface
    interface Pages {
        CompletableFuture<DescribeCodeCoveragesResponse> read(@CheckForNull String token);
    }

    private final Pages pages;
    private final List<String> rows = new ArrayList<>();
    private boolean isFull;

    CoverageTable(@NonNull Pages pages) {
        this.pages = pages;
    }

    /** @return its lines, with a head; none if all files are covered */
    @NonNull
    CompletableFuture<List<String>> lines() {
        return read(null, 1).thenApply(done -> {
            List<String> lines = new ArrayList<>();
            if (!rows.isEmpty()) {
                lines.add(String.format(ROW, "lines", "branches", "least covered files"));
                lines.addAll(rows);
            }
            if (isFull) {
                lines.add("  and more files");
            }
            return lines;
        });
    }

    private CompletableFuture<Void> read(@CheckForNull String token, int page) {
        return pages.read(token).thenCompose(answer -> {
            answer.codeCoverages().stream().filter(CoverageTable::lacks).forEach(this::add);
            String next = answer.nextToken();
            return isFull || next == null || page == MOST_PAGES
                    ? CompletableFuture.completedFuture(null)
                    : read(next, page + 1);
        });
    }

    private static boolean lacks(CodeCoverage file) {
        return file.linesMissed() != null && file.linesMissed() > 0
                || file.branchesMissed() != null && file.branchesMissed() > 0;
    }

    private void add(CodeCoverage file) {
        if (rows.size() == MOST_FILES) {
            isFull = true;
            return;
        }
        boolean hasBranches = file.branchesCovered() != null
                && file.branchesMissed() != null
                && file.branchesCovered() + file.branchesMissed() > 0;
        rows.add(String.format(
                ROW,
                percent(file.lineCoveragePercentage()),
                hasBranches ? percent(file.branchCoveragePercentage()) : "–",
                shortened(String.valueOf(file.filePath()))));
    }

    /** The end of a long path says most. */
    private static String shortened(String path) {
        String line = path.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_PATH ? line : "…" + line.substring(line.length() - LONGEST_PATH);
    }

    private static String percent(@CheckForNull Double value) {
        return value == null ? "?" : CoverageCounts.inWords(value);
    }
}
