package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Observer;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentResponse;

/**
 * Has an environment updated to a version, exactly once, as soon as nothing else is being done to it
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html">UpdateEnvironment</a>). The call has
 * no token: when one may have been carried out unheard, the environment's events tell.
 */
final class EnvironmentUpdate implements RemoteJob.Starter {

    private static final String ACTION = "elasticbeanstalk:UpdateEnvironment";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Clocks may differ by this much. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** The environment is not Ready. */
    private static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient EnvironmentSnapshot environment;

        Busy(EnvironmentSnapshot environment) {
            super(environment.name() + " is " + environment.status());
            this.environment = environment;
        }
    }

    private final AwsSession session;
    private final Scheduler scheduler;
    private final Watcher watcher;
    private final EnvironmentService service;
    private final BeanstalkRequest request;
    private final ApplicationVersions versions;
    private final Journal journal;
    private final JobConsole console;
    private final Gate gate;
    private final Serial serial;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    private BooleanSupplier wanted = () -> true;
    private Watcher.Handle busy;
    private String label;
    private boolean calling;
    /** Whether the gate was passed, once and for all. */
    private boolean passed;

    /**
     * @param journal knows whether it was asked for already, before a restart
     * @param gate asked before the environment is updated
     */
    EnvironmentUpdate(
            AwsSession session,
            Scheduler scheduler,
            Watcher watcher,
            EnvironmentService service,
            BeanstalkRequest request,
            ApplicationVersions versions,
            Journal journal,
            JobConsole console,
            Gate gate) {
        this.session = session;
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.service = service;
        this.request = request;
        this.versions = versions;
        this.journal = journal;
        this.console = console;
        this.gate = gate;
        this.serial = new Serial(scheduler::execute);
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        started.whenComplete((id, failure) -> serial.execute(this::leave));
        String made = journal.read().get(Marks.LABEL); // before a restart
        (made == null ? versions.ready() : CompletableFuture.completedFuture(made))
                .whenComplete((ready, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        label = ready;
                        journal.write(Map.of(Marks.LABEL, ready));
                        attempt();
                    } else {
                        started.completeExceptionally(AwsCallException.unwrap(failure));
                    }
                }));
        return started;
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            if (!calling) { // a call that is under way may yet begin it
                started.completeExceptionally(aborted());
            }
        });
    }

    private static CancellationException aborted() {
        return new CancellationException("Aborted before the environment was updated");
    }

    private void leave() {
        if (busy != null) {
            busy.forget();
            busy = null;
        }
    }

    private void attempt() {
        if (calling || started.isDone()) {
            return;
        }
        leave();
        calling = true;
        session.call(ACTION, PATIENCE, this::hiccup, this::update)
                .whenComplete((id, failure) -> serial.execute(() -> {
                    calling = false;
                    if (failure == null) {
                        started.complete(id);
                    } else {
                        refused(AwsCallException.unwrap(failure));
                    }
                }));
    }

    private void refused(Throwable why) {
        if (why instanceof Busy && !wanted.getAsBoolean()) {
            started.completeExceptionally(aborted());
        } else if (why instanceof Busy now && request.failsWhenBusy()) {
            started.completeExceptionally(new IllegalArgumentException("whenBusy: " + now.getMessage()
                    + "; wait for it with whenBusy: 'wait', or try again when it is Ready"));
        } else if (why instanceof Busy now) {
            waitFor(now.environment);
        } else if (why instanceof CancellationException
                || why instanceof IllegalArgumentException
                || why instanceof Refused) {
            started.completeExceptionally(why);
        } else {
            started.completeExceptionally(AwsCallException.of(
                    ACTION,
                    "environment '" + request.environment() + "' of application '" + request.application() + "' in "
                            + session.region(),
                    why));
        }
    }

    private void waitFor(EnvironmentSnapshot environment) {
        console.line("Waiting for " + environment.name() + ", which is " + environment.status());
        busy = watcher.watch(session, service, environment.id(), new Observer<>() {
            @Override
            public void observed(EnvironmentSnapshot now) {
                if (now.ready() || now.ended()) {
                    serial.execute(EnvironmentUpdate.this::attempt);
                }
            }

            @Override
            public void lost(AwsCallException why) {
                serial.execute(() -> started.completeExceptionally(why));
            }

            @Override
            public void hiccup(AwsFault fault, Throwable failure) {
                // it only takes longer
            }
        });
    }

    /** Run by the lane, one attempt after the other. */
    private String update() {
        EnvironmentSnapshot now = find();
        String asked = journal.read().get(Marks.ASKED);
        if (asked != null) { // and the answer was not heard, or AWS refused
            String before = EventReader.requestOf(
                    session, now.id(), label, Instant.parse(asked).minus(MARGIN));
            if (before != null) {
                journal.write(Map.of(Marks.REQUEST, before));
                return now.id();
            }
        }
        if (!wanted.getAsBoolean()) {
            throw aborted();
        }
        if (!now.ready()) {
            throw new Busy(now);
        }
        if (!passed && asked == null) {
            gate.pass(request.application(), now.name(), label);
            passed = true;
        }
        journal.write(Map.of(
                Marks.PREVIOUS, now.versionLabel(), Marks.ASKED, scheduler.now().toString()));
        try {
            UpdateEnvironmentResponse answer = EnvironmentService.client(session)
                    .updateEnvironment(update -> update.environmentId(now.id()).versionLabel(label));
            journal.write(Map.of(Marks.REQUEST, answer.responseMetadata().requestId()));
            return now.id();
        } catch (ElasticBeanstalkException e) {
            if (String.valueOf(e.getMessage()).contains("Must be Ready")) {
                throw new Busy(find()); // somebody else was faster, or it was us
            }
            throw e;
        }
    }

    /** AWS shows nothing to those who may not see it. */
    private EnvironmentSnapshot find() {
        List<EnvironmentDescription> found = EnvironmentService.client(session)
                .describeEnvironments(
                        all -> all.applicationName(request.application()).environmentNames(request.environment()))
                .environments();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("environment: there is no environment '" + request.environment()
                    + "' of application '" + request.application() + "' in " + session.region()
                    + ", or these credentials may not see it; check both names, the region and the IAM action "
                    + EnvironmentService.DESCRIBE);
        }
        return EnvironmentSnapshot.of(found.get(0));
    }

    private void hiccup(AwsFault fault, Throwable failure) {
        if (fault != AwsFault.BUSY) {
            serial.execute(() -> console.line("Not updated yet, trying on: " + AwsCallException.said(failure)));
        }
    }
}
