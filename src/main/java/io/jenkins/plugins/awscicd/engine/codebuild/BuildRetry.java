package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codebuild.model.AutoRetryConfig;
import software.amazon.awssdk.services.codebuild.model.Build;

/**
 * Has AWS run a build again
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_RetryBuild.html">RetryBuild</a>). What it has started without
 * our hearing of it is a build of the same step that is newer than the failed one, and that AWS has not made of it by itself.
 *
 * @param token chosen for this one try
 * @param builds those of the step
 * @param known says which of them were tried before, by their id
 */
record BuildRetry(
        AwsSession session, BuildSnapshot failed, String token, MarkedBuilds builds, Predicate<String> known)
        implements TokenStart.Call {

    @Override
    @NonNull
    public String action() {
        return "codebuild:RetryBuild";
    }

    @Override
    @NonNull
    public String subject() {
        return failed.id() + " in " + session.region();
    }

    @Override
    @NonNull
    public String make() {
        return CodeBuildService.client(session)
                .retryBuild(retry -> retry.id(failed.id()).idempotencyToken(token))
                .build()
                .id();
    }

    @Override
    @NonNull
    public Optional<String> find() {
        return builds.first(build -> !known.test(build.id()) && isNewer(build) && !isByAws(build.autoRetryConfig()));
    }

    private boolean isNewer(Build build) {
        return failed.start() == null
                || build.startTime() == null
                || build.startTime().isAfter(failed.start());
    }

    private static boolean isByAws(AutoRetryConfig retry) {
        return retry != null && retry.previousAutoRetry() != null;
    }
}
