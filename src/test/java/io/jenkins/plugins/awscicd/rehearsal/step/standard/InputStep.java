package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.report.Entry;
import io.jenkins.plugins.awscicd.rehearsal.stage.People;
import io.jenkins.plugins.awscicd.rehearsal.step.Answers;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import io.jenkins.plugins.awscicd.rehearsal.step.InputParameters;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code input}: asks the person at the terminal, or answers as that person has said in advance. */
final class InputStep {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Delivery delivery;
    private final People people;
    private final Approval approval;
    private final InputParameters parameters;

    InputStep(Delivery delivery, People people, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.people = people;
        this.approval = approval;
        this.parameters = new InputParameters(delivery, approval, answers);
    }

    void addTo(Steps steps) {
        steps.add(
                "input",
                List.of("message", "id", "ok", "submitter", "submitterParameter", "parameters", "cancel"),
                this::input);
    }

    private Object input(StepCall call) throws InterruptedException {
        String question = call.required("message");
        Entry entry = delivery.timeline().open(Entry.Kind.QUESTION, question);
        delivery.timeline().fact(entry, "Asked", call.text("submitter"));
        try {
            String who = who(call);
            Object values = answered(call, question, who);
            delivery.timeline().answer(entry, new Entry.Answer(who, null, null, Instant.now()));
            delivery.timeline().close(entry, "SUCCESS", null);
            return values;
        } catch (StepFailure e) {
            delivery.timeline().close(entry, "ABORTED", e.getMessage());
            throw e;
        }
    }

    private Object answered(StepCall call, String question, String who) throws InterruptedException {
        String asked = call.argument("submitter").map(it -> " of " + it).orElse("");
        boolean approved =
                switch (approval) {
                    case ALL, PEOPLE -> true;
                    case NONE ->
                        throw rejected("'" + question + "' would have been asked" + asked + " (--approve none)");
                    case ASK ->
                        YES.contains(
                                parameters.answer(question + asked + " [y/N] ").toLowerCase(Locale.ROOT));
                };
        if (!approved) {
            throw rejected("'" + question + "' was rejected");
        }
        if (approval == Approval.PEOPLE) {
            delivery.console().line("Approved by " + who + ": " + question);
        }
        if (approval == Approval.ALL) {
            delivery.console().line("Approved (--approve all): " + question + asked);
        }
        return values(call, who);
    }

    /** The first of those who are named that the question is for; without any, the person at the terminal. */
    private String who(StepCall call) {
        if (approval != Approval.PEOPLE) {
            return System.getProperty("user.name");
        }
        List<String> submitters = call.argument("submitter")
                .map(it -> List.of(it.toString().strip().split("\\s*,\\s*")))
                .orElse(List.of());
        return people.approvers().stream()
                .filter(person -> submitters.isEmpty()
                        || submitters.contains(person.id())
                        || person.groups().stream().anyMatch(submitters::contains))
                .map(Person::id)
                .findFirst()
                .orElseThrow(() -> rejected("'" + call.required("message") + "' is for " + String.join(", ", submitters)
                        + " to answer, and none of them is named with --approve"));
    }

    /** As in Jenkins: nothing, the one parameter's value, or all values by name. */
    private Object values(StepCall call, String who) throws InterruptedException {
        Map<String, Object> values = parameters.values(call);
        if (call.argument("submitterParameter").isPresent()) {
            values.put(call.text("submitterParameter"), who);
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
