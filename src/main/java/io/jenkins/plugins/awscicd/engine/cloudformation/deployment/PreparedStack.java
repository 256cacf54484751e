package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeTable;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.TemplateUpload;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.HeldTurn;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is to be done to a stack for a step, or was begun. */
public final class PreparedStack implements PreparedJob<StackSnapshot> {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final TurnQueue<String> queue;
    private final Connected<StackSnapshot> at;
    private final StackRequest request;
    private final Turn turn;
    private final Gate gate;
    private final Consent<StackResult> consent;
    private final WorkspaceSource files;
    private final StackJournal journal;
    private final StepCalls calls;
    private final StackProgressLog progressLog;
    private final SettingsLast settings;
    private final RemoteJob<StackSnapshot> job;
    private volatile StackRequest ready;
    private volatile ParameterValues values;
    private volatile Operation operation;

    PreparedStack(
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull TurnQueue<String> queue,
            @NonNull Connected<StackSnapshot> at,
            @NonNull StackRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull Consent<StackResult> consent,
            @NonNull WorkspaceSource files) {
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.queue = queue;
        this.at = at;
        this.request = request;
        this.turn = turn;
        this.gate = gate;
        this.consent = consent;
        this.files = files;
        this.journal = new StackJournal(at.journal(), token);
        String subject = request.stack().isEmpty() ? "the template" : "stack '" + request.stack() + "'";
        this.calls = new StepCalls(at.session(), scheduler, at.console(), subject);
        this.progressLog = new StackProgressLog(
                at.session(), scheduler, at.console(), journal, new StackLines(request.aim(), journal::changes));
        HeldTurn<StackSnapshot> held = new HeldTurn<>(queue);
        this.settings = new SettingsLast(progressLog, new StackSettings(calls, request), calls, journal);
        this.job = new RemoteJob<>(
                at.session(),
                new OwnStop(calls, journal, progressLog),
                held.of(settings),
                at.console(),
                held.of(at.listener()),
                scheduler,
                watcher,
                (now, stopping) -> now.ended() || journal.isAtRest() || progressLog.isOvertaken());
        progressLog.listen(job::reconsider);
        if (!journal.place().isEmpty()) {
            queue.resume(turn, Set.of(journal.place()));
        }
    }

    @Override
    public RemoteJob<StackSnapshot> job() {
        return job;
    }

    /** Also after a restart, when nothing is started any more, but settings may be changed. */
    @Override
    public void unwanted() {
        calls.wanted(() -> false);
    }

    /** What AWS has of it already need not be sent again: the agent may be gone by now. */
    @Override
    public boolean uploads() {
        return request.fromWorkspace() && journal.changeSet().isEmpty() && !journal.isBegun();
    }

    @Override
    public void upload() throws IOException, InterruptedException {
        TemplateUpload upload = new TemplateUpload(at.session(), scheduler, at.console(), request);
        values = upload.parameters(files.workspace());
        ready = upload.template(files.workspace(), files.uploads());
    }

    @Override
    public CompletableFuture<StackResult> start(boolean again) {
        StackRequest sent = ready == null ? request : ready;
        ParameterValues given = values == null ? request.parameters() : values;
        boolean isRead = ready != null || !request.fromWorkspace();
        if (!again) {
            request.doubts().forEach(at.console()::line);
        }
        ChangeSetCalls changeSets = new ChangeSetCalls(at.session(), sent, given, turn);
        if (request.aim() == Aim.VALIDATE) {
            return new Validation(calls, sent, changeSets).run();
        }
        StackGuards guards = new StackGuards(at.session(), request, gate);
        Operation begun =
                switch (request.aim()) {
                    case DELETE, CONTINUE_ROLLBACK -> new StackCallOperation(calls, request, journal, guards);
                    case DRIFT -> new DriftOperation(calls, request, journal);
                    default ->
                        new ChangeSetOperation(
                                calls,
                                sent,
                                changeSets,
                                journal,
                                guards,
                                new ChangeSetConsent(calls, request, journal, consent),
                                again,
                                isRead);
                };
        operation = begun;
        job.start(new StackStart(calls, scheduler, watcher, queue, sent, turn, journal, begun, guards, again));
        return null;
    }

    /** The ARN of the change set; null if there is none, or it is not known yet. */
    @CheckForNull
    public String changeSet() {
        String known = request.aim() == Aim.EXECUTE ? request.text("changeSet") : journal.changeSet();
        return known == null || known.isEmpty() || request.executesNothing() ? null : known;
    }

    @Override
    public StackResult result(List<StackSnapshot> stacks) {
        StackSnapshot last = progressLog.own(stacks.get(stacks.size() - 1));
        Operation done = operation;
        List<ResourceChange> changes = done == null ? List.of() : done.changes();
        String changeSet = request.discards() ? null : changeSet();
        StackResult result = new StackResult(
                request.stack(),
                last.id(),
                request.discards() ? Validation.VALID : last.status(),
                changeSet == null ? "" : changeSet,
                journal.isBegun() && changeSet != null,
                last.outputs(),
                changes,
                ChangeTable.lines(changes),
                done == null ? Map.of() : done.drift(),
                AwsConsole.stack(at.session().region(), last.id()),
                cause(last));
        boolean planned = request.aim() == Aim.DEPLOY || request.aim() == Aim.EXECUTE;
        return planned && journal.isAtRest() && !request.discards() && changeSet == null
                ? result.withoutChanges()
                : result;
    }

    /** Why it did not come to a good end; null if it did. */
    @CheckForNull
    private String cause(StackSnapshot last) {
        String unknown = journal.isAtRest() ? null : progressLog.unknown(last);
        if (unknown != null) {
            return unknown;
        }
        if (journal.isAtRest() || StackLines.isSuccess(request.aim(), last.status())) {
            return settings.failure();
        }
        String first = progressLog.cause();
        return !first.isEmpty() ? first : last.reason().isEmpty() ? "AWS gives no reason" : last.reason();
    }

    @Override
    public Verdict verdict(List<StackSnapshot> stacks) {
        StackResult result = result(stacks);
        return new Verdict(
                result.getCause() == null ? Verdict.End.SUCCEEDED : Verdict.End.FAILED,
                result.summary(),
                result.getConsoleUrl());
    }
}
