package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;

/** What is other in a template than in the one before, line by line. */
final class TemplateDifference {

    private static final int MOST_LINES = 120;
    private static final int LONGEST_LINE = 160;
    /** Of more lines only how many there are is said. */
    private static final int MOST_COMPARED = 3_000;

    private TemplateDifference() {}

    /** Lines that go begin with a minus, lines that come with a plus; empty if nothing but blanks at their ends is other. */
    @NonNull
    static List<String> of(@NonNull String before, @NonNull String after) {
        List<String> old = before.lines().map(String::stripTrailing).toList();
        List<String> now = after.lines().map(String::stripTrailing).toList();
        int begin = 0;
        while (begin < Math.min(old.size(), now.size()) && old.get(begin).equals(now.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - begin
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        List<String> gone = old.subList(begin, old.size() - end);
        List<String> come = now.subList(begin, now.size() - end);
        if (gone.size() > MOST_COMPARED || come.size() > MOST_COMPARED) {
            return List.of(gone.size() + " lines become " + come.size());
        }
        List<String> all = compared(gone, come);
        if (all.size() <= MOST_LINES) {
            return all;
        }
        List<String> cut = new ArrayList<>(all.subList(0, MOST_LINES));
        cut.add("and " + (all.size() - MOST_LINES) + " more lines");
        return cut;
    }

    /** By the longest common part. */
    private static List<String> compared(List<String> gone, List<String> come) {
        int[][] common = new int[gone.size() + 1][come.size() + 1];
        for (int i = gone.size() - 1; i >= 0; i--) {
            for (int k = come.size() - 1; k >= 0; k--) {
                common[i][k] = gone.get(i).equals(come.get(k))
                        ? common[i + 1][k + 1] + 1
                        : Math.max(common[i + 1][k], common[i][k + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int k = 0;
        while (i < gone.size() || k < come.size()) {
            if (i < gone.size() && k < come.size() && gone.get(i).equals(come.get(k))) {
                i++;
                k++;
            } else if (k == come.size() || i < gone.size() && common[i + 1][k] >= common[i][k + 1]) {
                lines.add("- " + cut(gone.get(i++)));
            } else {
                lines.add("+ " + cut(come.get(k++)));
            }
        }
        return lines;
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
}
