package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.codepipeline.model.ResolvedPipelineVariable;

/**
 * Tells an execution: what was started, what its sources brought, each action as it begins and ends, and how it ended, the cause of a
 * failure last. A rollback is told after what it rolls back. The journal keeps what was told.
 */
final class PipelineProgressLog implements ProgressLog<PipelineSnapshot> {

    private static final Logger LOGGER = Logger.getLogger(PipelineProgressLog.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REPORTED = "reported";

    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final PipelineOperation operation;
    /** What was told, each as one word. */
    private final Set<String> reported = new LinkedHashSet<>();

    /** With which values of the pipeline's variables it ran; empty until its end. */
    private Map<String, String> variables = Map.of();

    private boolean abandoned;

    PipelineProgressLog(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull PipelineOperation operation) {
        this.session = session;
        this.operation = operation;
        this.console = console;
        this.journal = journal;
        Arrays.stream(journal.get(REPORTED).split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(reported::add);
    }

    @Override
    public synchronized void observed(@NonNull PipelineSnapshot now) {
        if (abandoned) {
            return;
        }
        int before = reported.size();
        report(now);
        if (reported.size() != before) {
            mark();
        }
    }

    private void report(PipelineSnapshot now) {
        if (reported.add(now.id())) {
            String url = AwsConsole.pipelineExecution(session.region(), now.pipeline(), now.id());
            String of = now.rollbackOf();
            console.link(
                    of == null || operation == PipelineOperation.WATCH || operation == PipelineOperation.STOP
                            ? operation.opening() + now.name()
                            : (operation == PipelineOperation.ROLLBACK ? "Rolling back to " : "AWS rolls back to ")
                                    + PipelineSnapshot.shortened(of) + ": " + now.name(),
                    url);
        }
        for (SourceRevision revision : now.revisions()) {
            if (reported.add(now.id() + "@" + revision.getAction())) {
                if (revision.getUrl().isEmpty()) {
                    console.line(revision.inWords());
                } else {
                    console.link(revision.inWords(), revision.getUrl());
                }
            }
        }
        now.actions().forEach(this::report);
    }

    private void report(ActionSnapshot action) {
        if (action.category().equals("Source") && action.succeeded()) {
            return; // what it has brought is told
        }
        if (!action.ended()) {
            reportBegin(action);
            return;
        }
        if (!reported.add(action.id() + ":ended")) {
            return;
        }
        reported.remove(action.id());
        Duration took = action.took();
        String line = String.format(
                Locale.ROOT,
                "%-28s %9s  %s",
                action.path(),
                took == null ? "" : Durations.inWords(took),
                action.status());
        if (action.isApproval()) {
            String by = action.updatedBy().isEmpty() ? "" : " by " + action.updatedBy();
            console.line(line
                    + (action.succeeded() ? ": approved" + by : by)
                    + (action.summary().isEmpty() ? "" : ": " + action.summary()));
        } else {
            console.line(line);
        }
    }

    private void reportBegin(ActionSnapshot action) {
        boolean named = !action.externalId().isEmpty() || action.isApproval();
        if (!named || !reported.add(action.id())) {
            return; // until there is something to follow
        }
        if (action.isApproval()) {
            console.line(action.path() + " waits for an approval"
                    + (action.question().isEmpty() ? "" : ": " + action.question()));
            if (!action.questionUrl().isEmpty()) {
                console.link("What is to be approved", action.questionUrl());
            }
        } else if (action.url().isEmpty()) {
            console.line(action.path() + " (" + action.provider() + "): " + action.externalId());
        } else {
            console.link(action.path() + " (" + action.provider() + "): " + action.externalId(), action.url());
        }
    }

    private void mark() {
        console.flush();
        journal.put(REPORTED, String.join(" ", reported));
    }

    @Override
    @NonNull
    public synchronized CompletableFuture<Void> ended(@NonNull PipelineSnapshot last) {
        if (!abandoned && !reported.contains(last.id() + ":ended")) {
            report(last);
            String took = last.started() == null || last.updated() == null
                    ? ""
                    : " after " + Durations.inWords(Duration.between(last.started(), last.updated()));
            if (last.succeeded()) {
                console.line(last.name() + " succeeded" + took);
            } else {
                console.line(last.name() + " ended with status " + last.status() + took);
                console.line(last.cause());
            }
            reported.add(last.id() + ":ended");
            mark();
        }
        return last.rollbackOf() == null ? readVariables(last) : CompletableFuture.completedFuture(null);
    }

    /** They are only in the result: without them it is still one. */
    private CompletableFuture<Void> readVariables(PipelineSnapshot last) {
        return session.call(
                        "codepipeline:GetPipelineExecution",
                        PATIENCE,
                        RetryListener.NONE,
                        () -> PipelineService.client(session)
                                .getPipelineExecution(
                                        get -> get.pipelineName(last.pipeline()).pipelineExecutionId(last.id()))
                                .pipelineExecution()
                                .variables())
                .handle((read, failure) -> {
                    if (failure == null) {
                        keep(read);
                    } else {
                        LOGGER.log(Level.FINE, failure, () -> "Cannot read the variables of " + last.id());
                    }
                    return null;
                });
    }

    private synchronized void keep(List<ResolvedPipelineVariable> read) {
        Map<String, String> byName = new TreeMap<>();
        read.forEach(one -> byName.put(one.name(), ExecutionReader.orEmpty(one.resolvedValue())));
        variables = byName;
    }

    /** The values of the pipeline's variables, by name; empty until it has ended. */
    @NonNull
    synchronized Map<String, String> variables() {
        return variables;
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
    }
}
