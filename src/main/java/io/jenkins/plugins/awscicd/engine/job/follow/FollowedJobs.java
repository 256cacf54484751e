package io.jenkins.plugins.awscicd.engine.job.follow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.job.execution.JournalPart;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What a job has started in its course, such as the actions of a pipeline in other services and a batch its builds, reported as by the
 * steps of those services. It decides nothing: what cannot be reported is said in a line. The journal keeps how far each was reported.
 */
public final class FollowedJobs {

    /** After the end of what has started it: for the rest. What the service does on its own after that, such as a rollback, takes its time. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final String OVER = "over";
    private static final String BEGUN = "follow.begun";

    private static final class Followed {
        /** As it was seen last. */
        private volatile StartedJob job;

        private final CompletableFuture<Void> reported = new CompletableFuture<>();
        private RemoteJob<?> remote;
        private boolean ending;

        Followed(StartedJob job) {
            this.job = job;
        }
    }

    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final Scheduler scheduler;
    private final Map<String, JobFollower> followers;
    private final boolean wholly;
    /** By run. */
    private final Map<String, Followed> jobs = new HashMap<>();
    /** Runs of which nothing more is reported. */
    private final Set<String> over = new HashSet<>();

    private boolean begun;
    private boolean closed;

    /**
     * @param followers by provider
     * @param fromStart whether all that there is to be seen was started for this step; else what has ended before it is left out
     * @param wholly whether what has ended is reported to its last line, however long that takes
     */
    public FollowedJobs(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull Scheduler scheduler,
            @NonNull Map<String, JobFollower> followers,
            boolean fromStart,
            boolean wholly) {
        this.session = session;
        this.console = console;
        this.journal = journal;
        this.scheduler = scheduler;
        this.followers = Map.copyOf(followers);
        this.wholly = wholly;
        this.begun = fromStart || journal.has(BEGUN);
    }

    /** What was started is at this point. */
    public synchronized void looked(@NonNull List<StartedJob> now) {
        if (closed) {
            return;
        }
        if (!begun) {
            begun = true;
            now.stream().filter(job -> job.state() != StartedJob.State.RUNNING).forEach(job -> over(job.run()));
            journal.put(BEGUN, "true");
        }
        now.forEach(this::look);
    }

    private void look(StartedJob now) {
        JobFollower follower = followers.get(now.provider());
        Instant since = now.since();
        if (follower == null || now.id().isEmpty() || since == null || isOver(now.run())) {
            return;
        }
        Followed followed = jobs.get(now.run());
        if (followed == null) {
            if (now.state() == StartedJob.State.ABANDONED) {
                over(now.run());
                return;
            }
            if (isElsewhere(now)) {
                return;
            }
            followed = begin(now, follower, since);
        }
        followed.job = now;
        if (now.state() == StartedJob.State.ABANDONED) {
            followed.remote.abandon();
            end(followed);
        } else if (now.state() == StartedJob.State.ENDED) {
            endSoon(followed);
        }
    }

    private boolean isElsewhere(StartedJob job) {
        String region = job.region();
        boolean elsewhere = !region.isEmpty() && !region.equals(session.region().id());
        if (elsewhere) {
            console.line(job.path() + " is not followed: it runs in " + region);
            over(job.run());
        }
        return elsewhere;
    }

    private Followed begin(StartedJob job, JobFollower follower, Instant since) {
        Followed followed = new Followed(job);
        jobs.put(job.run(), followed);
        followed.remote = follower.follow(
                new Following(
                        session,
                        new PrefixedConsole(console, job.path()),
                        part(job.run()),
                        since,
                        () -> followed.job.state() != StartedJob.State.RUNNING,
                        () -> isHere(job),
                        why -> reported(followed, why)),
                job);
        return followed;
    }

    /** What goes by its name may be another one of that name in this account. */
    private CompletableFuture<Void> isHere(StartedJob job) {
        String[] role = job.role().split(":");
        if (role.length < 6) {
            return CompletableFuture.completedFuture(null);
        }
        return session.accountRegion().thenAccept(here -> {
            if (!here.account().equals(role[4])) {
                throw new IllegalStateException("it runs in account " + role[4]);
            }
        });
    }

    /** What is kept of one of them. */
    @NonNull
    public Journal journal(@NonNull String run) {
        return part(run);
    }

    private JournalPart part(String run) {
        return new JournalPart(journal, "follow." + run);
    }

    /** Whether nothing more is reported of one of them, be it that all was before a restart. */
    public synchronized boolean isOver(@NonNull String run) {
        if (!jobs.containsKey(run) && !over.contains(run) && part(run).read().containsKey(OVER)) {
            over.add(run); // before a restart
        }
        return over.contains(run);
    }

    private void over(String run) {
        over.add(run);
        part(run).put(OVER, "true");
    }

    private synchronized void reported(Followed followed, @CheckForNull RuntimeException why) {
        if (closed) {
            return;
        }
        if (why != null && !followed.reported.isDone()) {
            console.line(followed.job.path() + " is not followed any further: " + why.getMessage());
        }
        end(followed);
    }

    private void end(Followed followed) {
        over(followed.job.run());
        followed.reported.complete(null);
    }

    private void endSoon(Followed followed) {
        if (!followed.ending) {
            followed.ending = true;
            followed.remote.expedite();
            scheduler.schedule(REST, () -> cut(followed));
        }
    }

    private synchronized void cut(Followed followed) {
        if (closed || followed.reported.isDone()) {
            return;
        }
        // AWS may refuse for a while to show what has ended.
        boolean ended = followed.remote.isEnded() || followed.job.state() == StartedJob.State.ENDED;
        if (followed.remote.hasSuccessor() || wholly && ended) {
            scheduler.schedule(REST, () -> cut(followed));
        } else {
            followed.remote.close();
            end(followed);
        }
    }

    /** Whatever has started it has ended, and what was started is like this. Completes when all is reported that is to be. */
    @NonNull
    public CompletableFuture<Void> end(@NonNull List<StartedJob> last) {
        looked(last);
        synchronized (this) {
            jobs.values().forEach(this::endSoon);
            return CompletableFuture.allOf(
                    jobs.values().stream().map(one -> one.reported).toArray(CompletableFuture<?>[]::new));
        }
    }

    /** Nothing more is reported; what was is kept for a restart. */
    public void close() {
        List<Followed> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(jobs.values());
        }
        left.forEach(one -> {
            one.remote.close();
            one.reported.complete(null);
        });
    }
}
