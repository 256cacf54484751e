package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.engine.approval.Decision;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code awsApproval}, with the arguments, the policy and the result of the Jenkins step. Who answers is as many fictitious people as it
 * takes, none of whom has started the delivery: the person at the terminal speaks for them, or has done so in advance.
 */
public final class AwsApprovalStep {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Delivery delivery;
    private final Approval approval;
    private final InputParameters parameters;

    public AwsApprovalStep(Delivery delivery, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.approval = approval;
        this.parameters = new InputParameters(delivery, approval, answers);
    }

    public void addTo(Steps steps) {
        // Checked by the engine, which knows them best.
        steps.add("awsApproval", StepCall.any("message"), this::ask);
    }

    private Object ask(StepCall call) throws InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        rest.remove("parameters");
        List<String> problems =
                new ArrayList<>(JobArguments.accessTakenFrom(rest).problems());
        ApprovalRequest request = new ApprovalRequest(rest);
        // There are no users here: what is named may be a group.
        problems.addAll(request.problems(
                name -> false,
                InputParameters.described(call).stream().map(Parameters::name).toList()));
        if (!problems.isEmpty()) {
            throw new StepFailure("awsApproval " + String.join("\nawsApproval ", problems));
        }
        tell(request);
        List<ApprovalResult.Approval> approvals = approvals(request);
        return new ApprovalResult(
                request.stage(),
                request.revision(),
                approvals.get(approvals.size() - 1).getWhen(),
                approvals,
                parameters.values(call));
    }

    private void tell(ApprovalRequest request) {
        if (request.what() != null || request.revision() != null) {
            String revision = request.revision() == null ? "" : " (" + request.revision() + ")";
            line("To be approved: " + (request.what() == null ? "" : request.what()) + revision);
        }
        if (request.stage() != null) {
            line("For stage: " + request.stage());
        }
        line("Wanted: " + request.policy());
        if (request.topic() != null) {
            line("In Jenkins, " + request.topic() + " would be notified");
        }
    }

    private List<ApprovalResult.Approval> approvals(ApprovalRequest request) throws InterruptedException {
        ApprovalPolicy policy = request.policy();
        List<ApprovalResult.Approval> approvals = new ArrayList<>();
        List<String> approved = new ArrayList<>();
        boolean complete = false;
        while (!complete) {
            Person person = new Person("approver-" + (approved.size() + 1), policy.approvers(), true, false);
            Answer answer = answer(request, person);
            Decision decision = policy.decide(
                    answer, approved, Set.of(System.getProperty("user.name", "")), Names.CASE_INSENSITIVE);
            if (!decision.accepted()) {
                line("Not counted: " + decision.refusal());
                continue;
            }
            approved.add(person.id());
            approvals.add(new ApprovalResult.Approval(
                    person.id(), answer.when().truncatedTo(ChronoUnit.SECONDS).toString(), answer.comment()));
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

    private Answer answer(ApprovalRequest request, Person person) throws InterruptedException {
        String question = request.message();
        return switch (approval) {
            case ALL -> new Answer(person, "--approve all", Instant.now(), Map.of());
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
