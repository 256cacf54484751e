package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;

/** What a template does that was not agreed to. */
public final class MissingCapabilities {

    private static final String NAMED_IAM = "CAPABILITY_NAMED_IAM";
    /** CreateChangeSet says of it that it has no effect there. */
    private static final String AUTO_EXPAND = "CAPABILITY_AUTO_EXPAND";

    private MissingCapabilities() {}

    /** Fails with {@link IllegalArgumentException}, saying what to add, if the template does more than was agreed to. */
    public static void check(@NonNull StackRequest request, @NonNull GetTemplateSummaryResponse summary) {
        Set<String> missing = new TreeSet<>(summary.capabilitiesAsStrings());
        Set<String> given = new HashSet<>(request.toCreateChangeSet().build().capabilitiesAsStrings());
        missing.removeAll(given);
        missing.remove(AUTO_EXPAND);
        if (given.contains(NAMED_IAM)) {
            missing.remove("CAPABILITY_IAM");
        }
        if (!missing.isEmpty()) {
            String why = summary.capabilitiesReason();
            given.addAll(missing);
            throw new IllegalArgumentException("capabilities: the template may change permissions in this account"
                    + (why == null || why.isBlank() ? "" : " (" + why.strip() + ")")
                    + "; if this is intended, add capabilities: "
                    + given.stream().sorted().map(it -> "'" + it + "'").collect(Collectors.joining(", ", "[", "]")));
        }
    }
}
