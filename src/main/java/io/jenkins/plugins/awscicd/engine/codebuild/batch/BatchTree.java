package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The builds of a batch, each below one that it comes after. However much AWS says, the lines for the console are few and short. */
final class BatchTree {

    /** Twice as many as a batch of AWS may have. */
    private static final int MOST = 200;
    /** So many columns are told apart. */
    private static final int DEEPEST = 20;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINE = 1_000;

    private final BatchSnapshot batch;
    private final List<Row> rows = new ArrayList<>();
    /** How many others come one after another before each. */
    private final Map<String, Integer> depths = new HashMap<>();

    /**
     * A build in the tree.
     *
     * @param depth how many others come one after another before it
     */
    record Row(@NonNull BatchMember member, int depth) {

        private String indented() {
            return "  ".repeat(depth + 1) + cut(member.identifier(), LONGEST_NAME);
        }
    }

    BatchTree(@NonNull BatchSnapshot batch) {
        this.batch = batch;
        boolean deeper = true;
        for (int i = 0; deeper && i < DEEPEST; i++) { // a circle has an end, though AWS would not build it
            deeper = false;
            for (BatchMember member : batch.members()) {
                deeper |= deepen(member);
            }
        }
        arrange();
    }

    private boolean deepen(BatchMember member) {
        int depth = member.dependsOn().stream()
                .mapToInt(before -> depths.getOrDefault(before, 0) + 1)
                .max()
                .orElse(0);
        int known = depths.getOrDefault(member.identifier(), 0);
        depths.put(member.identifier(), Math.max(known, Math.min(depth, DEEPEST)));
        return known < Math.min(depth, DEEPEST);
    }

    private void arrange() {
        Set<String> there =
                batch.members().stream().map(BatchMember::identifier).collect(Collectors.toSet());
        Map<String, List<BatchMember>> below = new HashMap<>();
        List<BatchMember> first = new ArrayList<>();
        for (BatchMember member : batch.members()) {
            above(member)
                    .filter(there::contains)
                    .map(above -> below.computeIfAbsent(above, it -> new ArrayList<>()))
                    .orElse(first)
                    .add(member);
        }
        Set<BatchMember> arranged = Collections.newSetFromMap(new IdentityHashMap<>());
        first.forEach(member -> arrange(member, below, arranged));
        batch.members().forEach(member -> arrange(member, below, arranged)); // those of a circle
    }

    private void arrange(BatchMember first, Map<String, List<BatchMember>> below, Set<BatchMember> arranged) {
        Deque<BatchMember> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            BatchMember member = next.pop();
            if (arranged.add(member)) {
                rows.add(new Row(member, depths.get(member.identifier())));
                List<BatchMember> children = below.getOrDefault(member.identifier(), List.of());
                for (int i = children.size(); i > 0; i--) {
                    next.push(children.get(i - 1));
                }
            }
        }
    }

    /** Of those that it comes after, the one that comes last itself. */
    private Optional<String> above(BatchMember member) {
        return member.dependsOn().stream()
                .reduce((one, other) -> depths.getOrDefault(other, 0) < depths.getOrDefault(one, 0) ? one : other);
    }

    /** All builds, those that come after another below it. */
    @NonNull
    List<Row> rows() {
        return rows;
    }

    /** Which there are, and in which order. */
    @NonNull
    List<String> plan() {
        return lines(row -> row.indented()
                + (row.member.dependsOn().isEmpty() ? "" : " after " + names(row.member.dependsOn()))
                + (row.member.ignoreFailure() ? " (its failure is ignored)" : ""));
    }

    private List<String> lines(Function<Row, String> line) {
        List<String> lines = new ArrayList<>();
        rows.stream().limit(MOST).map(row -> cut(line.apply(row), LONGEST_LINE)).forEach(lines::add);
        int more = rows.size() - lines.size();
        if (more > 0) {
            lines.add("  and " + more + " more");
        }
        return lines;
    }

    /** Some of them, cut if they are long. */
    @NonNull
    static String names(@NonNull List<String> identifiers) {
        return identifiers.stream()
                .limit(MOST)
                .map(identifier -> cut(identifier, LONGEST_NAME))
                .collect(Collectors.joining(", "));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /** How they ended. */
    @NonNull
    List<String> outcome() {
        int width = rows.stream().mapToInt(row -> row.indented().length()).max().orElse(1);
        return lines(row -> String.format(
                        Locale.ROOT,
                        "%-" + width + "s  %-11s %9s%s",
                        row.indented(),
                        row.member.current().status(),
                        BatchProgressLog.inWords(BatchSnapshot.took(batch.build(row.member.current()))),
                        remarks(row.member))
                .stripTrailing());
    }

    private String remarks(BatchMember member) {
        BatchMember.Attempt current = member.current();
        String remarks = "";
        if (current.failed() && member.ignoreFailure()) {
            remarks += "  failure ignored";
        }
        if (current.ended() && !current.isThere()) {
            remarks += "  not built";
        }
        List<BatchMember.Attempt> prior =
                member.prior().stream().filter(BatchMember.Attempt::isThere).toList();
        if (!prior.isEmpty()) {
            remarks += "  before: " + prior.stream().map(this::inWords).collect(Collectors.joining(", "));
        }
        return remarks;
    }

    private String inWords(BatchMember.Attempt attempt) {
        BuildSnapshot build = batch.build(attempt);
        return (build == null ? attempt.build() : build.name()) + " " + attempt.status();
    }
}
