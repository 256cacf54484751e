package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Reporting;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Looks for what is behind a failed update, once it has failed: how the environment and its instances are, and what their logs say.
 * What cannot be found out is told in a line; the verdict waits a minute at the most.
 */
public final class FailureReport {

    /** How long the verdict may wait for what is said of the health. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final int INSTANCES = 10;
    private static final int CAUSES = 20;

    private final Reporting in;
    private final boolean logs;
    private final Set<String> causes = new LinkedHashSet<>();
    private LogTail tail;
    private CompletableFuture<HealthCauses> health;
    private boolean left;

    /** @param logs whether the instances' logs are wanted as well */
    public FailureReport(Reporting in, boolean logs) {
        this.in = in;
        this.logs = logs;
    }

    /**
     * Tells all of it, unless that was told before a restart.
     *
     * @param bad events that tell of something wrong
     * @return never fails
     */
    @NonNull
    public CompletableFuture<Void> print(@NonNull EnvironmentSnapshot last, @NonNull List<Event> bad) {
        CompletableFuture<HealthCauses> reading;
        synchronized (this) {
            bad.forEach(event -> add(PlainText.line(event.message())));
            if (left || last.ended()) {
                return CompletableFuture.completedFuture(null);
            }
            reading = HealthCauses.read(in.session(), last);
            health = reading;
        }
        Scheduler.Task alarm = in.scheduler().schedule(LONGEST, () -> reading.complete(HealthCauses.NONE));
        boolean reported = in.journal().isExplained();
        return reading.handle((seen, failure) -> {
                    alarm.cancel();
                    return explain(last, bad, seen == null ? HealthCauses.NONE : seen, failure, reported);
                })
                .thenCompose(done -> done)
                .thenRun(this::mark);
    }

    private synchronized CompletableFuture<Void> explain(
            EnvironmentSnapshot last, List<Event> bad, HealthCauses seen, Throwable failure, boolean reported) {
        seen.causes().forEach(this::add);
        List<InstanceHealth> unwell = seen.unwell();
        List<String> inWords = InstanceHealth.inWords(unwell.subList(0, Math.min(INSTANCES, unwell.size())));
        inWords.forEach(this::add);
        if (left || reported) {
            return CompletableFuture.completedFuture(null);
        }
        if (failure != null) {
            in.console()
                    .line("The causes of the health cannot be read: "
                            + AwsCallException.unwrap(failure).getMessage());
        }
        if (!seen.environment().isEmpty()) {
            in.console().line(last.name() + " is " + seen.environment());
        }
        inWords.forEach(in.console()::line);
        if (unwell.size() > INSTANCES) {
            in.console().line("and " + (unwell.size() - INSTANCES) + " more unhealthy instances");
        }
        if (!logs) {
            return CompletableFuture.completedFuture(null);
        }
        tail = new LogTail(in, last, suspects(bad, unwell));
        return tail.print();
    }

    /** Whose logs may say why: the instances that AWS names in what went wrong, else those that are not well. */
    private static List<String> suspects(List<Event> bad, List<InstanceHealth> unwell) {
        List<String> named = bad.stream()
                .flatMap(event -> event.instances().stream())
                .distinct()
                .toList();
        List<String> all =
                named.isEmpty() ? unwell.stream().map(InstanceHealth::id).toList() : named;
        return all.subList(0, Math.min(LogTail.INSTANCES, all.size()));
    }

    private synchronized void mark() {
        if (left) {
            return;
        }
        in.console().flush();
        in.journal().explained();
    }

    private void add(String cause) {
        if (causes.size() < CAUSES && !cause.isEmpty()) {
            causes.add(cause);
        }
    }

    /** What was found, each in a sentence. */
    @NonNull
    public synchronized List<String> causes() {
        return new ArrayList<>(causes);
    }

    /** Nobody waits for it any more: nothing further is looked for or told. */
    public synchronized void leave() {
        left = true;
        if (health != null) {
            health.complete(HealthCauses.NONE);
        }
        if (tail != null) {
            tail.leave();
        }
    }
}
