package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.failure.FailureReport;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Reporting;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reports what happens to an environment: its events, each once and in order, also over a restart. They are read for as long as it goes
 * on, and less often while there are none.
 */
abstract class EventLog implements ProgressLog<EnvironmentSnapshot> {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    protected final Reporting in;
    protected final FailureReport report;
    /** What the events are of. */
    private final String subject;
    /** Has the environment looked at again in the light of what was reported. */
    private volatile Runnable reconsider = () -> {};

    private int reportedBefore;
    private int reported;
    private Duration interval = SHORTEST;
    private Scheduler.Task alarm = () -> {};
    /** Done unless events are being read. */
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    private boolean over;
    private boolean abandoned;
    private boolean troubleReported;

    EventLog(Reporting in, boolean logs, String subject) {
        this.in = in;
        this.report = new FailureReport(in, logs);
        this.subject = subject;
        this.reportedBefore = in.journal().events();
    }

    /** @param again has the environment looked at again */
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
    }

    protected final void reconsider() {
        reconsider.run();
    }

    /** Null as long as it is not known which events. */
    @CheckForNull
    protected abstract EventReader reader();

    /** Takes an event; false if it is not to be reported. */
    protected abstract boolean take(@NonNull Event event);

    /** All events were taken that AWS had at some moment. */
    protected void read(@NonNull Moment at) {}

    /** AWS does not return them. */
    protected void unread(@NonNull AwsCallException why) {}

    /** There are no further events for now. */
    protected void noNews() {}

    /** Whether it is to be {@linkplain #reconsider reconsidered}. */
    protected abstract boolean isNews(boolean events);

    protected final boolean isOver() {
        return over;
    }

    protected final synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** Something has happened. */
    protected final synchronized void readSoon() {
        interval = SHORTEST;
        readIn(Duration.ZERO);
    }

    private synchronized void readAgain() {
        readIn(interval);
    }

    private synchronized void readIn(Duration wait) {
        if (reading.isDone() && !over) {
            alarm.cancel();
            alarm = in.scheduler().schedule(wait, this::readOn);
        }
    }

    private void readOn() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (!reading.isDone() || over) {
                return;
            }
            if (reader() == null) {
                noNews();
                return;
            }
            reading = done;
        }
        read(false).thenAccept(news -> {
            done.complete(null); // what is told of the end may wait for this
            readAgain();
            if (news) {
                reconsider.run();
            }
        });
    }

    /** @return whether there is news */
    private CompletableFuture<Boolean> read(boolean last) {
        EventReader next;
        synchronized (this) {
            next = reader();
        }
        if (next == null) {
            return CompletableFuture.completedFuture(false);
        }
        Moment asked = in.scheduler().moment();
        return next.next(last).handle((events, failure) -> {
            synchronized (this) {
                if (abandoned) {
                    return false;
                }
                if (failure == null) {
                    report(events);
                    read(asked);
                } else if (!over || last) {
                    reportTrouble(failure);
                }
                if (!over && (failure != null || events.isEmpty())) {
                    noNews();
                }
                return isNews(failure == null && !events.isEmpty());
            }
        });
    }

    private void report(List<Event> events) {
        for (Event event : events) {
            if (take(event) && ++reported > reportedBefore) {
                in.console().line(event.inWords());
            }
        }
        if (events.isEmpty()) {
            Duration longer = interval.multipliedBy(3).dividedBy(2);
            interval = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        } else {
            interval = SHORTEST;
        }
        if (reported > reportedBefore) {
            in.console().flush();
            reportedBefore = reported;
            in.journal().events(reported);
        }
    }

    private void reportTrouble(Throwable failure) {
        AwsCallException why = AwsCallException.of(EventReader.ACTION, "the " + subject, failure);
        unread(why);
        interval = LONGEST;
        if (!troubleReported) {
            troubleReported = true;
            in.console().line("The events of the " + subject + " cannot be read: " + why.getMessage());
        }
    }

    /** Reports what there is yet, as it has ended. */
    protected final CompletableFuture<Void> readRest() {
        CompletableFuture<Void> before;
        synchronized (this) {
            close();
            before = reading;
        }
        return before.thenCompose(done -> read(true)).thenAccept(news -> {});
    }

    /** The last line. */
    protected final synchronized void end(@NonNull String line) {
        if (!abandoned) {
            in.console().line(line);
            in.console().flush();
        }
    }

    private void close() {
        over = true;
        alarm.cancel();
    }

    @Override
    public final synchronized void abandon() {
        abandoned = true;
        close();
        report.leave();
    }
}
