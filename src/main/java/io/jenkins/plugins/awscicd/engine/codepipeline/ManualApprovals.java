package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The manual approval actions of an execution that people are asked about in the midst of a step. The journal keeps which question was asked
 * with which of AWS's tokens: a restart goes on with it, and another token is another question.
 */
final class ManualApprovals {

    private static final String ASKED = "asked";

    private final Connected<PipelineSnapshot> at;
    private final Scheduler scheduler;
    private final PipelineConsent consent;
    private final Runnable gate;
    private final ApprovalCalls calls;
    /** By the action's run. */
    private final Map<String, ApprovalQuestion> questions = new LinkedHashMap<>();

    private Runnable expedite = () -> {};
    private Consumer<Refused> refused = why -> {};
    private boolean closed;

    /** @param gate run before an answer that lets something pass; fails if it is not to */
    ManualApprovals(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull Scheduler scheduler,
            @NonNull PipelineConsent consent,
            @NonNull Runnable gate) {
        this.at = at;
        this.scheduler = scheduler;
        this.consent = consent;
        this.gate = gate;
        this.calls = new ApprovalCalls(at.session());
    }

    /**
     * @param soon run when something is about to change at AWS
     * @param fails told if the guards do not let an answer pass
     */
    void listen(@NonNull Runnable soon, @NonNull Consumer<Refused> fails) {
        expedite = soon;
        refused = fails;
    }

    /** AWS was asked, and the execution is at this point. */
    void looked(@NonNull PipelineSnapshot now) {
        Map<String, ActionSnapshot> waiting = now.isAtRest()
                ? Map.of()
                : now.running().stream()
                        .filter(ActionSnapshot::waitsForAnswer)
                        .collect(Collectors.toMap(ActionSnapshot::id, action -> action));
        List<Runnable> next = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            questions.entrySet().removeIf(known -> {
                boolean over = !waiting.containsKey(known.getKey());
                if (over) {
                    ActionSnapshot last = now.action(known.getKey());
                    next.add(() -> known.getValue().ended(last));
                }
                return over;
            });
            waiting.forEach((id, action) -> {
                ManualApproval about = new ManualApproval(action, now, page(now));
                ApprovalQuestion question = questions.computeIfAbsent(id, run -> new ApprovalQuestion(this, about));
                next.add(() -> question.waits(about));
            });
        }
        next.forEach(Runnable::run);
    }

    private String page(PipelineSnapshot of) {
        return AwsConsole.pipelineExecution(at.session().region(), of.pipeline(), of.id());
    }

    /** Nobody wants answers any more. */
    void close() {
        List<ApprovalQuestion> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(questions.values());
            questions.clear();
        }
        open.forEach(ApprovalQuestion::close);
    }

    @NonNull
    CompletableFuture<Reply> ask(@NonNull ManualApproval about, @NonNull String token) {
        return consent.ask(about, number(at.journal(), about.id(), token));
    }

    /** The same for the same token, and one more for the next. */
    private synchronized int number(Journal journal, String run, String token) {
        Map<String, String> asked = new LinkedHashMap<>();
        Arrays.stream(journal.get(ASKED).split(" "))
                .map(entry -> entry.split("=", 2))
                .filter(entry -> entry.length == 2)
                .forEach(entry -> asked.put(entry[0], entry[1]));
        String[] known = asked.getOrDefault(run, "-1/").split("/", 2);
        int last = Integer.parseInt(known[0]);
        if (known[1].equals(token)) {
            return last;
        }
        asked.put(run, (last + 1) + "/" + token);
        journal.write(Map.of(
                ASKED,
                asked.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "))));
        return last + 1;
    }

    ApprovalCalls calls() {
        return calls;
    }

    Moment moment() {
        return scheduler.moment();
    }

    void line(String text) {
        at.console().line(text);
    }

    /** Lets an answer pass, or fails. */
    void pass() {
        gate.run();
    }

    void expedite() {
        expedite.run();
    }

    void refused(Refused why) {
        refused.accept(why);
    }
}
