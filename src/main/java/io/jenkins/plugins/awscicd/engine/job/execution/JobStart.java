package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Listeners;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** A step's way to its job: once connected, it starts it, or picks up the one that was started before. */
final class JobStart<S extends Snapshot> {

    private final JobHost<S> host;
    private final JobState<S> state;
    private final JobExecution.Settings settings;
    private final JobConclusion<S> conclusion;
    private final JobConsole console;
    private final JobJournal journal;
    private final Runnable endJob;
    private Scheduler.Task upload = () -> {};

    /** @param endJob ends the job for an abort that came when there was none */
    JobStart(
            @NonNull JobHost<S> host,
            @NonNull JobState<S> state,
            @NonNull JobExecution.Settings settings,
            @NonNull JobConclusion<S> conclusion,
            @NonNull JobConsole console,
            @NonNull JobJournal journal,
            @NonNull Runnable endJob) {
        this.host = host;
        this.state = state;
        this.settings = settings;
        this.conclusion = conclusion;
        this.console = console;
        this.journal = journal;
        this.endJob = endJob;
    }

    /** Connected: goes on from where the step is. On a thread for what blocks. */
    void connected(@NonNull AwsSession session) {
        if (!state.connected(session)) {
            session.close();
            return;
        }
        try {
            host.connected(session);
            String known = state.id();
            if (known == null
                    && (!state.isUnwanted() || stopsFollowed())
                    && !journal.isAdmitted()) { // begun before a restart, it was let in then
                host.admit();
                journal.admitted();
            }
            PreparedJob<S> job = host.prepare(new Connected<>(session, console, journal, new HostListener()));
            boolean unwanted = state.prepared(job);
            if (!state.isUnderWay()) {
                job.job().abandon();
                return;
            }
            if (unwanted) {
                endJob.run();
            }
            if (known != null) {
                keep(known);
                job.job().resume(known);
            } else if (unwanted && !(state.mayBeThere() && settings.stopsOnAbort())) {
                conclusion.failed(beforeStart());
            } else if (state.isOver()) {
                launch(job); // only to find what is to be stopped
            } else {
                host.afterSave(() -> launch(job));
            }
        } catch (IOException | RuntimeException | Error e) {
            cannotGoOn(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cannotGoOn(e);
        }
    }

    private void cannotGoOn(Throwable why) {
        String known = state.now();
        if (known != null && !host.isClosing()) {
            console.line("This step can no longer follow " + known + ", which continues in AWS");
        }
        failed(why);
    }

    /** Whether the job is to be stopped that the step was to follow: guards are asked about that too. */
    private boolean stopsFollowed() {
        return state.isUnwanted() && settings.stopsOnAbort() && settings.followed() != null;
    }

    /** The abort is what the step ends with, or its timeout: why it has stopped nothing is said beside it. */
    private void failed(Throwable why) {
        boolean isSaid = why instanceof CancellationException; // nobody waits any longer
        if (state.isUnwanted() && settings.stopsOnAbort() && state.id() == null && !isSaid && !host.isClosing()) {
            console.line((settings.followed() == null ? "" : "Not stopped: ")
                    + (why.getMessage() == null ? why : why.getMessage()));
        }
        conclusion.failed(why);
    }

    @NonNull
    static CancellationException beforeStart() {
        return new CancellationException("Aborted before it was started");
    }

    private void launch(PreparedJob<S> job) {
        if (!state.isUnderWay()) {
            return;
        }
        try {
            if (state.isUnwanted() || !job.uploads()) { // what is not wanted needs no files: it is only looked for
                start(job);
                return;
            }
            Scheduler.Task uploading = host.upload(() -> upload(job), why -> notUploaded(job, why));
            synchronized (this) {
                upload = uploading;
            }
            if (state.isUnwanted() || !state.isUnderWay()) {
                uploading.cancel();
            }
        } catch (RuntimeException | Error e) {
            conclusion.failed(e);
        }
    }

    private void upload(PreparedJob<S> job) throws IOException, InterruptedException {
        Optional<String> known = state.isAgain() ? job.startedBefore() : Optional.empty();
        if (known.isPresent()) {
            journal.started(known.get());
            keep(known.get());
            job.job().resume(known.get());
        } else {
            job.upload();
            start(job);
        }
    }

    private void notUploaded(PreparedJob<S> job, Throwable why) {
        if (state.isAgain() && state.isUnwanted() && settings.stopsOnAbort()) {
            start(job); // what was started before the restart may not have been found yet
        } else if (!state.isStarted()) {
            conclusion.failed(why);
        }
    }

    /** The files are not needed any more. */
    void cancelUpload() {
        Scheduler.Task uploading;
        synchronized (this) {
            uploading = upload;
        }
        uploading.cancel();
    }

    private void start(PreparedJob<S> job) {
        if (!state.start()) {
            return;
        }
        CompletableFuture<? extends JobResult> instead;
        try {
            instead = job.start(state.isAgain());
        } catch (RuntimeException | Error e) {
            conclusion.failed(e);
            return;
        }
        if (instead != null) {
            instead.whenComplete((result, failure) -> {
                if (failure == null) {
                    conclusion.done(result);
                } else {
                    conclusion.failed(AwsCallException.unwrap(failure));
                }
            });
        }
    }

    /** AWS has started the job. What starting it took is forgotten after the id is known, never before. */
    private void keep(String id) {
        state.id(id);
        if (!state.isOver()) {
            Listeners.call(id, () -> host.started(id));
        }
    }

    private final class HostListener implements JobListener<S> {

        @Override
        public void started(String id) {
            journal.started(id);
            keep(id);
        }

        @Override
        public void replaced(String id) {
            journal.replaced(id);
            state.now(id);
        }

        @Override
        public void observed(S now) {
            if (!state.isOver()) {
                host.observed(now);
            }
        }

        @Override
        public Duration usual() {
            return host.usual();
        }

        @Override
        public void ended(List<S> jobs) {
            conclusion.ended(jobs);
        }

        @Override
        public void failed(RuntimeException why) {
            JobStart.this.failed(why);
        }
    }
}
