package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.failure.FailureReport;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedStart;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reports what somebody else does with an environment: the events of the first update that begins since, as nobody says which call it is. It
 * is over once they say that it has ended, and nothing is being done to the environment, or what is was begun after that.
 */
public final class FollowedEnvironment implements ProgressLog<EnvironmentSnapshot> {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Following at;
    private final Scheduler scheduler;
    private final UpdateJournal journal;
    private final FailureReport report;
    private final List<Event> bad = new ArrayList<>();
    private final int reportedBefore;
    private int reported;
    private EventReader reader;
    private Duration interval = SHORTEST;
    private Scheduler.Task alarm = () -> {};
    /** Done unless events are being read. */
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    /** The call that the first update since comes of; null until it has begun. */
    private String request;
    /** Whether that update is through, as far as the events go. */
    private boolean through;

    private Runnable overtaken = () -> {};
    /** Whether the next one has begun. */
    private boolean isOvertaken;

    private boolean over;
    private boolean abandoned;
    private boolean troubleReported;

    private FollowedEnvironment(Following at, Scheduler scheduler) {
        this.at = at;
        this.scheduler = scheduler;
        this.journal = UpdateJournal.of(at.journal());
        this.report = new FailureReport(at.session(), scheduler, at.console(), at.journal(), false);
        this.reportedBefore = journal.events();
    }

    /** @param environment its name, which is unique in its account and region */
    @NonNull
    public static RemoteJob<EnvironmentSnapshot> follow(
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull Following at,
            @NonNull String environment) {
        FollowedEnvironment followed = new FollowedEnvironment(at, scheduler);
        RemoteJob<EnvironmentSnapshot> job = new RemoteJob<>(
                at.session(),
                new EnvironmentService(),
                followed,
                at.console(),
                new FollowedEnd<>(at.over()),
                scheduler,
                watcher,
                (now, stopping) ->
                        (now.ready() || followed.isOvertaken()) && at.ended().getAsBoolean());
        followed.listen(job::reconsider);
        job.start(new FollowedStart(
                at,
                scheduler,
                EnvironmentService.DESCRIBE,
                "environment '" + environment + "'",
                () -> followed.find(environment)));
        return job;
    }

    /** What was found before a restart may have been terminated since: its name leads to none then, or to another one. */
    private Optional<String> find(String environment) {
        String known = journal.environment();
        return known == null ? ApplicationEnvironments.id(at.session(), environment) : Optional.of(known);
    }

    private synchronized void listen(Runnable run) {
        overtaken = run;
    }

    /** To be run under no lock. */
    private synchronized Runnable next() {
        return isOvertaken && !over ? overtaken : () -> {};
    }

    private synchronized boolean isOvertaken() {
        return isOvertaken;
    }

    /** Whether an event is of the update that is reported: those of no call, such as of health, are while it goes on. */
    private boolean isOurs(Event event) {
        boolean other = !Objects.equals(event.requestId(), request);
        if (request == null && event.start()) {
            request = String.valueOf(event.requestId());
            return true;
        }
        isOvertaken |= through && other && event.start();
        if (request == null || isOvertaken || other && event.requestId() != null) {
            return false;
        }
        through |= event.success() || event.failure();
        return true;
    }

    @Override
    public synchronized void observed(EnvironmentSnapshot now) {
        if (reader == null) {
            reader = EventReader.ofEnvironment(at.session(), now.id(), at.since());
            if (journal.environment() == null) {
                at.console()
                        .link(
                                "Watching " + now.name(),
                                AwsConsole.environment(at.session().region(), now.id()));
                at.console().flush();
                journal.environment(now.id());
            }
        }
        interval = SHORTEST;
        readIn(Duration.ZERO);
    }

    private void readIn(Duration wait) {
        if (reading.isDone() && !over) {
            alarm.cancel();
            alarm = scheduler.schedule(wait, this::readOn);
        }
    }

    private synchronized void readOn() {
        if (reading.isDone() && !over) {
            reading = read(false);
            reading.thenRun(this::again);
        }
    }

    private synchronized void again() {
        readIn(interval);
    }

    private CompletableFuture<Void> read(boolean urgent) {
        return reader.next(urgent).handle((events, failure) -> {
            report(events == null ? List.of() : events, failure);
            next().run();
            return null;
        });
    }

    private synchronized void report(List<Event> events, Throwable failure) {
        if (abandoned) {
            return;
        }
        Duration longer = interval.multipliedBy(3).dividedBy(2);
        interval = !events.isEmpty() ? SHORTEST : longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        for (Event event : events) {
            if (!isOurs(event)) {
                continue;
            }
            if (event.bad()) {
                bad.add(event);
            }
            if (++reported > reportedBefore) {
                at.console().line(event.inWords());
            }
        }
        if (reported > reportedBefore && !events.isEmpty()) {
            at.console().flush();
            journal.events(reported);
        }
        if (failure != null && !troubleReported) {
            troubleReported = true;
            at.console()
                    .line("The events of the environment cannot be read: "
                            + AwsCallException.of(EventReader.ACTION, "the environment", failure)
                                    .getMessage());
        }
    }

    @Override
    public CompletableFuture<Void> ended(EnvironmentSnapshot last) {
        CompletableFuture<Void> before;
        synchronized (this) {
            over = true;
            alarm.cancel();
            if (reader == null) {
                reader = EventReader.ofEnvironment(at.session(), last.id(), at.since());
            }
            before = reading;
        }
        return before.thenCompose(done -> read(true))
                .thenCompose(done -> {
                    List<Event> seen;
                    synchronized (this) {
                        seen = List.copyOf(bad);
                    }
                    return seen.isEmpty() ? CompletableFuture.completedFuture(null) : report.tell(last, seen);
                })
                .thenRun(() -> end(last));
    }

    private synchronized void end(EnvironmentSnapshot last) {
        if (!abandoned) {
            at.console()
                    .line(
                            last.ended()
                                    ? last.name() + " was terminated"
                                    : isOvertaken
                                            ? "Somebody else has begun to change " + last.name() + " since"
                                            : last.name() + " runs " + last.versionLabel() + " and is "
                                                    + last.healthInWords());
            at.console().flush();
        }
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        over = true;
        alarm.cancel();
        report.leave();
    }
}
