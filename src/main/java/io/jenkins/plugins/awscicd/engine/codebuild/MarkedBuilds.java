package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.ListBuildsForProjectResponse;

/** The builds of one step, {@linkplain Marked known} by their mark. */
final class MarkedBuilds {

    static final String LIST_ACTION = "codebuild:ListBuildsForProject";

    private final Marked<Build> marked;

    /**
     * @param token the step's
     * @param since when, by this machine's clock, none of what is looked for had been started
     */
    MarkedBuilds(@NonNull AwsSession session, @NonNull String project, @NonNull String token, @NonNull Instant since) {
        CodeBuildClient client = CodeBuildService.client(session);
        marked = new Marked<>(
                session,
                new Marked.Kind<>(
                        "build",
                        LIST_ACTION,
                        "codebuild:BatchGetBuilds",
                        next -> {
                            // The newest come first if no order is asked for; of more than 100, none may be.
                            ListBuildsForProjectResponse page = client.listBuildsForProject(
                                    builds -> builds.projectName(project).nextToken(next));
                            return new Marked.Page(page.ids(), page.nextToken());
                        },
                        ids -> client.batchGetBuilds(get -> get.ids(ids)).builds(),
                        Build::id,
                        Build::startTime,
                        Build::environment),
                project,
                token,
                since);
    }

    /**
     * Looks for the first of them: what has been tried again has the same mark. Blocks, calls AWS.
     *
     * @param which of them are looked for
     * @return its id
     */
    @NonNull
    Optional<String> first(@NonNull Predicate<Build> which) {
        return marked.first(which);
    }
}
