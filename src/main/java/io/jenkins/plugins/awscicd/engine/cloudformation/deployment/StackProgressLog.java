package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.Course;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.Shown;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Tells what AWS does to a stack and to those nested in it: little while all is well, and all that fails, down to what came first. The
 * stack itself is seen by the watcher; its events are looked up from here.
 */
final class StackProgressLog implements ProgressLog<StackSnapshot> {

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** The events come a little later than the status, if at all. */
    private static final int LAST_LOOKS = 5;

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final StackJournal journal;
    private final StackLines lines;
    private final Shown shown;
    private final ConfirmedEnd confirmedEnd;
    private final Instant since;
    private final Map<String, EventReader> readers = new LinkedHashMap<>();
    private final Moment begin;

    private Course course;
    private StackSnapshot latest;
    private Scheduler.Task alarm = () -> {};
    private Duration interval = SHORTEST;
    private boolean looking;
    private boolean areShown = true;
    private boolean troubleReported;
    private boolean announced;
    private boolean abandoned;
    /** It has ended: a look that is under way is the last. */
    private boolean over;

    private Runnable overtaken = () -> {};

    StackProgressLog(
            AwsSession session, Scheduler scheduler, JobConsole console, StackJournal journal, StackLines lines) {
        this(session, scheduler, console, journal, lines, null);
    }

    /** @param since when somebody else has begun what is told, by AWS's clock; null if it is this step's */
    StackProgressLog(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            StackJournal journal,
            StackLines lines,
            @CheckForNull Instant since) {
        this.since = since;
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = journal;
        this.lines = lines;
        this.shown = new Shown(journal.shown());
        this.confirmedEnd = new ConfirmedEnd(scheduler, journal);
        this.announced = since != null || !journal.shown().isEmpty();
        this.begin = scheduler.moment();
    }

    /** @param run when somebody else is seen to have begun something after ours has ended */
    synchronized void listen(@NonNull Runnable run) {
        overtaken = run;
    }

    /** Whether ours has ended, whatever the stack is in now. */
    synchronized boolean isOvertaken() {
        return course != null && course.isOvertaken();
    }

    /** The stack as it is seen, or as one that may be older than what was begun. */
    @NonNull
    synchronized StackSnapshot judged(@NonNull StackSnapshot now) {
        String end = course == null ? "" : course.end();
        boolean isConfirmed = isOvertaken() || confirmedEnd.isConfirmed(now, end, areShown);
        return isConfirmed ? now : now.unconfirmed();
    }

    /** The stack as what was begun has left it. */
    @NonNull
    synchronized StackSnapshot own(@NonNull StackSnapshot last) {
        return course != null && course.isOvertaken() ? last.withStatus(course.end()) : last;
    }

    /** Why it is unknown what has come of what was begun; null if it is known. Without its events, a stack shows what was done last. */
    @CheckForNull
    synchronized String unknown(@NonNull StackSnapshot last) {
        String own = journal.changeSet();
        boolean isOthers = !own.isEmpty()
                && !last.changeSet().isEmpty()
                && !last.changeSet().equals(own);
        boolean isGone = last.status().equals("DELETE_COMPLETE") && !StackLines.isSuccess(lines.aim(), last.status());
        return areShown || !isOthers && !isGone
                ? null
                : "it is unknown whether the change succeeded: "
                        + (isGone ? "the stack was deleted" : "somebody else has changed the stack")
                        + " since, and its events, which would tell, cannot be read; allow " + EventReader.ACTION;
    }

    /** What has failed first; empty if nothing has, or it is not known. */
    @NonNull
    synchronized String cause() {
        return course == null ? "" : course.cause();
    }

    @Override
    public synchronized void observed(@NonNull StackSnapshot now) {
        if (journal.isAtRest()) {
            return;
        }
        if (course == null) {
            course = new Course(now.id(), since == null ? journal.token() : null);
            readers.put("", new EventReader(session, now.id(), journal.before(), since == null ? Instant.MIN : since));
        }
        latest = now;
        if (!announced && now.isConfirmed()) {
            announced = true;
            console.link(lines.begin(now), AwsConsole.stack(session.region(), now.id()));
        }
        interval = SHORTEST;
        lookIn(Duration.ZERO);
    }

