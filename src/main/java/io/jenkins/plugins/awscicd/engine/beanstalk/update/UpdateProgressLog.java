package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.failure.FailureReport;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tells what becomes of an update of an environment: its events, each once and in order. What they say decides, together with the
 * environment itself, when the update is over.
 */
public final class UpdateProgressLog implements ProgressLog<EnvironmentSnapshot> {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final UpdateJournal journal;
    private final Course course;
    private final FailureReport report;
    /** Has the environment looked at again in the light of what was told. */
    private volatile Runnable reconsider = () -> {};

    private EventReader reader;
    private int reportedBefore;
    private int reported;
    /** What the health was when nothing was being done; empty before. */
    private String healthBefore = "";
    /** How the environment is now, to be told after the events that led there; empty if there is nothing new. */
    private String healthNews = "";

    private Duration interval = SHORTEST;
    private Scheduler.Task alarm = () -> {};
    /** Done unless events are being read. */
    private CompletableFuture<?> reading = CompletableFuture.completedFuture(null);

    private boolean announced;
    private boolean over;
    private boolean abandoned;
    private String endReported = "";
    private boolean troubleReported;

    public UpdateProgressLog(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            Journal journal,
            Course course,
            FailureReport report) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = UpdateJournal.of(journal);
        this.course = course;
        this.report = report;
        reportedBefore = this.journal.events();
    }

    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        course.looked(now, scheduler.moment());
    }

    @Override
    public synchronized void observed(@NonNull EnvironmentSnapshot now) {
        announce(now);
        String health = now.health().equals("Green") ? now.health() : now.healthInWords(); // Ok or Info: it is well
        boolean known = now.ready() && !now.hasNoHealthYet();
        if (!healthBefore.isEmpty() && !health.equals(healthBefore) && known) {
            healthNews = now.name() + " is " + now.healthInWords();
        }
        if (healthBefore.isEmpty() || known) {
            healthBefore = health;
        }
        interval = SHORTEST;
        readIn(Duration.ZERO);
    }

    /** Once: what was told before a restart began with it. */
    private void announce(EnvironmentSnapshot now) {
        if (announced) {
            return;
        }
        announced = true;
        if (journal.events() == 0) {
            String before = journal.previous();
            console.link(
                    "Deploying " + journal.label() + " to " + now.name()
                            + (before.isEmpty() ? "" : ", which runs " + before),
                    AwsConsole.environment(session.region(), now.id()));
        }
    }

    private synchronized void readIn(Duration wait) {
        if (reading.isDone() && !over) {
            alarm.cancel();
            alarm = scheduler.schedule(wait, this::read);
        }
    }

    private void read() {
        EventReader next;
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            next = reader();
            if (!reading.isDone() || over) {
                return;
            }
            if (next == null) {
                tellHealth();
                return;
            }
            reading = done;
        }
        Moment asked = scheduler.moment();
        next.next(false).whenComplete((events, failure) -> {
            synchronized (this) {
                if (abandoned) {
                    return;
                }
                if (failure == null) {
                    tell(events);
                    course.read(asked);
                } else if (!over) {
                    tellTrouble(failure);
                }
                if (!over && (failure != null || events.isEmpty())) {
                    tellHealth();
                }
                done.complete(null); // what is told of the end may wait for this
                readIn(interval);
            }
            if (failure == null && !events.isEmpty()) {
                reconsider.run();
            }
        });
    }

    /** Known from the moment at which the update was asked for. */
    @CheckForNull
    private EventReader reader() {
        String request = reader == null ? journal.request() : null;
        if (request != null) {
            reader = new EventReader(session, request);
        }
        return reader;
    }

    private synchronized void tell(List<Event> events) {
        for (Event event : events) {
            course.reported(event);
            if (++reported > reportedBefore) {
                console.line(event.inWords());
            }
        }
        if (events.isEmpty()) {
            Duration longer = interval.multipliedBy(3).dividedBy(2);
            interval = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        } else {
            interval = SHORTEST;
            console.flush();
            reportedBefore = Math.max(reportedBefore, reported);
            journal.events(reportedBefore);
        }
    }

    /** Not at the end: how the environment is then, is said by the last line. */
    private synchronized void tellHealth() {
        if (!healthNews.isEmpty()) {
            console.line(healthNews);
            console.flush();
            healthNews = "";
        }
    }

    private void tellTrouble(Throwable failure) {
        AwsCallException why = AwsCallException.of(EventReader.ACTION, "the update in " + session.region(), failure);
        course.unread(why);
        interval = LONGEST;
        if (!troubleReported) {
            troubleReported = true;
            console.line("The events of the update cannot be read: " + why.getMessage());
        }
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull EnvironmentSnapshot last) {
        CompletableFuture<?> before;
        synchronized (this) {
            close();
            before = reading;
        }
        return before.thenCompose(done -> tellRest())
                .thenCompose(done -> lookForNewer(last))
                .thenCompose(done -> course.cause(last) == null
                        ? CompletableFuture.completedFuture(null)
                        : report.tell(last, course.bad()))
                .thenRun(() -> tellEnd(last));
    }

    /** Whether it is somebody else's update that has brought another version. */
    private CompletableFuture<Void> lookForNewer(EnvironmentSnapshot last) {
        String request = journal.request();
        if (request == null || last.ended() || !course.isOdd(last)) {
            return CompletableFuture.completedFuture(null);
        }
        return EventReader.sinceInLane(session, last.id(), request).handle((since, failure) -> {
            course.since(failure == null ? since : EventReader.Since.UNKNOWN);
            return null;
        });
    }

    private CompletableFuture<Void> tellRest() {
        EventReader rest;
        synchronized (this) {
            rest = reader();
        }
        Moment asked = scheduler.moment();
        CompletableFuture<List<Event>> events =
                rest == null ? CompletableFuture.completedFuture(List.of()) : rest.next(true);
        return events.handle((more, failure) -> {
            synchronized (this) {
                if (failure == null) {
                    tell(more);
                    if (rest != null) {
                        course.read(asked);
                    }
                } else {
                    tellTrouble(failure);
                }
            }
            return null;
        });
    }

    /** Once, although an end is told again if an abort comes while it is. */
    private synchronized void tellEnd(EnvironmentSnapshot last) {
        String cause = course.cause(last);
        String runs = last.name() + " runs " + last.versionLabel() + " and is " + last.healthInWords();
        String line = cause != null
                ? last.name() + ": " + cause
                : course.replaced(last) ? "Deployed; by another update since, " + runs : runs;
        if (!abandoned && !line.equals(endReported)) {
            endReported = line;
            console.line(cause != null ? line : line + took());
            console.flush();
        }
    }

    /** How long it is since AWS was asked, such as {@code " after 2 min 5 s"}. */
    private String took() {
        Instant asked = journal.asked();
        return asked == null
                ? ""
                : " after "
                        + Durations.inWords(
                                Duration.between(asked, session.time().now()));
    }

    private void close() {
        over = true;
        alarm.cancel();
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        close();
        report.leave();
    }
}
