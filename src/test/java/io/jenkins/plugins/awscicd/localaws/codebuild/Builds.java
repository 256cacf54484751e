package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The builds of one place: started, queued, run again, stopped, found. */
final class Builds {

    /** For all that a killed build still has to do. */
    private static final Duration CLOSING = Duration.ofSeconds(10);
    /** See {@link Dialect#RETRY_NAMED_LATE}. */
    private static final Duration LATE_RETRY = Duration.ofSeconds(20);

    private final Place place;
    private final SimulatedTime time;
    private final Timing timing;
    private final Function<Build, Work> works;
    private final Concurrency concurrency;
    private final Set<Dialect> dialects;
    private final Chance chance;
    private final Map<String, BuildLife> byId = new HashMap<>();
    private volatile Consumer<Build> changed = build -> {};
    private final List<Build> inOrder = new ArrayList<>();
    private final Map<String, List<Build>> byProject = new HashMap<>();

    /** @param dialects asked at each turn */
    Builds(
            Place place,
            SimulatedTime time,
            Timing timing,
            int accountConcurrency,
            Set<Dialect> dialects,
            Chance chance,
            Function<Build, Work> works) {
        this.place = place;
        this.time = time;
        this.timing = timing;
        this.works = works;
        this.dialects = dialects;
        this.chance = chance;
        concurrency = new Concurrency(accountConcurrency, this::provision);
    }

    /** Told of builds that have begun or ended. */
    void whenChanged(Consumer<Build> listener) {
        changed = listener;
    }

    Build start(BuildSettings settings, String initiator, int projectLimit) throws AwsError {
        concurrency.check();
        return start(settings, newId(settings), initiator, projectLimit, 0, null);
    }

    /** Starts a build again that was started before, by RetryBuild. */
    Build again(Build before, String initiator, int projectLimit) throws AwsError {
        concurrency.check();
        return start(before.settings(), newId(before.settings()), initiator, projectLimit, before.attempt() + 1, null);
    }

    /** Starts a build of a batch, under an id that was promised before. See {@link Dialect#BATCH_BUILDS_REFUSED}. */
    Build start(BuildSettings settings, String id, String initiator) throws AwsError {
        if (dialects.contains(Dialect.BATCH_BUILDS_REFUSED)) {
            concurrency.check();
        }
        return start(settings, id, initiator, Integer.MAX_VALUE, 0, null);
    }

    private String newId(BuildSettings settings) {
        return settings.projectName() + ":" + chance.uuid();
    }

    private Build start(
            BuildSettings settings, String id, String initiator, int projectLimit, int attempt, Build previous)
            throws AwsError {
        BuildLife life;
        synchronized (this) {
            List<Build> siblings = byProject.computeIfAbsent(settings.projectName(), name -> new ArrayList<>());
            if (siblings.stream().filter(build -> !build.complete()).count() >= projectLimit) {
                throw AwsError.badRequest(
                        "AccountLimitExceededException",
                        "Cannot have more than " + projectLimit + " active builds for the project "
                                + settings.projectName());
            }
            Build build =
                    new Build(place, id, siblings.size() + 1L, initiator, settings, time.now(), attempt, previous);
            life = new BuildLife(build, works.apply(build), time, this::finalized, this::completed);
            byId.put(id, life);
            inOrder.add(build);
            siblings.add(build);
            concurrency.admit(build);
        }
        Build build = life.build();
        Duration queued = build.settings().simulated()
                ? SimulatedWork.seconds(settings.plainVariables(), "SIMULATED_QUEUED_SECONDS", timing.queued())
                : timing.queued();
        life.queue(queued, () -> concurrency.ready(build));
        changed.accept(build);
        return build;
    }

    private void provision(Build build) {
        Duration provisioning = build.settings().simulated()
                ? SimulatedWork.seconds(
                        build.settings().plainVariables(), "SIMULATED_PROVISIONING_SECONDS", timing.provisioning())
                : timing.provisioning();
        life(build.id()).orElseThrow().provision(provisioning);
    }

    private boolean finalized(Status status) {
        return status != Status.STOPPED || !dialects.contains(Dialect.STOPPED_AT_ONCE);
    }

    private void completed(BuildLife life) {
        Build build = life.build();
        concurrency.ended(build);
        changed.accept(build);
        if (build.status() == Status.FAILED
                && build.retryNumber() < build.settings().autoRetryLimit()) {
            if (dialects.contains(Dialect.RETRY_NAMED_LATE)) {
                time.after(LATE_RETRY, () -> retry(build));
            } else {
                retry(build);
            }
        }
    }

    private void retry(Build build) {
        try {
            concurrency.check();
            build.retriedBy(start(
                    build.settings(),
                    newId(build.settings()),
                    build.initiator(),
                    Integer.MAX_VALUE,
                    build.attempt() + 1,
                    build));
        } catch (AwsError e) {
            // No place in the queue: AWS does not retry either.
        }
    }

    /** Asks a build to stop, which takes a moment. */
    Build stop(String id) throws AwsError {
        BuildLife life = life(id).orElseThrow(() -> notFound(id));
        if (life.build().complete() && dialects.contains(Dialect.ENDED_NOT_STOPPED)) {
            throw Constraints.invalid("Build " + id + " is complete");
        }
        stop(life);
        return life.build();
    }

    void stop(Build build) {
        life(build.id()).ifPresent(this::stop);
    }

    private void stop(BuildLife life) {
        if (dialects.contains(Dialect.STOPPED_AT_ONCE)) {
            life.breakOff(Status.STOPPED);
        } else {
            time.after(timing.stopping(), () -> life.breakOff(Status.STOPPED));
        }
    }

    /** A build goes on that is paused at a breakpoint. */
    void resume(String id) throws AwsError {
        life(id).orElseThrow(() -> notFound(id)).resume();
    }

    /** A build by id or ARN. */
    Optional<Build> find(String id) {
        return life(id).map(BuildLife::build);
    }

    Build get(String id) throws AwsError {
        return find(id).orElseThrow(() -> notFound(id));
    }

    private synchronized Optional<BuildLife> life(String id) {
        String prefix = place.arn("codebuild", "build/");
        return Optional.ofNullable(byId.get(id.startsWith(prefix) ? id.substring(prefix.length()) : id));
    }

    /** All builds, oldest first. */
    synchronized List<Build> all() {
        return new ArrayList<>(inOrder);
    }

    /** The builds of a project, oldest first. */
    synchronized List<Build> of(String project) {
        return new ArrayList<>(byProject.getOrDefault(project, Collections.emptyList()));
    }

    private AwsError notFound(String id) {
        return AwsError.badRequest("ResourceNotFoundException", "The build does not exist: " + id);
    }

    /** Ends all work, because local AWS itself ends, and waits until the processes and their folders have gone. */
    void close() {
        List<Build> unfinished =
                all().stream().filter(build -> !build.complete()).toList();
        for (Build build : unfinished) {
            life(build.id()).ifPresent(life -> life.breakOff(Status.STOPPED));
        }
        try {
            for (Build build : unfinished) {
                build.awaitComplete(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