    @Override
    public synchronized String running(StackSnapshot now, Instant at) {
        return course == null ? "" : lines.progress(course, begin.until(scheduler.moment()), scheduler.moment());
    }

    private void lookIn(Duration wait) {
        if (!looking && !abandoned && !over) {
            alarm.cancel();
            alarm = scheduler.schedule(wait, this::look);
        }
    }

    private void look() {
        synchronized (this) {
            if (looking || abandoned || latest == null) {
                return;
            }
            looking = true;
        }
        read(false).whenComplete((news, failure) -> {
            Runnable told = () -> {};
            synchronized (this) {
                looking = false;
                if (abandoned) {
                    return;
                }
                if (failure != null) {
                    reportTrouble(failure);
                } else if (Boolean.TRUE.equals(news)) {
                    interval = SHORTEST;
                } else {
                    Duration longer = interval.multipliedBy(3).dividedBy(2);
                    interval = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
                }
                if (course.isOvertaken()) {
                    told = overtaken;
                } else {
                    lookIn(interval);
                }
            }
            told.run();
        });
    }

    /** Reads and tells what is new of the stack, and then of those nested in it; gives whether there was anything. */
    private CompletableFuture<Boolean> read(boolean urgent) {
        return read("", urgent).thenCompose(news -> nested(0, news, urgent));
    }

    private CompletableFuture<Boolean> nested(int index, boolean news, boolean urgent) {
        List<Course.Nested> nested;
        synchronized (this) {
            nested = course.nested();
        }
        if (index >= nested.size()) {
            return CompletableFuture.completedFuture(news);
        }
        Course.Nested next = nested.get(index);
        synchronized (this) {
            readers.computeIfAbsent(next.path(), path -> new EventReader(session, next.stackId(), "", next.since()));
        }
        return read(next.path(), urgent).thenCompose(more -> nested(index + 1, news || more, urgent));
    }

    private CompletableFuture<Boolean> read(String path, boolean urgent) {
        EventReader reader;
        synchronized (this) {
            reader = readers.get(path);
        }
        return reader.next(urgent).thenApply(events -> {
            synchronized (this) {
                return !abandoned && report(path, events);
            }
        });
    }

    private boolean report(String path, List<StackEvent> events) {
        for (StackEvent event : events) {
            String line = course.take(path, event, scheduler.moment());
            if (line != null && shown.isNew(event)) {
                console.line(line);
            }
        }
        if (events.isEmpty()) {
            return false;
        }
        events.forEach(shown::add);
        console.flush(); // what was told is made to outlive this process before it counts as told
        journal.shown(shown.toString());
        return true;
    }

    private void reportTrouble(Throwable failure) {
        interval = LONGEST;
        if (AwsFault.of(AwsCallException.unwrap(failure)) == AwsFault.DENIED) {
            areShown = false;
        }
        if (!troubleReported) {
            troubleReported = true;
            console.line("The stack's events cannot be read: "
                    + AwsCallException.of(EventReader.ACTION, "the stack", failure)
                            .getMessage());
        }
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull StackSnapshot last) {
        synchronized (this) {
            alarm.cancel();
            if (journal.isAtRest()) {
                return CompletableFuture.completedFuture(null);
            }
            observed(last);
            over = true;
            alarm.cancel();
        }
        return rest(last, 1).handle((done, failure) -> {
            synchronized (this) {
                if (!abandoned) {
                    if (failure != null) {
                        reportTrouble(failure);
                    }
                    lines.end(own(last), course, begin.until(scheduler.moment()))
                            .forEach(console::line);
                    console.flush();
                }
            }
            return null;
        });
    }

    private CompletableFuture<Void> rest(StackSnapshot last, int looks) {
        return read(true).thenCompose(news -> {
            synchronized (this) {
                if (abandoned || looks >= LAST_LOOKS || course.hasSeen(last)) {
                    return CompletableFuture.completedFuture(null);
                }
            }
            return scheduler.pause(Duration.ofSeconds(1)).thenCompose(it -> rest(last, looks + 1));
        });
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        alarm.cancel();
    }
}
