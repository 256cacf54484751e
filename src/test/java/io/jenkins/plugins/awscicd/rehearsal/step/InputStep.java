package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code input}: asks the person at the terminal, or answers as that person has said in advance. */
final class InputStep {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Delivery delivery;
    private final Approval approval;
    private final Answers answers;

    InputStep(Delivery delivery, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.approval = approval;
        this.answers = answers;
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
                        YES.contains(answer(question + asked + " [y/N] ").toLowerCase(Locale.ROOT));
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
        Map<String, Object> values = new LinkedHashMap<>();
        Object given = call.argument("parameters").orElse(List.of());
        for (Object parameter : given instanceof List<?> list ? list : List.of(given)) {
            if (!(parameter instanceof Described described)) {
                throw new StepFailure("input: parameters are described with calls, such as string(name: 'VERSION')");
            }
            values.put(Parameters.name(described), value(described));
        }
        if (call.argument("submitterParameter").isPresent()) {
            values.put(call.text("submitterParameter"), System.getProperty("user.name"));
        }
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.values().iterator().next();
            default -> values;
        };
    }

    private Object value(Described parameter) throws InterruptedException {
        Object otherwise = Parameters.defaultOf(parameter);
        if (approval != Approval.ASK) {
            return otherwise;
        }
        String text = answer(Parameters.name(parameter) + " [" + otherwise + "] ");
        return text.isEmpty() ? otherwise : Parameters.ofText(parameter, text);
    }

    private String answer(String question) throws InterruptedException {
        delivery.console().line(question);
        return answers.next()
                .orElseThrow(() -> rejected("nobody answers here; --approve all goes on without asking"))
                .strip();
    }

    private static StepFailure rejected(String why) {
        return StepFailure.with(Result.ABORTED, "Not approved: " + why);
    }
}
