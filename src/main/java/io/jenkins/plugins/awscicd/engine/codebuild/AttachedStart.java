package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Starts nothing: looks whether AWS has the build that something else has started. It may be known only a moment after its start. It is
 * looked for also when the step is aborted meanwhile, as it is to be stopped then; not any more when it is to be left.
 */
final class AttachedStart implements JobStarter {

    /** Of a build's ARN, what says where it is. */
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:codebuild:([^:]+):(\\d+):build/(.+)");

    private static final Set<String> GOES_WITH = Set.of("project", "build");

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** As long as a build that was just started may be unknown. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final CodeBuildService service;
    private final String build;
    private final Runnable gate;
    private final RetryListener retries;
    /** Whether nobody waits for it any more. */
    private volatile boolean left;

    /**
     * @param build its id or its ARN
     * @param gate run before it is looked for; fails with {@link io.jenkins.plugins.awscicd.engine.job.Refused} if it is not to be followed
     */
    AttachedStart(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull CodeBuildService service,
            @NonNull String build,
            @NonNull Runnable gate,
            @NonNull RetryListener retries) {
        this.session = session;
        this.scheduler = scheduler;
        this.service = service;
        this.build = build;
        this.gate = gate;
        this.retries = retries;
    }

    /** The id in an id or an ARN. */
    @NonNull
    static String id(@NonNull String build) {
        return build.substring(build.lastIndexOf('/') + 1);
    }

    /** The name of its project. */
    @NonNull
    static String project(@NonNull String build) {
        String id = id(build);
        return id.substring(0, Math.max(0, id.indexOf(':')));
    }

    /** What is wrong with a step's arguments besides the form of each: nothing that says how to build goes with one that is there. */
    @NonNull
    static List<String> problems(@NonNull Given given) {
        List<String> problems = new ArrayList<>();
        for (String name : BuildOptions.ALL.names()) {
            if (given.has(name) && !GOES_WITH.contains(name)) {
                problems.add(name + ": cannot be combined with build, as nothing is started; leave one of them out");
            }
        }
        String build = String.valueOf(given.text("build"));
        String asked = given.text("project");
        if (asked != null
                && BuildOptions.ALL.problem("build", build) == null
                && !project(build).equals(asked)) {
            problems.add("project: '" + asked + "' is not the project of the build, which is '" + project(build)
                    + "'; leave project out");
        }
        return problems;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        Matcher arn = ARN.matcher(build);
        String region = session.region().id();
        if (arn.matches() && !arn.group(1).equals(region)) {
            return CompletableFuture.failedFuture(new IllegalStateException("build: " + build + " is in " + arn.group(1)
                    + ", but the step looks in " + region + "; add region: '" + arn.group(1) + "'"));
        }
        return look(scheduler.moment().plus(LONGEST));
    }

    @Override
    public void unwanted() {
        // it is to be stopped, for which it has to be found
    }

    @Override
    public void abandoned() {
        left = true;
    }

    @Override
    @NonNull
    public String leftInWords() {
        return id(build) + " was not found yet, and is stopped if it is";
    }

    private CompletableFuture<String> look(Moment last) {
        String id = id(build);
        return session.callWhile(() -> !left, service.observeAction(), AwsSession.PATIENCE, retries, () -> {
                    gate.run();
                    return service.observe(session, List.of(id)).containsKey(id);
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(failed(id, failure)))
                .thenCompose(found -> {
                    if (found) {
                        return CompletableFuture.completedFuture(id);
                    }
                    if (left) {
                        return CompletableFuture.failedFuture(new CancellationException("Aborted"));
                    }
                    return scheduler.moment().isBefore(last) ? lookAgain(last) : unknown(id);
                });
    }

    private Throwable failed(String id, Throwable failure) {
        Throwable cause = AwsCallException.unwrap(failure);
        return cause instanceof SdkException
                ? AwsCallException.of(service.observeAction(), id + " in " + session.region(), cause)
                : cause;
    }

    private CompletableFuture<String> lookAgain(Moment last) {
        return scheduler.pause(PAUSE).thenCompose(again -> look(last));
    }

    private CompletableFuture<String> unknown(String id) {
        return session.accountRegion().handle((here, failure) -> {
            Matcher arn = ARN.matcher(build);
            String account = here == null ? "" : " of account " + here.account();
            String elsewhere = here == null || !arn.matches() || arn.group(2).equals(here.account())
                    ? "; check the id, the region and the credentials"
                    : "; it is in account " + arn.group(2) + ", so name credentials or a role of that account";
            throw new IllegalStateException(
                    "build: there is no build " + id + " in " + session.region() + account + elsewhere);
        });
    }
}
