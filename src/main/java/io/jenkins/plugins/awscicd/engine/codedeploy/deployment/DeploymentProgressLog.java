package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.codedeploy.Aim;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetReader;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetResult;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Tells what becomes of a deployment, and then of the rollback that AWS makes of it. The deployment itself is seen by the watcher;
 * what happens on its targets is looked up from here, as often as there is news.
 */
final class DeploymentProgressLog implements ProgressLog<DeploymentSnapshot> {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Set<String> NOT_YET = Set.of("Created", "Queued");

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Journal journal;
    /** What has ended before is told elsewhere. */
    /** Whether what was done before this step is left untold. */
    private final boolean goesOn;
    /** What has ended before is not told, by AWS's clock; null until AWS has answered. */
    private Instant since;

    private final StatusLines lines;
    private final TrafficShifts shifts;

    private final Set<String> reportedToEnd = new LinkedHashSet<>();
    /** How the targets of each deployment ended, for its result. */
    private final Map<String, List<TargetResult>> outcomes = new LinkedHashMap<>();

    private String deployment;
    private TargetProgressLog targets;
    private DeploymentSnapshot latest;
    private final KnownTargets known = new KnownTargets();
    /** What was seen last of the targets that AWS works on. */
    private List<Target> working = List.of();

    private Scheduler.Task alarm = () -> {};
    private Duration interval = SHORTEST;
    private boolean looking;
    /** It was told as far as was asked for, although the deployment goes on. */
    private boolean endCondition;

    private boolean troubleReported;
    private boolean abandoned;

