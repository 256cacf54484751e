package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is told of the operations on a stack set: a line for each account and region, and of a failure what failed there, last. When one
 * has succeeded it goes on with what comes after it.
 */
final class StackSetProgressLog implements ProgressLog<StackSetSnapshot> {

    /** Of more accounts and regions only failures have a line each. */
    private static final int MOST_LINES = 100;

    private static final int MOST_CAUSES = 10;

    private static final int MOST_ROUNDS = 3;

    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetRequest request;
    private final StackSetJournal journal;
    private final StackSetStart start;
    private final Set<String> reported = new HashSet<>();
    private volatile List<OperationResult> results = List.of();
    private volatile String failure;
    private volatile String cause = "";
    private volatile String last = "";
    private String begun = "";
    private boolean reading;
    private boolean troubleReported;

    StackSetProgressLog(
            StepCalls calls, StackSetCalls set, StackSetRequest request, StackSetJournal journal, StackSetStart start) {
        this.calls = calls;
        this.set = set;
        this.request = request;
        this.journal = journal;
        this.start = start;
    }

    /** Of the last operation. */
    @NonNull
    List<OperationResult> results() {
        return results;
    }

    /** Why what comes after the operation could not be begun; null if it could, or nothing does. */
    @CheckForNull
    String failure() {
        return failure;
    }

    /** Whether nothing comes after this operation, and what belongs to its end is done: an abort may come before that. */
    boolean isLast(@NonNull String operation) {
        return journal.isAtRest() || last.equals(operation);
    }

    /**
     * Whether the stack set whose stacks were to be deleted is not there any more, and so no stack of it: the answer to its own deletion may
     * have been lost, or a restart come before it, or others have deleted it. It blocks: it is run by a lane.
     */
    boolean isGone() {
        if (!request.deletes() || journal.stackSetId().isEmpty() || set.find().isPresent()) {
            return false;
        }
        journal.rest();
        calls.console().line("Stack set " + request.stackSet() + " is deleted");
        return true;
    }

    /** What failed, of the accounts and regions of the last operation; empty if nothing did. */
    @NonNull
    String cause() {
        return cause;
    }

    @Override
    public synchronized void observed(StackSetSnapshot now) {
        if (journal.isAtRest() || begun.equals(now.id())) {
            return;
        }
        begun = now.id();
        reported.clear();
        results = List.of();
        String what =
                switch (now.action()) {
                    case "CREATE" -> "Creating stacks of stack set ";
                    case "DELETE" -> "Deleting stacks of stack set ";
                    default -> "Updating stack set ";
                };
        calls.console()
                .link(
                        what + now.name() + " (operation " + now.id() + ")",
                        AwsConsole.stackSet(calls.session().region(), now.name()));
    }

    @Override
    public void looked(StackSetSnapshot now) {
        synchronized (this) {
            if (journal.isAtRest() || reading || now.ended()) {
                return;
            }
            reading = true;
        }
        calls.callAnyway(StackSetCalls.RESULTS, () -> set.results(now.id())).whenComplete((read, why) -> {
            synchronized (this) {
                reading = false;
                if (why != null) {
                    reportTrouble(why);
                } else if (begun.equals(now.id())) {
                    report(read);
                }
            }
        });
    }

    /** Once: it is tried again with each look. */
    private synchronized void reportTrouble(Throwable why) {
        if (!troubleReported) {
            troubleReported = true;
            calls.console()
                    .line("What has come of the operation in accounts and regions cannot be read: "
                            + AwsCallException.unwrap(why).getMessage());
        }
    }

    private synchronized void report(List<OperationResult> read) {
        if (read.size() < results.size()) {
            return; // AWS may be late with what it has shown before
        }
        results = read;
        for (OperationResult one : read) {
            if (one.ended() && reported.add(one.place()) && (one.failed() || read.size() <= MOST_LINES)) {
                calls.console()
                        .line("  " + one.place() + ": " + one.status()
                                + (one.reason().isEmpty() || one.status().equals("CANCELLED")
                                        ? ""
                                        : ": " + one.reason()));
            }
        }
    }

    @Override
    public String running(StackSetSnapshot now, Instant at) {
        List<OperationResult> seen = results;
        long done = seen.stream().filter(OperationResult::ended).count();
        long failed = seen.stream().filter(OperationResult::failed).count();
        return now.action() + " " + now.status()
                + (seen.isEmpty() ? "" : ", " + done + " of " + seen.size() + " stacks done")
                + (failed == 0 ? "" : ", " + failed + " failed")
                + (now.created() == null ? "" : " after " + Durations.inWords(Duration.between(now.created(), at)));
    }

