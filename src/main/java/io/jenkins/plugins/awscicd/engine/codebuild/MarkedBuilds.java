package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.ListBuildsForProjectResponse;
import software.amazon.awssdk.services.codebuild.model.SortOrderType;

/**
 * The builds of one step, known by a variable that each has from its start, and that what is tried again of it has as well. They are looked
 * for among the newest of the project.
 */
final class MarkedBuilds {

    static final String LIST_ACTION = "codebuild:ListBuildsForProject";

    /** The environment variable that tells which Jenkins step a build belongs to. */
    private static final String MARK = "JENKINS_CODEBUILD_TOKEN";

    /** So far this machine's clock may have been set since. What is looked for is known by its mark, not by when it was started. */
    private static final Duration SET_SINCE = Duration.ofHours(1);

    private final AwsSession session;
    private final String project;
    private final String token;
    private final Instant since;

    /**
     * @param token the step's
     * @param since when, by this machine's clock, none of what is looked for had been started
     */
    MarkedBuilds(@NonNull AwsSession session, @NonNull String project, @NonNull String token, @NonNull Instant since) {
        this.session = session;
        this.project = project;
        this.token = token;
        this.since = since;
    }

    /** What marks a build that is started. */
    @NonNull
    static EnvironmentVariable mark(@NonNull String token) {
        return EnvironmentVariable.builder()
                .name(MARK)
                .value(token)
                .type("PLAINTEXT")
                .build();
    }

    /**
     * Looks for the first of them: what has been tried again has the same mark. Blocks, calls AWS.
     *
     * @param which of them are looked for
     * @return its id
     */
    @NonNull
    Optional<String> first(@NonNull Predicate<Build> which) {
        try {
            return search().stream()
                    .filter(which)
                    .min(Comparator.comparing(Build::startTime, Comparator.nullsLast(Comparator.naturalOrder())))
                    .map(Build::id);
        } catch (SdkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                throw AwsCallException.of(
                        LIST_ACTION + " (or codebuild:BatchGetBuilds)",
                        "project '" + project + "' in " + session.region()
                                + ", when looking for the build that may have been started before",
                        e);
            }
            throw e;
        }
    }

    private List<Build> search() {
        List<Build> found = new ArrayList<>();
        String next = null;
        do {
            String page = next;
            ListBuildsForProjectResponse list = client().listBuildsForProject(builds -> builds.projectName(project)
                    .sortOrder(SortOrderType.DESCENDING)
                    .nextToken(page));
            if (list.ids().isEmpty()) {
                return found;
            }
            List<Build> builds =
                    client().batchGetBuilds(get -> get.ids(list.ids())).builds();
            builds.stream().filter(this::isMarked).forEach(found::add);
            Instant from = session.time().at(since);
            boolean older = from != null
                    && builds.stream()
                            .anyMatch(build -> build.startTime() != null
                                    && build.startTime().isBefore(from.minus(SET_SINCE)));
            next = older ? null : list.nextToken();
        } while (next != null);
        return found;
    }

    private boolean isMarked(Build build) {
        return build.environment() != null
                && build.environment().environmentVariables().stream()
                        .anyMatch(variable -> MARK.equals(variable.name()) && token.equals(variable.value()));
    }

    private CodeBuildClient client() {
        return CodeBuildService.client(session);
    }
}
