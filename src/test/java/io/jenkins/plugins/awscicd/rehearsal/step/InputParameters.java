package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a question to people has them fill in. */
public final class InputParameters {

    private final Delivery delivery;
    private final Approval approval;
    private final Answers answers;

    public InputParameters(Delivery delivery, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.approval = approval;
        this.answers = answers;
    }

    /** The call's {@code parameters}, as they are described. */
    public static List<Described> described(StepCall call) {
        Object given = call.argument("parameters").orElse(List.of());
        List<?> all = given instanceof List<?> list ? list : List.of(given);
        return all.stream()
                .map(parameter -> {
                    Described described = Parameters.described(parameter);
                    if (described == null) {
                        throw new StepFailure(
                                call.name() + ": parameters are described with calls, such as string(name: 'VERSION')");
                    }
                    return described;
                })
                .toList();
    }

    /** Their values by name: those that the person at the terminal types, or their defaults. */
    public Map<String, Object> values(StepCall call) throws InterruptedException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Described parameter : described(call)) {
            values.put(Parameters.name(parameter), value(parameter));
        }
        return values;
    }

    private Object value(Described parameter) throws InterruptedException {
        Object otherwise = Parameters.defaultOf(parameter);
        if (approval != Approval.ASK) {
            return otherwise;
        }
        String text = answer(Parameters.name(parameter) + " [" + otherwise + "] ");
        return text.isEmpty() ? otherwise : Parameters.ofText(parameter, text);
    }

    /** What the person at the terminal types. */
    public String answer(String question) throws InterruptedException {
        delivery.console().line(question);
        return answers.next()
                .orElseThrow(() -> StepFailure.with(
                        Result.ABORTED, "Not approved: nobody answers here; --approve all goes on without asking"))
                .strip();
    }
}