    @Override
    public CompletableFuture<Void> ended(StackSetSnapshot last) {
        if (journal.isAtRest()) {
            return CompletableFuture.completedFuture(null);
        }
        return settled(last).thenCompose(done -> {
            reportEnd(last);
            return last.status().equals(StackSetSnapshot.SUCCEEDED)
                    ? after(last)
                    : CompletableFuture.completedFuture(null);
        });
    }

    /** The operation's own count is up to date; what has come of it where may come later. */
    private CompletableFuture<?> settled(StackSetSnapshot last) {
        return calls.untilShown(
                () -> calls.callAnyway(StackSetCalls.RESULTS, () -> set.results(last.id()))
                        .exceptionally(why -> {
                            reportTrouble(why);
                            return results;
                        }),
                read -> {
                    report(read);
                    return read.stream().allMatch(OperationResult::ended)
                            && read.stream().filter(OperationResult::failed).count() >= last.failed();
                });
    }

    private synchronized void reportEnd(StackSetSnapshot last) {
        List<OperationResult> failed =
                results.stream().filter(OperationResult::failed).toList();
        long cancelled =
                results.stream().filter(it -> it.status().equals("CANCELLED")).count();
        calls.console()
                .line("Stack set " + last.name() + ": " + last.action() + " " + last.status()
                        + (results.isEmpty()
                                ? ""
                                : ", " + (results.size() - failed.size() - cancelled) + " of " + results.size()
                                        + " stacks done")
                        + (last.created() == null || last.finished() == null
                                ? ""
                                : " after " + Durations.inWords(Duration.between(last.created(), last.finished())))
                        + (last.reason().isEmpty() ? "" : ": " + last.reason()));
        if (cancelled > 0) {
            calls.console()
                    .line(cancelled + " more " + (cancelled == 1 ? "was" : "were") + " not started because of that");
        }
        failed.stream()
                .skip(1)
                .limit(MOST_CAUSES)
                .forEach(one -> calls.console().line("Failed: " + inWords(one)));
        if (failed.size() > MOST_CAUSES + 1) {
            calls.console().line("and " + (failed.size() - MOST_CAUSES - 1) + " more");
        }
        if (!failed.isEmpty()) {
            cause = inWords(failed.get(0));
            calls.console()
                    .line((last.status().equals(StackSetSnapshot.SUCCEEDED) ? "Tolerated: " : "Cause: ") + cause);
        }
    }

    private static String inWords(OperationResult failed) {
        return failed.place() + ": " + (failed.reason().isEmpty() ? "AWS gives no reason" : failed.reason());
    }

    private CompletableFuture<Void> after(StackSetSnapshot ended) {
        if (ended.failed() > 0) {
            journal.tolerated();
        }
        String following = journal.after(ended.id());
        return goOn(following, MOST_ROUNDS)
                .handle((done, why) -> why == null ? null : AwsCallException.unwrap(why))
                .thenCompose(why -> why == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : start.begun(following, false)
                                .exceptionally(unknown -> true)
                                .thenAccept(isBegun -> {
                                    if (!journal.isBegun(following)) {
                                        failure = why.getMessage();
                                        calls.console().line(failure);
                                    }
                                }))
                .thenRun(() -> {
                    if (!journal.isBegun(following)) {
                        last = ended.id();
                    }
                });
    }

    /** Others may create stacks until it is deleted: then those are left. */
    private CompletableFuture<Void> goOn(String following, int rounds) {
        return start.goOn(following, results)
                .thenCompose(isBegun -> isBegun || !request.deletes() || request.hasTargets()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : deleteSet())
                .exceptionallyCompose(why -> rounds > 1 && AwsCallException.unwrap(why) instanceof StackSetNotEmpty
                        ? goOn(following, rounds - 1)
                        : CompletableFuture.failedFuture(why));
    }

    /** With a stack that is left, be it of an operation long before the last, AWS refuses to delete the stack set. */
    private CompletableFuture<Void> deleteSet() {
        return (journal.hasTolerated()
                        ? calls.callAnyway(StackSetCalls.INSTANCES, set::instances)
                        : CompletableFuture.completedFuture(List.of()))
                .thenCompose(left -> {
                    if (left.isEmpty()) {
                        return start.deleteSet();
                    }
                    calls.console()
                            .line("Stack set " + request.stackSet()
                                    + " is not deleted: it still has the stacks whose deletion has failed");
                    return CompletableFuture.completedFuture(null);
                });
    }

    @Override
    public void abandon() {
        // nothing is held
    }
}
