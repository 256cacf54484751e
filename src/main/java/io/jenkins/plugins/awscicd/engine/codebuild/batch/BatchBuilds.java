package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.job.ForwardingListener;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.job.follow.FollowedJobs;
import io.jenkins.plugins.awscicd.engine.job.follow.StartedJob;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The builds of a batch, each watched and reported as a build by itself, beside the batch. Of all attempts each is reported once; those
 * that count are what the batch is told with.
 */
final class BatchBuilds {

    private static final String PROVIDER = "CodeBuild";

    private final CodeBuild codeBuild;
    private final Connected<BatchSnapshot> at;
    private final LogMode logMode;
    private final FollowedJobs followed;
    /** As they were seen last, by their ids. */
    private final Map<String, BuildSnapshot> seen = new HashMap<>();
    /** Those that AWS was asked about because nobody reports them any more. */
    private final Set<String> asked = new HashSet<>();

    private ReportOutcome reports = ReportOutcome.NONE;
    private BatchSnapshot latest;
    private boolean closed;
    private Runnable ended = () -> {};

    BatchBuilds(
            @NonNull CodeBuild codeBuild,
            @NonNull Scheduler scheduler,
            @NonNull Connected<BatchSnapshot> at,
            @NonNull LogMode logMode) {
        this.codeBuild = codeBuild;
        this.at = at;
        this.logMode = logMode;
        this.followed = new FollowedJobs(
                at.session(),
                at.console(),
                at.journal(),
                scheduler,
                Map.of(PROVIDER, (following, job) -> follow(following, job.id())),
                true,
                true);
    }

    private RemoteJob<BuildSnapshot> follow(Following following, String id) {
        RemoteJob<BuildSnapshot> build = codeBuild.job(
                following.session(),
                following.console(),
                following.journal(),
                logMode,
                new ForwardingListener<>(new FollowedEnd<>(following.over())) {
                    @Override
                    public void observed(@NonNull BuildSnapshot now) {
                        see(now);
                        if (now.ended()) {
                            ended.run();
                        }
                    }
                });
        build.resume(id);
        return build;
    }

    /** @param listener run when a build has ended: the batch is about to go on */
    void onEnd(@NonNull Runnable listener) {
        ended = listener;
    }

    /** What people see of the batch is told by its builds as well. */
    private synchronized void see(BuildSnapshot now) {
        if (closed || now.equals(seen.put(now.id(), now)) || latest == null) {
            return;
        }
        at.listener().observed(with(latest));
    }

    /** The batch is at this point. */
    synchronized void observed(@NonNull BatchSnapshot now) {
        latest = now;
        if (!closed) {
            at.listener().observed(with(now));
        }
    }

    /** The same, with what is known of its builds. */
    @NonNull
    synchronized BatchSnapshot with(@NonNull BatchSnapshot now) {
        return now.with(seen, reports);
    }

    /** So their reports were read. */
    void read(@NonNull ReportOutcome outcome) {
        BatchSnapshot now;
        synchronized (this) {
            reports = outcome;
            now = latest;
        }
        if (now != null) {
            observed(now);
        }
    }

    /** AWS has been asked about the batch, which may be no news. */
    void looked(@NonNull BatchSnapshot now) {
        followed.looked(started(now));
        List<String> before = unseen(now, BatchMember.Attempt::ended).stream()
                .filter(build -> followed.isOver(run(build)))
                .toList();
        synchronized (this) {
            before = before.stream().filter(asked::add).toList();
        }
        readAll(before); // what cannot be read now is read at the end
    }

    private List<StartedJob> started(BatchSnapshot now) {
        List<StartedJob> started = new ArrayList<>();
        for (BatchMember member : now.members()) {
            attempts(member).forEach(attempt -> started.add(started(member, attempt, now.start())));
        }
        return started;
    }

    private static StartedJob started(BatchMember member, BatchMember.Attempt attempt, Instant begun) {
        return new StartedJob(
                run(attempt.build()),
                member.identifier(),
                PROVIDER,
                attempt.build(),
                attempt.requested() == null ? begun : attempt.requested(),
                "",
                "",
                false,
                attempt.ended() ? StartedJob.State.ENDED : StartedJob.State.RUNNING);
    }

    private static String run(String build) {
        return build.substring(build.lastIndexOf(':') + 1);
    }

    /** The batch has ended like this. Completes when all builds are reported, and those that count are known. */
    @NonNull
    CompletableFuture<Void> ended(@NonNull BatchSnapshot last) {
        return followed.end(started(last)).thenCompose(reported -> readUnseen(last));
    }

    /** Those that were reported to their end before a restart. */
    private CompletableFuture<Void> readUnseen(BatchSnapshot last) {
        return readAll(unseen(last, it -> true)).exceptionally(failure -> {
            at.console()
                    .line("What the builds of the batch have exported, and how long they took, cannot be said: "
                            + AwsCallException.unwrap(failure).getMessage());
            return null;
        });
    }

    /** The builds of such attempts that nothing is known of. */
    private synchronized List<String> unseen(BatchSnapshot batch, Predicate<BatchMember.Attempt> which) {
        return batch.members().stream()
                .flatMap(BatchBuilds::attempts)
                .filter(which)
                .map(BatchMember.Attempt::build)
                .filter(build -> !seen.containsKey(build))
                .toList();
    }

    /** Those of which there is a build, the one that counts last. */
    private static Stream<BatchMember.Attempt> attempts(BatchMember member) {
        return Stream.concat(member.prior().stream(), Stream.of(member.current()))
                .filter(BatchMember.Attempt::isThere);
    }

    private CompletableFuture<Void> readAll(List<String> builds) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < builds.size(); i += CodeBuild.MOST_AT_ONCE) {
            List<String> some = builds.subList(i, Math.min(builds.size(), i + CodeBuild.MOST_AT_ONCE));
            all = all.thenCompose(before -> read(some));
        }
        return all;
    }

    private CompletableFuture<Void> read(List<String> builds) {
        return at.session()
                .callWhile(
                        () -> !isClosed(),
                        CodeBuild.GET_ACTION,
                        AwsSession.PATIENCE,
                        RetryListener.NONE,
                        () -> codeBuild.read(at.session(), builds))
                .thenAccept(found -> {
                    synchronized (this) {
                        seen.putAll(found);
                        if (!closed && latest != null) {
                            at.listener().observed(with(latest));
                        }
                    }
                });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What the reports of the builds that count say together, as each build's own were read when it ended. */
    @NonNull
    ReportOutcome reported(@NonNull BatchSnapshot last) {
        ReportOutcome sum = ReportOutcome.NONE;
        for (BatchMember member : last.members()) {
            if (member.current().isThere()) {
                sum = sum.plus(ReportOutcome.in(
                        followed.journal(run(member.current().build())).read()));
            }
        }
        return sum;
    }

    /** Nothing more is reported; what was is kept for a restart. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        followed.close();
    }
}
