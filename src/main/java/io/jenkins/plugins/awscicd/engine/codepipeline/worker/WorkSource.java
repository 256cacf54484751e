package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Map;

/**
 * What a worker polls for.
 *
 * @param controller tells this worker's continuation tokens from those of others; of letters, digits and hyphens
 * @param projects the names that are taken; empty for all
 * @param queryable whether the type's ProjectName is a queryable property: then AWS is asked for each of the projects
 * @param exclusive whether no other worker polls for this type: then what nobody here does is failed at once, and what may have been
 *     acknowledged was acknowledged here
 */
public record WorkSource(
        @NonNull ActionType type,
        @NonNull String controller,
        @NonNull List<String> projects,
        boolean queryable,
        boolean exclusive) {

    private static final String MARK = "jenkins";

    public WorkSource {
        projects = List.copyOf(projects);
    }

    boolean takes(String project) {
        return projects.isEmpty() || projects.contains(project);
    }

    List<Map<String, String>> queries() {
        return queryable
                ? projects.stream().map(one -> Map.of(ActionJob.PROJECT, one)).toList()
                : List.of(Map.of());
    }

    /** With which an action is continued that a claim is of. */
    String token(String claim) {
        return MARK + " " + controller + " " + claim;
    }

    /** The claim of a token; empty if it is another worker's. */
    String claim(String token) {
        String own = token("");
        return token.startsWith(own) ? token.substring(own.length()) : "";
    }
}
