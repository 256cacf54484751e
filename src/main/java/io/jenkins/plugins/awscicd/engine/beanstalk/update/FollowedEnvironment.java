package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Reporting;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedStart;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reports what somebody else does with an environment: the events of the first update that begins since, as nobody says which call it is. It
 * is over once they say that it has ended, and nothing is being done to the environment, or what is was begun after that.
 */
public final class FollowedEnvironment extends EventLog {

    private final Following at;
    private final List<Event> bad = new ArrayList<>();
    private EventReader reader;

    /** The call that the first update since comes of; null until it has begun. */
    private String request;
    /** Whether that update is through, as far as the events go. */
    private boolean through;
    /** Whether the next one has begun. */
    private boolean isOvertaken;

    private FollowedEnvironment(Following at, Scheduler scheduler) {
        super(
                new Reporting(at.session(), scheduler, at.console(), UpdateJournal.of(at.journal())),
                false,
                "environment");
        this.at = at;
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
        followed.reconsider(job::reconsider);
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
        String known = in.journal().environment();
        return known == null ? ApplicationEnvironments.id(at.session(), environment) : Optional.of(known);
    }

    private synchronized boolean isOvertaken() {
        return isOvertaken;
    }

    @Override
    protected synchronized EventReader reader() {
        return reader;
    }

    private synchronized void readFrom(String environmentId) {
        if (reader == null) {
            reader = EventReader.ofEnvironment(at.session(), environmentId, at.since());
        }
    }

    /** Only events of the update that is reported: those of no call, such as of health, are while it goes on. */
    @Override
    protected boolean take(Event event) {
        boolean other = !Objects.equals(event.requestId(), request);
        if (request == null && event.start()) {
            request = String.valueOf(event.requestId());
            other = false;
        }
        isOvertaken |= through && other && event.start();
        if (request == null || isOvertaken || other && event.requestId() != null) {
            return false;
        }
        through |= event.success() || event.failure();
        if (event.bad()) {
            bad.add(event);
        }
        return true;
    }

    @Override
    protected boolean isNews(boolean events) {
        return isOvertaken && !isOver();
    }

    @Override
    public synchronized void observed(EnvironmentSnapshot now) {
        readFrom(now.id());
        if (in.journal().environment() == null) {
            at.console()
                    .link(
                            "Watching " + now.name(),
                            AwsConsole.environment(at.session().region(), now.id()));
            at.console().flush();
            in.journal().environment(now.id());
        }
        readSoon();
    }

    @Override
    public CompletableFuture<Void> ended(EnvironmentSnapshot last) {
        readFrom(last.id());
        return readRest()
                .thenCompose(done -> explain(last))
                .thenRun(() -> end(
                        last.ended()
                                ? last.name() + " was terminated"
                                : isOvertaken()
                                        ? "Somebody else has begun to change " + last.name() + " since"
                                        : last.name() + " runs " + last.versionLabel() + " and is "
                                                + last.healthInWords()));
    }

    private synchronized CompletableFuture<Void> explain(EnvironmentSnapshot last) {
        return bad.isEmpty() ? CompletableFuture.completedFuture(null) : report.print(last, List.copyOf(bad));
    }
}
