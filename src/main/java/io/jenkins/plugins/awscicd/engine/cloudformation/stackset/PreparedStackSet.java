package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.TemplateUpload;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is to be done to a stack set for a step, or was begun. */
public final class PreparedStackSet implements PreparedJob<StackSetSnapshot> {

    private final Scheduler scheduler;
    private final Connected<StackSetSnapshot> at;
    private final StackSetRequest request;
    private final TurnQueue<String> queue;
    private final Turn turn;
    private final Gate gate;
    private final Consent<StackSetPlan> consent;
    private final WorkspaceSource files;
    private final StackSetJournal journal;
    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetProgressLog progressLog;
    private final RemoteJob<StackSetSnapshot> job;
    private volatile StackRequest ready;
    private volatile ParameterValues values;

    PreparedStackSet(
            @NonNull Scheduler scheduler,
            @NonNull Watcher watcher,
            @NonNull TurnQueue<String> queue,
            @NonNull Connected<StackSetSnapshot> at,
            @NonNull StackSetRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull Consent<StackSetPlan> consent,
            @NonNull WorkspaceSource files) {
        this.scheduler = scheduler;
        this.at = at;
        this.request = request;
        this.queue = queue;
        this.turn = turn;
        this.gate = gate;
        this.consent = consent;
        this.files = files;
        this.journal = new StackSetJournal(at.journal(), token);
        this.calls = new StepCalls(at.session(), scheduler, at.console(), "stack set '" + request.stackSet() + "'");
        this.set = new StackSetCalls(at.session(), request);
        set.of(journal.stackSetId());
        this.progressLog = new StackSetProgressLog(calls, set, request, journal, start(request.stacks(), false));
        HeldTurn<StackSetSnapshot> held = new HeldTurn<>(queue);
        this.job = new RemoteJob<>(
                at.session(),
                new StackSetService(set, request.stackSet(), journal, progressLog::results, progressLog::isGone),
                held.of(progressLog),
                at.console(),
                held.of(at.listener()),
                scheduler,
                watcher,
                EndCondition.ended());
        if (!journal.place().isEmpty()) {
            queue.resume(turn, Set.of(journal.place()));
        }
    }

    private StackSetStart start(StackRequest stacks, boolean again) {
        ParameterValues given = values == null ? request.stacks().parameters() : values;
        return new StackSetStart(calls, set, request, stacks, given, journal, gate, consent, again);
    }

    @Override
    public RemoteJob<StackSetSnapshot> job() {
        return job;
    }

    /** Also after a restart, when nothing is started any more, but a second operation may be. */
    @Override
    public void unwanted() {
        calls.wanted(() -> false);
    }

    /** What AWS has of it already need not be sent again: the agent may be gone by now. */
    @Override
    public boolean uploads() {
        return request.fromWorkspace()
                && !journal.isBegun(journal.first())
                && journal.madeId().isEmpty();
    }

    @Override
    public void upload() throws IOException, InterruptedException {
        TemplateUpload upload = new TemplateUpload(at.session(), scheduler, at.console(), request.stacks());
        values = upload.parameters(files.workspace());
        ready = upload.template(files.workspace(), files.uploads());
    }

    @Override
    public CompletableFuture<StackSetResult> start(boolean again) {
        StackSetStart start = start(ready == null ? request.stacks() : ready, again);
        job.start(new StackSetTurn(scheduler, calls, queue, request, turn, journal, start, again));
        return null;
    }

    @Override
    public StackSetResult result(List<StackSetSnapshot> operations) {
        StackSetSnapshot last = operations.get(operations.size() - 1);
        return new StackSetResult(
                request.stackSet(),
                last.status(),
                journal.isAtRest()
                        ? List.of()
                        : operations.stream()
                                .map(StackSetSnapshot::id)
                                .distinct()
                                .toList(),
                progressLog.results(),
                AwsConsole.stackSet(at.session().region(), request.stackSet()),
                cause(last));
    }

    /** What is done, by AWS's id of the first operation. */
    @NonNull
    public String revision() {
        return "operation " + journal.first();
    }

    /** Why it did not come to a good end; null if it did. */
    @CheckForNull
    private String cause(StackSetSnapshot last) {
        if (last.status().equals(StackSetSnapshot.SUCCEEDED)) {
            return isUnfinished(last) ? "it was stopped before all was done" : progressLog.failure();
        }
        String first = progressLog.cause();
        return !first.isEmpty() ? first : last.reason().isEmpty() ? "AWS gives no reason" : last.reason();
    }

    /** Whether something was to come after an operation that has succeeded. */
    private boolean isUnfinished(StackSetSnapshot last) {
        return last.status().equals(StackSetSnapshot.SUCCEEDED)
                && progressLog.failure() == null
                && !progressLog.isLast(last.id());
    }

    @Override
    public Verdict verdict(List<StackSetSnapshot> operations) {
        StackSetResult result = result(operations);
        StackSetSnapshot last = operations.get(operations.size() - 1);
        boolean stopped = last.status().equals("STOPPED") || isUnfinished(last);
        Verdict.End end =
                result.getCause() == null ? Verdict.End.SUCCEEDED : stopped ? Verdict.End.STOPPED : Verdict.End.FAILED;
        return new Verdict(end, result.summary(), result.getConsoleUrl());
    }
}
