package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@code cloudFormationDeploy} step: it makes or changes a stack, plans that only, executes what was planned, or deletes the stack. */
final class StackStep extends Step<StackSnapshot> {

    static final String PARAMETER = "Version";

    /** A stack that has a value in it, which tells whose deployment it is of. */
    static final String TEMPLATE = """
            Parameters:
              Version: {Type: String}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties: {VisibilityTimeout: 30}
              Reader:
                Type: AWS::Lambda::Function
                Properties: {Description: !Ref Version, Queue: !GetAtt Queue.Arn}
            Outputs:
              Version: {Value: !Ref Version}
            """;

    /** The same with something more, which those without it remove again. */
    private static final String WIDER = TEMPLATE.replace("Outputs:", "  Topic:\n    Type: AWS::SNS::Topic\nOutputs:");

    private final Play play;
    private final StackRequest request;
    private final String value;

    /** @param planned the result of the step whose change set is to be executed; null to make one */
    StackStep(Happening asked, Play play, Controller controller, Object planned) {
        super(asked, play, controller);
        this.play = play;
        value = asked.text("value", "v" + asked.number("planned", run));
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("stack", asked.text("stack"));
        if (planned != null) {
            arguments.put("changeSet", planned);
        } else if (asked.has("delete")) {
            arguments.put("delete", true);
        } else {
            arguments.put("template", Map.of("body", asked.has("wider") ? WIDER : TEMPLATE));
            arguments.put("parameters", Map.of(PARAMETER, value));
        }
        if (asked.has("plan")) {
            arguments.put("execute", false);
        }
        for (String name : List.of("recreateFailed", "terminationProtection")) {
            if (asked.has(name)) {
                arguments.put(name, asked.text(name).equals("true"));
            }
        }
        for (String name : List.of("whenBusy", "onFailure")) {
            if (asked.has(name)) {
                arguments.put(name, asked.text(name));
            }
        }
        request = new StackRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new AssertionError(asked + ": " + request.problems());
        }
    }

    private boolean deletes() {
        return request.aim() == Aim.DELETE;
    }

    @Override
    List<Instant> begun(Ledger ledger) {
        return ledger.operations(
                token.token(), deletes() ? Set.of("DELETE_STACK") : Set.of("CREATE_STACK", "UPDATE_STACK"));
    }

    /** There may be nothing to change, or to delete. */
    @Override
    boolean mustBegin() {
        return request.aim() == Aim.EXECUTE;
    }

    @Override
    boolean isThere(Ledger ledger) {
        if (!request.executes()) {
            return begun(ledger).isEmpty() && succeeded();
        }
        if (succeeded()) {
            return was(ledger);
        }
        return !begun(ledger).isEmpty() && is(ledger);
    }

    /** Whether the stack was as it was to be, at some time while the step was at it. */
    private boolean was(Ledger ledger) {
        List<Ledger.StackState> history = history(ledger);
        boolean was = deletes() && history.isEmpty();
        for (int i = 0; i < history.size(); i++) {
            boolean last =
                    i + 1 == history.size() || !history.get(i + 1).since().isBefore(began);
            was |= last && isAsWanted(history.get(i), begun(ledger).isEmpty());
        }
        return was || deletes() && history.get(0).since().isAfter(began);
    }

    /** Whether what it has begun itself has come to that: others may do the same after it. */
    private boolean is(Ledger ledger) {
        List<Ledger.StackState> history =
                history(ledger).stream().filter(this::isOwn).toList();
        return !history.isEmpty() && isAsWanted(history.get(history.size() - 1), false);
    }

    /** Of all stacks of that name, until it ends. */
    private List<Ledger.StackState> history(Ledger ledger) {
        return ledger.stackHistory().stream()
                .filter(state -> state.name().equals(asked.text("stack")))
                .filter(state -> !state.since().isAfter(endedAt()))
                .toList();
    }

    /** @param before whether it may have been so before, be it after somebody else's change was rolled back */
    private boolean isAsWanted(Ledger.StackState state, boolean before) {
        StackStatus status = state.status();
        if (deletes()) {
            return status == StackStatus.DELETE_COMPLETE;
        }
        return value.equals(state.value())
                && (status == StackStatus.CREATE_COMPLETE
                        || status == StackStatus.UPDATE_COMPLETE
                        || before && status == StackStatus.UPDATE_ROLLBACK_COMPLETE);
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        Ledger.StackState then = null;
        for (Ledger.StackState state : ledger.stackHistory()) {
            if (state.name().equals(asked.text("stack")) && !state.since().isAfter(at)) {
                then = state;
            }
        }
        return then != null && then.status().inProgress() && isOwn(then);
    }

    private boolean isOwn(Ledger.StackState state) {
        return state.token() != null && state.token().startsWith(token.token());
    }

    @Override
    List<String> left(Ledger ledger) {
        return succeeded() && !request.executes() ? List.of() : ledger.changeSets(token.token());
    }

    @Override
    String place() {
        return request.changes() ? "stack " + asked.text("stack") : null;
    }

    @Override
    String waitsAt() {
        return "stack " + asked.text("stack");
    }

    @Override
    PreparedJob<StackSnapshot> prepare(Controller on, Connected<StackSnapshot> at) {
        Turn turn = new Turn("web #" + run, order());
        return on.cloudFormation().prepare(at, request, token, turn, play.gate(this), Consent.given(), files());
    }
}
