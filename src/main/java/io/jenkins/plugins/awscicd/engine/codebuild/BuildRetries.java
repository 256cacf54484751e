package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Successors;
import io.jenkins.plugins.awscicd.engine.job.execution.JournalPart;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codebuild.model.AutoRetryConfig;
import software.amazon.awssdk.services.codebuild.model.Build;

/**
 * Tries a build that has failed again, as often as its step wants. That each try is made once is seen to by a token that follows from the
 * step's and the failed build's id, and by the journal, which knows before each call when the first was made, and after it what came of it.
 */
final class BuildRetries implements Successors<BuildSnapshot> {

    /** What AWS has made of these is its fault, the build's, or chance; the others are wanted as they are. */
    private static final Set<String> FAILED = Set.of("FAILED", "FAULT", "TIMED_OUT");

    /** Marks in the journal, of each failed build. */
    private static final String ASKED = "asked";

    private static final String NEXT = "next";

    private static final String REFUSED = "refused";

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Journal journal;
    private final RetryRequest request;
    private final String token;
    private final Runnable gate;
    private final RetryListener trouble;
    private volatile Function<BuildSnapshot, CompletableFuture<?>> left =
            failed -> CompletableFuture.completedFuture(null);

    /** How many builds have ended before the one that is watched. */
    private volatile int made;
    /** What the next build is to be introduced by; null if AWS has started it by itself. */
    private volatile String introduction;
    /** Why there is no further try; null if none is wanted. */
    private volatile String refusal;

    /**
     * @param token the step's
     * @param gate run immediately before each call; fails with {@link io.jenkins.plugins.awscicd.engine.job.Refused} if the build is not to
     *     be tried again
     */
    BuildRetries(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull RetryRequest request,
            @NonNull String token,
            @NonNull Runnable gate,
            @NonNull RetryListener trouble) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = journal;
        this.request = request;
        this.token = token;
        this.gate = gate;
        this.trouble = trouble;
    }

    /** @param then does what is done with the last try of a build alone, once it is known that a failed one was it after all */
    void whenLeft(@NonNull Function<BuildSnapshot, CompletableFuture<?>> then) {
        left = then;
    }

    /** Where AWS tries a build again by itself, nobody else does: nobody knows whether it will not do so yet. */
    @Override
    public boolean mayFollow(@NonNull BuildSnapshot last) {
        return made < request.most() && last.ended() && FAILED.contains(last.status()) && !last.isRetriedByAws();
    }

    @Override
    public boolean mayHaveFollowed(@NonNull BuildSnapshot last, boolean again) {
        return mayFollow(last) && (again || part(last).read().containsKey(ASKED));
    }

    @Override
    @NonNull
    public CompletableFuture<Optional<String>> after(
            @NonNull List<BuildSnapshot> builds, boolean again, @NonNull BooleanSupplier wanted) {
        BuildSnapshot failed = builds.get(builds.size() - 1);
        Journal part = part(failed);
        Map<String, String> marks = part.read();
        String known = marks.get(NEXT);
        if (known != null) {
            return CompletableFuture.completedFuture(next(builds, known));
        }
        boolean asked = marks.containsKey(ASKED);
        if (!asked && !again && !wanted.getAsBoolean()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Instant since = asked ? Instant.parse(marks.get(ASKED)) : scheduler.now();
        // Of another process it is not known whether it came to keep when it has asked.
        Instant chosen = !asked && again ? Instant.EPOCH : since;
        if (!asked && wanted.getAsBoolean()) { // else it is looked for alone
            part.write(Map.of(ASKED, since.toString()));
        }
        Set<String> tried = builds.stream().map(BuildSnapshot::id).collect(Collectors.toSet());
        String once = UUID.nameUUIDFromBytes((token + " " + failed.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
        Retry retry = new Retry(
                session,
                failed,
                once,
                CodeBuildService.marked(session, failed.project(), token, startOf(failed)),
                tried::contains);
        return new TokenStart(session, scheduler, retry, chosen, asked || again, request.room(since), gate, trouble)
                .start(wanted)
                .thenApply(id -> {
                    part.write(Map.of(NEXT, id));
                    return next(builds, id);
                })
                .exceptionallyCompose(failure -> notTried(failed, AwsCallException.unwrap(failure)));
    }

    /** When a build began, by this machine's clock; long ago if AWS does not say. */
    private Instant startOf(BuildSnapshot build) {
        Instant start = build.start();
        return start == null
                ? Instant.EPOCH
                : scheduler.now().minus(Duration.between(start, session.time().now()));
    }

    private Optional<String> next(List<BuildSnapshot> builds, String id) {
        BuildSnapshot failed = builds.get(builds.size() - 1);
        made = builds.size();
        introduction = request.tried(made + 1) + ", as " + failed.name() + " failed: " + failed.cause();
        return Optional.of(id);
    }

    private CompletableFuture<Optional<String>> notTried(BuildSnapshot failed, Throwable why) {
        if (why instanceof CancellationException) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String words = "not tried again: " + why.getMessage();
        refusal = words;
        Journal part = part(failed);
        if (!words.equals(part.read().get(REFUSED))) { // else it was said before a restart
            console.line(failed.name() + " is " + words);
            part.write(Map.of(REFUSED, words));
        }
        return left.apply(failed).thenApply(done -> Optional.empty());
    }

    /** What the build that follows is to be introduced by; null if AWS has started it by itself, or it was introduced. */
    @CheckForNull
    String introduction() {
        String words = introduction;
        introduction = null;
        return words;
    }

    /** What to say of the last try besides how it ended; empty if nothing. */
    @NonNull
    String inWords() {
        String why = refusal;
        return (made == 0 ? "" : " (" + request.tried(made + 1) + ")") + (why == null ? "" : "; " + why);
    }

    private Journal part(BuildSnapshot failed) {
        return new JournalPart(journal, "retry." + failed.id());
    }

    /**
     * Has AWS run a build again
     * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_RetryBuild.html">RetryBuild</a>). What it has started without
     * our hearing of it is a build of the same step that is newer than the failed one, and that AWS has not made of it by itself.
     *
     * @param token chosen for this one try
     * @param builds those of the step
     * @param known says which of them were tried before, by their id
     */
    private record Retry(
            AwsSession session, BuildSnapshot failed, String token, Marked<Build> builds, Predicate<String> known)
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
            return builds.first(
                    build -> !known.test(build.id()) && isNewer(build) && !isByAws(build.autoRetryConfig()));
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
}
