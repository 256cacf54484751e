package io.jenkins.plugins.awscicd.rehearsal.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.engine.approval.Decision;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.cloudformation.GivenChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.job.Declined;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.report.Entry;
import io.jenkins.plugins.awscicd.rehearsal.report.Timeline;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import io.jenkins.plugins.awscicd.rehearsal.stage.Memory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code awsApproval}, with the arguments, the policy and the result of the Jenkins step. Those answer who are named on the
 * command line. If nobody is, it is as many fictitious people as it takes, none of whom has started the delivery: the person at the
 * terminal speaks for them, or has done so in advance.
 */
public final class AwsApprovalStep {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Delivery delivery;
    private final Admission admission;
    private final Approval approval;
    private final InputParameters parameters;

    public AwsApprovalStep(Delivery delivery, Admission admission, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.admission = admission;
        this.approval = approval;
        this.parameters = new InputParameters(delivery, approval, answers);
    }

    public void addTo(Steps steps) {
        // Checked by the engine, which knows them best.
        steps.add("awsApproval", StepCall.any("message"), this::ask);
    }

    /**
     * The same question in the midst of a step that deploys.
     *
     * @param planned what people are asked about
     * @return completes once it is approved; fails with {@link Declined} if it is not
     */
    CompletableFuture<Void> about(String message, @CheckForNull String stage, Approvable planned) {
        return about(message, stage, planned, approval -> null, no -> {
            throw new Declined(no);
        });
    }

    /**
     * The same about what waits at AWS for an answer of yes or no.
     *
     * @return completes with the answer
     */
    CompletableFuture<Reply> reply(String message, @CheckForNull String stage, Approvable waiting) {
        return about(message, stage, waiting, Reply::of, no -> {
            if (no instanceof StepFailure) {
                return new Reply(false, List.of(), no.getMessage());
            }
            throw new Declined(no);
        });
    }

