package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/** Starts a build exactly once: by a {@linkplain TokenStart token}, and by the {@linkplain Marked mark} that it has. */
final class BuildStarter implements JobStarter, TokenStart.Call {

    private final AwsSession session;
    private final BuildRequest request;
    private final String token;
    private final Marked<Build> builds;
    private final RetryListener retries;
    private final TokenStart start;

    /**
     * @param token chosen for this build alone
     * @param chosen when it was chosen
     * @param again whether a call with it may have been made already, before a restart
     * @param gate run immediately before each call; fails with {@link Refused} if the build is not to be started (any more)
     */
    BuildStarter(
            AwsSession session,
            Scheduler scheduler,
            BuildRequest request,
            String token,
            Instant chosen,
            boolean again,
            Runnable gate,
            RetryListener retries) {
        this.session = session;
        this.request = request;
        this.token = token;
        this.builds = CodeBuildService.marked(session, request.project(), token, chosen);
        this.retries = retries;
        this.start = new TokenStart(session, scheduler, this, chosen, again, request.room(chosen), gate, retries);
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return start.start(wanted);
    }

    /** The build that was started with the token before a restart, looked for at AWS. */
    CompletableFuture<Optional<String>> started() {
        return session.call(CodeBuildService.LIST_ACTION, TokenStart.PATIENCE, retries, this::find);
    }

    @Override
    public String action() {
        return "codebuild:StartBuild";
    }

    @Override
    public String subject() {
        return "project '" + request.project() + "' in " + session.region();
    }

    @Override
    public String make() {
        StartBuildRequest.Builder build = request.toStartBuild().idempotencyToken(token);
        List<EnvironmentVariable> variables = new ArrayList<>(build.build().environmentVariablesOverride());
        variables.add(Marked.mark(token));
        return CodeBuildService.client(session)
                .startBuild(build.environmentVariablesOverride(variables).build())
                .build()
                .id();
    }

    @Override
    public Optional<String> find() {
        return builds.first(build -> true);
    }
}
