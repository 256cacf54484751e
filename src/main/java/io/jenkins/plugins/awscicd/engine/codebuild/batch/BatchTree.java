package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The builds of a batch as lines for the console, those that come after others further to the right. However much AWS says, they are few and short. */
final class BatchTree {

    /** Twice as many as a batch of AWS may have. */
    private static final int MOST = 200;
    /** So many columns are told apart. */
    private static final int DEEPEST = 20;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINE = 1_000;

    private final BatchSnapshot batch;
    /** How many others come one after another before each. */
    private final Map<String, Integer> depths = new HashMap<>();

    BatchTree(@NonNull BatchSnapshot batch) {
        this.batch = batch;
        boolean deeper = true;
        for (int i = 0; deeper && i < DEEPEST; i++) { // a circle has an end, though AWS would not build it
            deeper = false;
            for (BatchMember member : batch.members()) {
                deeper |= deepen(member);
            }
        }
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

    /** Which there are, and in which order. */
    @NonNull
    List<String> plan() {
        return lines(member -> indented(member)
                + (member.dependsOn().isEmpty() ? "" : " after " + names(member.dependsOn()))
                + (member.ignoreFailure() ? " (its failure is ignored)" : ""));
    }

    private List<String> lines(Function<BatchMember, String> line) {
        List<String> lines = new ArrayList<>();
        batch.members().stream()
                .limit(MOST)
                .map(member -> cut(line.apply(member), LONGEST_LINE))
                .forEach(lines::add);
        int more = batch.members().size() - lines.size();
        if (more > 0) {
            lines.add("  and " + more + " more");
        }
        return lines;
    }

    private static String names(List<String> identifiers) {
        return identifiers.stream()
                .limit(MOST)
                .map(identifier -> cut(identifier, LONGEST_NAME))
                .collect(Collectors.joining(", "));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private String indented(BatchMember member) {
        return "  ".repeat(depths.getOrDefault(member.identifier(), 0) + 1) + cut(member.identifier(), LONGEST_NAME);
    }

    /** How they ended. */
    @NonNull
    List<String> outcome() {
        int width = batch.members().stream()
                .mapToInt(member -> indented(member).length())
                .max()
                .orElse(1);
        return lines(member -> String.format(
                        Locale.ROOT,
                        "%-" + width + "s  %-11s %9s%s",
                        indented(member),
                        member.current().status(),
                        BatchProgressLog.inWords(BatchSnapshot.took(batch.build(member.current()))),
                        remarks(member))
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
