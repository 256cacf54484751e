package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.codebuild.model.ListProjectsResponse;
import software.amazon.awssdk.services.codebuild.model.ProjectSortByType;

/**
 * The names of the projects in an account and region, in order
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ListProjects.html">ListProjects</a>).
 *
 * @param names so many as somebody would look through
 * @param more whether there are more than that
 */
public record ProjectNames(@NonNull List<String> names, boolean more) {

    /** AWS lists 100 at a time. */
    static final int LIMIT = 1000;

    private static final String ACTION = "codebuild:ListProjects";
    private static final int SECONDS = 30;

    public ProjectNames {
        names = List.copyOf(names);
    }

    /** Asks AWS page by page, each once, as somebody waits for the answer. Fails with {@link AwsCallException}. */
    @NonNull
    public static CompletableFuture<ProjectNames> of(@NonNull AwsSession session) {
        return next(session, new ArrayList<>(), null)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .handle((names, failure) -> {
                    if (failure == null) {
                        return names;
                    }
                    boolean late = AwsCallException.unwrap(failure) instanceof TimeoutException;
                    throw AwsCallException.of(
                            ACTION,
                            "the projects in " + session.region(),
                            late ? new TimeoutException("no answer within " + SECONDS + " s") : failure);
                });
    }

    private static CompletableFuture<ProjectNames> next(
            AwsSession session, List<String> found, @CheckForNull String token) {
        return session.call(ACTION, Duration.ZERO, Hiccups.UNHEARD, () -> page(session, token))
                .thenCompose(page -> {
                    found.addAll(page.projects());
                    boolean more = page.nextToken() != null;
                    return more && found.size() < LIMIT
                            ? next(session, found, page.nextToken())
                            : CompletableFuture.completedFuture(new ProjectNames(found, more));
                });
    }

    private static ListProjectsResponse page(AwsSession session, @CheckForNull String token) {
        return CodeBuildService.client(session)
                .listProjects(request -> request.sortBy(ProjectSortByType.NAME).nextToken(token));
    }
}
