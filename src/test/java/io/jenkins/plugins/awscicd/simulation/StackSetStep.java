package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.SetOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@code cloudFormationDeploy} step with a stack set: it makes or changes it, gives it stacks where it has none yet, or deletes it. */
final class StackSetStep extends Step<StackSetSnapshot> {

    static final List<String> REGIONS = List.of("eu-west-1", "us-east-1");

    private final Play play;
    private final StackSetRequest request;

    StackSetStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("stackSet", asked.text("set"));
        arguments.put("accounts", accounts());
        arguments.put("regions", regions());
        if (deletes()) {
            arguments.put("delete", true);
            if (asked.has("all")) {
                arguments.remove("accounts");
                arguments.remove("regions");
            }
        } else {
            arguments.put("template", Map.of("body", StackStep.TEMPLATE));
            arguments.put("parameters", Map.of(StackStep.PARAMETER, value()));
        }
        if (asked.has("tolerated")) {
            arguments.put("failureTolerance", asked.number("tolerated"));
        }
        if (asked.has("whenBusy")) {
            arguments.put("whenBusy", asked.text("whenBusy"));
        }
        request = new StackSetRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new AssertionError(asked + ": " + request.problems());
        }
    }

    private boolean deletes() {
        return asked.has("delete");
    }

    private List<String> accounts() {
        return Places.ACCOUNTS.subList(0, asked.number("accounts"));
    }

    private List<String> regions() {
        return REGIONS.subList(0, asked.number("regions"));
    }

    private String value() {
        return "v" + run;
    }

    /** Whether it is one of this step's: AWS gives an operation the id that it is asked for with. */
    private boolean isOwn(SetOperation operation) {
        return operation.id().startsWith(token.token());
    }

    private List<SetOperation> operations(Ledger ledger) {
        return ledger.setOperations().stream().filter(this::isOwn).toList();
    }

    /** The first: one may have to follow, for what the first has left. */
    @Override
    List<Instant> begun(Ledger ledger) {
        return operations(ledger).stream()
                .filter(one -> one.id().equals(token.token()))
                .map(SetOperation::created)
                .toList();
    }

    /** There may be nothing to do. */
    @Override
    boolean mustBegin() {
        return false;
    }

    /** Others may delete the stack set of a step that does not know any more that it has made it. */
    @Override
    boolean mayBeTwice() {
        return play.world().losesWrites();
    }

    /**
     * Whether all that it has begun came to a good end, and the set was as it was to be while the step was at it; for a step that has
     * failed, at its end: others may have deleted before it could look what it had created.
     */
    @Override
    boolean isThere(Ledger ledger) {
        List<SetOperation> own = operations(ledger);
        if (own.isEmpty() && failure() instanceof IllegalArgumentException) {
            return false; // refused before anything was begun
        }
        return own.stream().allMatch(one -> one.status().equals("SUCCEEDED"))
                && ledger.setHistory(asked.text("set"), failed() ? endedAt() : began, endedAt()).stream()
                        .anyMatch(state -> isAsAsked(state, !own.isEmpty()));
    }

    /** @param tried whether it has begun to delete, so that what is left may be what it tolerates */
    private boolean isAsAsked(Ledger.SetState state, boolean tried) {
        List<String> places = new ArrayList<>();
        accounts().forEach(account -> regions().forEach(region -> places.add(account + "/" + region)));
        if (!deletes()) {
            return value().equals(state.value()) && state.instances().containsAll(places);
        }
        boolean all = asked.has("all");
        return state.value() == null
                || (!all || tried && isTolerant() && !state.instances().isEmpty())
                        && isTolerated(
                                state.instances().stream()
                                        .filter(one -> all || places.contains(one))
                                        .toList(),
                                tried && isTolerant() ? asked.number("tolerated") : 0);
    }

    private boolean isTolerant() {
        return asked.has("tolerated") && asked.number("tolerated") > 0;
    }

    /** Stacks may be left where they could not be deleted: in each region as many as the step tolerates. */
    private static boolean isTolerated(List<String> left, long most) {
        return left.stream()
                .collect(Collectors.groupingBy(one -> one.substring(one.indexOf('/')), Collectors.counting()))
                .values()
                .stream()
                .allMatch(count -> count <= most);
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        return operations(ledger).stream()
                .anyMatch(one -> !one.created().isAfter(at)
                        && (one.endedAt() == null || one.endedAt().isAfter(at)));
    }

    @Override
    String place() {
        return "set " + asked.text("set");
    }

    @Override
    PreparedJob<StackSetSnapshot> prepare(Controller on, Connected<StackSetSnapshot> at) {
        Turn turn = new Turn("web #" + run, order());
        return on.stackSets().prepare(at, request, token, turn, play.gate(this), Consent.given(), files());
    }
}
