package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The builds of a batch as lines for the console, those that come after others further to the right. */
final class BatchTree {

    private final BatchSnapshot batch;
    private final Map<String, Integer> depths = new HashMap<>();

    BatchTree(@NonNull BatchSnapshot batch) {
        this.batch = batch;
        batch.members().forEach(member -> depth(member.identifier()));
    }

    /** @return how many others come one after another before it */
    private int depth(String identifier) {
        Integer known = depths.putIfAbsent(identifier, 0); // a circle has an end, though AWS would not build it
        if (known != null) {
            return known;
        }
        int depth = batch.members().stream()
                .filter(member -> member.identifier().equals(identifier))
                .flatMap(member -> member.dependsOn().stream())
                .mapToInt(before -> depth(before) + 1)
                .max()
                .orElse(0);
        depths.put(identifier, depth);
        return depth;
    }

    /** Which there are, and in which order. */
    @NonNull
    List<String> plan() {
        return batch.members().stream()
                .map(member -> indented(member)
                        + (member.dependsOn().isEmpty() ? "" : " after " + String.join(", ", member.dependsOn()))
                        + (member.ignoreFailure() ? " (its failure is ignored)" : ""))
                .toList();
    }

    private String indented(BatchMember member) {
        return "  ".repeat(depths.getOrDefault(member.identifier(), 0) + 1) + member.identifier();
    }

    /** How they ended. */
    @NonNull
    List<String> outcome() {
        int width = batch.members().stream()
                .mapToInt(member -> indented(member).length())
                .max()
                .orElse(1);
        return batch.members().stream()
                .map(member -> String.format(
                                Locale.ROOT,
                                "%-" + width + "s  %-11s %9s%s",
                                indented(member),
                                member.current().status(),
                                BatchProgressLog.inWords(BatchSnapshot.took(batch.build(member.current()))),
                                remarks(member))
                        .stripTrailing())
                .toList();
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
