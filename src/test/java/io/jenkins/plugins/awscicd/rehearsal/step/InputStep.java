package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code input}: asks the person at the terminal, or answers as that person has said in advance. */
final class InputStep {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Delivery delivery;
    private final Approval approval;
    private final InputParameters parameters;

    InputStep(Delivery delivery, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.approval = approval;
        this.parameters = new InputParameters(delivery, approval, answers);
    }

    void addTo(Steps steps) {
        steps.add(
                "input", List.of("message", "id", "ok", "submitter", "submitterParameter", "parameters"), this::input);
    }

    private Object input(StepCall call) throws InterruptedException {
        String question = call.required("message");
        String asked = call.argument("submitter").map(it -> " of " + it).orElse("");
        boolean approved =
                switch (approval) {
                    case ALL -> true;
                    case NONE ->
                        throw rejected("'" + question + "' would have been asked" + asked + " (--approve none)");
                    case ASK ->
                        YES.contains(
                                parameters.answer(question + asked + " [y/N] ").toLowerCase(Locale.ROOT));
                };
        if (!approved) {
            throw rejected("'" + question + "' was rejected");
        }
        if (approval == Approval.ALL) {
            delivery.console().line("Approved (--approve all): " + question + asked);
        }
        return values(call);
    }

    /** As in Jenkins: nothing, the one parameter's value, or all values by name. */
    private Object values(StepCall call) throws InterruptedException {
        Map<String, Object> values = parameters.values(call);
        if (call.argument("submitterParameter").isPresent()) {
            values.put(call.text("submitterParameter"), System.getProperty("user.name"));
        }
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.values().iterator().next();
            default -> values;
        };
    }

    private static StepFailure rejected(String why) {
        return StepFailure.with(Result.ABORTED, "Not approved: " + why);
    }
}
