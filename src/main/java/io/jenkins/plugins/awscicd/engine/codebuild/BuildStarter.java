package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.ListBuildsForProjectResponse;
import software.amazon.awssdk.services.codebuild.model.SortOrderType;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * Starts a build exactly once, whatever becomes of answers and of the controller.
 *
 * <p>The first guard is StartBuild's idempotency token, chosen and kept before the first call. AWS remembers it for five
 * minutes. When it is not known whether an earlier call has passed and the token is older, the second guard is a variable with
 * which every build is marked: the project's newest builds are looked through for it before a call is made.
 */
final class BuildStarter implements JobStarter {

    private static final String ACTION = "codebuild:StartBuild";
    private static final String LIST_ACTION = "codebuild:ListBuildsForProject";
    /** The environment variable that tells which Jenkins step a build belongs to. */
    private static final String MARK = "JENKINS_CODEBUILD_TOKEN";
    /** A margin below the five minutes for which AWS remembers a token. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(4);
    /** Shorter than when watching: nothing is lost yet, and somebody may be waiting for the message. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So far this machine's clock may have been set since. What is looked for is known by its mark, not by when it was started. */
    private static final Duration SET_SINCE = Duration.ofHours(1);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final BuildRequest request;
    private final String token;
    private final Instant chosen;
    private final Room room;
    private final Runnable gate;
    private final RetryListener retries;

    /** Until then AWS knows the token, if it has heard of it. */
    private Moment tokenUntil;
    /** Whether a call may have been carried out whose answer we do not have. */
    private volatile boolean uncertain;

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
        this.scheduler = scheduler;
        this.request = request;
        this.token = token;
        this.chosen = chosen;
        this.room = request.room(chosen);
        this.tokenUntil = scheduler.moment().plus(leftOfToken(chosen, scheduler.now()));
        this.uncertain = again;
        this.gate = gate;
        this.retries = retries;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return session.callWhile(
                        () -> wanted.getAsBoolean() || uncertain,
                        () -> !wanted.getAsBoolean(), // then it is only looked for, and somebody waits for that
                        ACTION,
                        PATIENCE,
                        retries,
                        () -> attempt(wanted))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    return CompletableFuture.failedFuture(
                            cause instanceof Refused
                                    ? cause
                                    : cause instanceof CancellationException
                                            ? new CancellationException("Aborted before the build was started")
                                            : AwsCallException.of(
                                                    ACTION,
                                                    "project '" + request.project() + "' in " + session.region(),
                                                    cause));
                });
    }

    /** None where the clock has been set back since, as nobody knows how far. */
    private static Duration leftOfToken(Instant chosen, Instant now) {
        Duration age = Duration.between(chosen, now);
        return age.isNegative() ? Duration.ofNanos(-1) : TOKEN_LIFE.minus(age);
    }

    /** The build that was started with the token before a restart, looked for at AWS. */
    CompletableFuture<Optional<String>> started() {
        return session.call(LIST_ACTION, PATIENCE, retries, this::find);
    }

    /** Run by the lane, one attempt after the other. */
    private String attempt(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            // A call would start what nobody wants any more, only to have it stopped.
            return (uncertain ? find() : Optional.<String>empty())
                    .orElseThrow(() -> new CancellationException("Aborted before the build was started"));
        }
        if (scheduler.moment().isAfter(tokenUntil)) {
            Optional<String> found = uncertain ? find() : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
            tokenUntil = scheduler.moment().plus(TOKEN_LIFE); // to AWS, it is a new token again
        }
        try {
            gate.run(); // each time: it may have waited for hours until there was room for it
        } catch (Refused e) {
            return (uncertain ? find() : Optional.<String>empty()).orElseThrow(() -> e);
        }
        try {
            return client().startBuild(startBuild()).build().id();
        } catch (AccountLimitExceededException e) {
            if (room.givenUp(e, scheduler.now())) {
                throw new IllegalStateException(room.whyGivenUp(e));
            }
            throw e;
        } catch (InvalidInputException e) {
            // The workspace may have been bundled anew since the call before the restart: AWS then knows the token with
            // other parameters, and so the build is there. In which words it says so, nobody has published.
            return (uncertain ? find() : Optional.<String>empty()).orElseThrow(() -> e);
        } catch (SdkException e) {
            uncertain |= AwsFault.of(e) == AwsFault.TRANSIENT;
            throw e;
        }
    }

    private StartBuildRequest startBuild() {
        StartBuildRequest.Builder build = request.toStartBuild().idempotencyToken(token);
        List<EnvironmentVariable> variables = new ArrayList<>(build.build().environmentVariablesOverride());
        variables.add(EnvironmentVariable.builder()
                .name(MARK)
                .value(token)
                .type("PLAINTEXT")
                .build());
        return build.environmentVariablesOverride(variables).build();
    }

    /** The build that was started with our token, looked for among those started since it was chosen. */
    private Optional<String> find() {
        try {
            return search();
        } catch (SdkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                throw AwsCallException.of(
                        LIST_ACTION + " (or codebuild:BatchGetBuilds)",
                        "project '" + request.project() + "' in " + session.region()
                                + ", when looking for the build that was started before the restart",
                        e);
            }
            throw e;
        }
    }

    private Optional<String> search() {
        String next = null;
        do {
            String page = next;
            ListBuildsForProjectResponse list = client().listBuildsForProject(
                            builds -> builds.projectName(request.project())
                                    .sortOrder(SortOrderType.DESCENDING)
                                    .nextToken(page));
            if (list.ids().isEmpty()) {
                return Optional.empty();
            }
            List<Build> builds =
                    client().batchGetBuilds(get -> get.ids(list.ids())).builds();
            for (Build build : builds) {
                if (marked(build)) {
                    return Optional.of(build.id());
                }
            }
            Instant since = session.time().at(chosen);
            boolean older = since != null
                    && builds.stream()
                            .anyMatch(build -> build.startTime() != null
                                    && build.startTime().isBefore(since.minus(SET_SINCE)));
            next = older ? null : list.nextToken();
        } while (next != null);
        return Optional.empty();
    }

    private boolean marked(Build build) {
        return build.environment() != null
                && build.environment().environmentVariables().stream()
                        .anyMatch(variable -> MARK.equals(variable.name()) && token.equals(variable.value()));
    }

    private CodeBuildClient client() {
        return CodeBuildService.client(session);
    }
}