    /** @param shifts told what is seen of targets */
    DeploymentProgressLog(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            Journal journal,
            Aim aim,
            TrafficShifts shifts) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = journal;
        this.shifts = shifts;
        Map<String, String> marks = journal.read();
        Arrays.stream(marks.getOrDefault("ended", "").split(" "))
                .filter(id -> !id.isEmpty())
                .forEach(reportedToEnd::add);
        deployment = marks.get("deployment");
        lines = new StatusLines(session, this.console, aim, marks.getOrDefault("status", ""));
        String begin = marks.get("since");
        goesOn = aim.goesOn();
        since = begin == null ? null : Instant.parse(begin);
        targets = new TargetProgressLog(
                this.console, since == null ? Instant.MIN : since, marks.getOrDefault("targets", ""));
    }

    @Override
    public synchronized void observed(@NonNull DeploymentSnapshot seen) {
        DeploymentSnapshot now = shifts.complete(seen);
        endCondition = false;
        announce(now);
        latest = now;
        if (!StatusLines.followsTargets(now)) {
            lines.reportStatus(now);
        }
        targets.report(now.overview());
        mark();
        interval = SHORTEST;
        lookIn(Duration.ZERO);
    }

    /** AWS has answered by now. */
    private Instant since() {
        if (since == null) {
            since = goesOn ? session.time().now() : Instant.MIN;
        }
        return since;
    }

    private synchronized void announce(DeploymentSnapshot now) {
        if (now.id().equals(deployment)) {
            return;
        }
        deployment = now.id();
        targets = new TargetProgressLog(console, since(), "");
        working = List.of();
        latest = null;
        lines.reportStart(now);
    }

    private void lookIn(Duration wait) {
        if (!looking && !endCondition && !abandoned) {
            alarm.cancel();
            alarm = scheduler.schedule(wait, this::look);
        }
    }

    private void look() {
        DeploymentSnapshot now;
        synchronized (this) {
            now = latest;
            if (looking || abandoned || now == null || reportedToEnd.contains(now.id())) {
                return;
            }
            looking = true;
        }
        targetsWithNews(now).whenComplete((seen, failure) -> {
            synchronized (this) {
                looking = false;
                if (abandoned || !now.id().equals(deployment)) {
                    return;
                }
                if (failure == null) {
                    reportTargets(seen, now);
                } else {
                    reportTrouble(failure);
                    lines.reportStatus(now);
                }
                lookIn(interval);
            }
        });
    }

    /** The targets of which there may be something to tell. */
    private CompletableFuture<List<Target>> targetsWithNews(DeploymentSnapshot now) {
        if (NOT_YET.contains(now.status())) {
            return CompletableFuture.completedFuture(List.of());
        }
        TargetReader reader = new TargetReader(session, now.id(), false);
        if (!TargetProgressLog.many(now.overview())) {
            List<String> ids = known.of(now);
            return (ids.isEmpty() ? reader.ids() : CompletableFuture.completedFuture(ids))
                    .thenCompose(all -> reader.read(unreported(all)).thenApply(seen -> {
                        known.remember(now, all, seen);
                        return seen;
                    }));
        }
        synchronized (this) {
            if (now.overview().failed() == 0 || !targets.reportsMoreFailures()) {
                return CompletableFuture.completedFuture(List.of());
            }
        }
        return reader.ids("Failed").thenCompose(ids -> {
            List<String> unreported = unreported(ids);
            return reader.read(unreported.subList(0, Math.min(unreported.size(), TargetProgressLog.FAILURES)));
        });
    }

    private synchronized List<String> unreported(List<String> ids) {
        TargetProgressLog reported = targets;
        return ids.stream().filter(id -> !reported.isEndReported(id)).toList();
    }

    private synchronized void reportTargets(List<Target> seen, DeploymentSnapshot now) {
        String before = targets.reported() + lines.reported();
        long count = Math.max(now.overview().total(), seen.size());
        targets.report(seen, count);
        lines.reportStatus(now);
        shifts.seen(now.id(), seen);
        working = seen.stream()
                .filter(target -> target.status().equals("InProgress"))
                .toList();
        if ((targets.reported() + lines.reported()).equals(before)) {
            Duration longer = interval.multipliedBy(3).dividedBy(2);
            interval = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        } else {
            interval = SHORTEST;
            mark();
        }
    }

    /** Where the original waits for its termination, or the replacement for its traffic, others have their time. */
    @Override
    public synchronized String running(DeploymentSnapshot now, Instant at) {
        if (now.status().equals("Ready") || now.terminationWait()) {
            return "";
        }
        return StatusLines.running(now, at, working);
    }

    private void reportTrouble(Throwable failure) {
        interval = LONGEST;
        if (!troubleReported) {
            troubleReported = true;
            console.line("The targets cannot be read: "
                    + AwsCallException.unwrap(failure).getMessage());
        }
    }

    /** What was told is made to outlive this process before it counts as told. */
    private synchronized void mark() {
        console.flush();
        Map<String, String> marks = new HashMap<>();
        marks.put("deployment", deployment);
        marks.put("since", since().toString());
        marks.put("status", lines.reported());
        marks.put("targets", targets.reported());
        marks.put("ended", String.join(" ", reportedToEnd));
        marks.put(TrafficShifts.mark(), shifts.reported());
        journal.write(marks);
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull DeploymentSnapshot seen) {
        DeploymentSnapshot last = shifts.complete(seen);
        List<String> ids;
        synchronized (this) {
            alarm.cancel();
            ids = known.of(last);
            if (!reportedToEnd.contains(last.id())) {
                announce(last);
                latest = last;
            }
        }
        return Outcomes.read(session, last, ids).handle((outcome, failure) -> {
            reportEnd(last, outcome, failure);
            return null;
        });
    }

    private synchronized void reportEnd(
            DeploymentSnapshot last, @CheckForNull Outcomes outcome, @CheckForNull Throwable failure) {
        if (abandoned) {
            return;
        }
        outcomes.put(last.id(), outcome == null ? List.of() : outcome.results());
        if (reportedToEnd.contains(last.id())) {
            return;
        }
        if (outcome != null) {
            targets.report(
                    outcome.detailed(),
                    Math.max(last.overview().total(), outcome.results().size()));
        } else if (failure != null) {
            reportTrouble(failure);
        }
        lines.reportStatus(last);
        if (last.ended()) {
            lines.reportVerdict(last);
            reportedToEnd.add(last.id());
        } else {
            endCondition = true;
        }
        mark();
    }

    /** How the targets of a deployment ended; empty if that is not known. */
    @NonNull
    synchronized List<TargetResult> outcomes(@NonNull String id) {
        return outcomes.getOrDefault(id, List.of());
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        alarm.cancel();
    }
}