    private <T> CompletableFuture<T> about(
            String message,
            @CheckForNull String stage,
            Approvable planned,
            Function<ApprovalResult, T> yes,
            Function<Exception, T> no) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("message", message);
        arguments.put("stage", stage);
        arguments.put("what", planned.subject());
        arguments.put("revision", planned.exactly());
        arguments.put("link", planned.getConsoleUrl());
        arguments.values().removeIf(Objects::isNull);
        planned.details().forEach(this::line);
        List<ResourceChange> changes = planned instanceof StackResult stack ? stack.getChanges() : List.of();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        answer.complete(yes.apply(ask(new StepCall("awsApproval", arguments, null), changes)));
                    } catch (RuntimeException | InterruptedException e) {
                        refuse(answer, no, e);
                    }
                },
                "rehearsal question");
        asking.setDaemon(true);
        answer.whenComplete((done, failure) -> {
            if (Thread.currentThread() != asking) {
                asking.interrupt(); // whoever asks does not want to know any more
            }
        });
        asking.start();
        return answer;
    }

    private static <T> void refuse(CompletableFuture<T> answer, Function<Exception, T> no, Exception why) {
        try {
            answer.complete(no.apply(why));
        } catch (Declined e) {
            answer.completeExceptionally(e);
        }
    }

    private ApprovalResult ask(StepCall call) throws InterruptedException {
        return ask(call, List.of());
    }

    private ApprovalResult ask(StepCall call, List<ResourceChange> changes) throws InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        rest.remove("parameters");
        Map<String, Object> named = new HashMap<>(rest);
        if (admission.configuration().stages().isEmpty()) {
            named.remove("stage"); // where no stages are configured, their names are for people alone
        }
        StepStage stage = StepStage.takenFrom(named, admission);
        AwsAccess access = JobArguments.accessTakenFrom(rest);
        List<String> problems = new ArrayList<>(access.problems());
        ApprovalRequest request = new ApprovalRequest(rest);
        // There are no users here: what is named may be a group.
        problems.addAll(request.problems(
                who -> false,
                InputParameters.described(call).stream().map(Parameters::name).toList()));
        problems.addAll(stage.problems(access));
        ApprovalPolicy least = stage.policy();
        if (least != null && problems.isEmpty()) {
            problems.addAll(request.loosened(stage.name(), least));
        }
        if (!problems.isEmpty()) {
            throw new StepFailure("awsApproval " + String.join("\nawsApproval ", problems));
        }
        if (stage.name() != null) {
            stage.admitBeginning(List.of(), false);
        }
        if (call.arguments().get("revision") == null
                && GivenChangeSet.isNothing(call.arguments().get("what"))) {
            line("Nothing changes, so nobody is asked");
            return ApprovalResult.unasked(
                    request.stage(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        ApprovalRequest asked = least == null ? request : request.under(least);
        tell(asked);
        Entry question = open(asked);
        delivery.timeline().changes(question, changes);
        List<ApprovalResult.Approval> approvals = approvals(asked, question);
        return new ApprovalResult(
                asked.stage(),
                asked.revision(),
                approvals.get(approvals.size() - 1).getWhen(),
                approvals,
                parameters.values(call));
    }

    private void tell(ApprovalRequest request) {
        if (request.what() != null || request.revision() != null) {
            String revision = request.revision() == null ? "" : " (" + request.revision() + ")";
            line("To approve: " + (request.what() == null ? "" : request.what()) + revision);
        }
        if (request.stage() != null) {
            line("Stage: " + request.stage());
        }
        line("Required: " + request.policy());
        if (request.topic() != null) {
            line("In Jenkins, " + request.topic() + " would be notified");
        }
    }

    private Entry open(ApprovalRequest request) {
        Timeline timeline = delivery.timeline();
        Entry question = timeline.open(Entry.Kind.QUESTION, request.message());
        timeline.fact(question, "To approve", request.what());
        timeline.fact(question, "Revision", request.revision());
        timeline.fact(question, "Stage", request.stage());
        timeline.fact(question, "Required", request.policy().toString());
        return question;
    }

    private List<ApprovalResult.Approval> approvals(ApprovalRequest request, Entry question)
            throws InterruptedException {
        try {
            List<ApprovalResult.Approval> approvals = counted(request, question);
            delivery.timeline().close(question, "SUCCESS", null);
            return approvals;
        } catch (StepFailure e) {
            delivery.timeline().close(question, "ABORTED", e.getMessage());
            throw e;
        }
    }

    private List<ApprovalResult.Approval> counted(ApprovalRequest request, Entry question) throws InterruptedException {
        ApprovalPolicy policy = request.policy();
        List<ApprovalResult.Approval> approvals = new ArrayList<>();
        List<String> approved = new ArrayList<>();
        Deque<Person> named = new ArrayDeque<>(admission.people().approvers());
        boolean complete = false;
        while (!complete) {
            Person person = person(request, approved, named);
            Answer answer = answer(request, person);
            Decision decision =
                    policy.decide(answer, approved, Set.of(admission.people().starter()), Names.CASE_INSENSITIVE);
            delivery.timeline()
                    .answer(
                            question,
                            new Entry.Answer(person.id(), answer.comment(), decision.refusal(), answer.when()));
            if (!decision.accepted()) {
                line("Not counted: " + decision.refusal());
                continue;
            }
            approved.add(person.id());
            Instant when = answer.when().truncatedTo(ChronoUnit.SECONDS);
            approvals.add(new ApprovalResult.Approval(person.id(), when.toString(), answer.comment()));
            admission
                    .memory()
                    .add(new Memory.Approved(
                            request.stage(), request.revision(), person.id(), List.copyOf(person.groups())));
            String comment = answer.comment() == null ? "" : ": " + answer.comment();
            complete = decision.complete();
            line("Approved by "
                    + (complete
                            ? String.join(", ", approved)
                            : person.id() + " (" + approved.size() + " of " + policy.approvals() + ")")
                    + comment);
        }
        return approvals;
    }

    /** Those who are named, one after the other, or as many as it takes who may. */
    private Person person(ApprovalRequest request, List<String> approved, Deque<Person> named) {
        if (approval != Approval.PEOPLE) {
            return new Person(
                    "approver-" + (approved.size() + 1), request.policy().approvers(), true, false);
        }
        if (named.isEmpty()) {
            throw rejected("'" + request.message() + "' has " + approved.size() + " of "
                    + request.policy().approvals() + " approvals, and nobody else is named with --approve");
        }
        return named.remove();
    }

    private Answer answer(ApprovalRequest request, Person person) throws InterruptedException {
        String question = request.message();
        return switch (approval) {
            case ALL -> new Answer(person, "--approve all", Instant.now(), Map.of());
            case PEOPLE -> new Answer(person, admission.people().comment(), Instant.now(), Map.of());
            case NONE -> throw rejected("'" + question + "' would have been asked (--approve none)");
            case ASK -> {
                String typed = parameters.answer(question + " (as " + person.id() + ") [y/N] ");
                if (!YES.contains(typed.toLowerCase(Locale.ROOT))) {
                    throw rejected("'" + question + "' was rejected");
                }
                String comment = request.policy().commentRequired() ? parameters.answer("Comment: ") : null;
                yield new Answer(person, comment, Instant.now(), Map.of());
            }
        };
    }

    private void line(String text) {
        delivery.console().line("[Approval] " + text);
    }

    private static StepFailure rejected(String why) {
        return StepFailure.with(Result.ABORTED, "Not approved: " + why);
    }
}
