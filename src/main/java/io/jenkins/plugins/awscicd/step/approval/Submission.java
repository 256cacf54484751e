package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import net.sf.json.JSONArray;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** What an input was answered with, and the traces that it has left. */
final class Submission {

    private Submission() {}

    /**
     * The answer behind an input's value, which is nothing, the one parameter's value without its name, or all values by name.
     * Parameters that were not sent have their defaults, as those of a build do.
     */
    @NonNull
    static Answer read(
            @CheckForNull Object value,
            @NonNull FlowNode node,
            @NonNull Person who,
            @NonNull List<ParameterDefinition> parameters) {
        Map<?, ?> submitted = value instanceof Map<?, ?> all ? all : value == null ? Map.of() : named(value, node);
        Map<String, Object> given = defaults(parameters);
        given.replaceAll((name, otherwise) -> submitted.containsKey(name) ? submitted.get(name) : otherwise);
        Object comment = submitted.get(ApprovalRequest.COMMENT);
        return new Answer(who, comment == null ? null : comment.toString(), Instant.now(), given);
    }

    /** What parameters are if nobody fills them in. */
    @NonNull
    static Map<String, Object> defaults(@NonNull List<ParameterDefinition> parameters) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (ParameterDefinition parameter : parameters) {
            ParameterValue value = parameter.getDefaultParameterValue();
            defaults.put(parameter.getName(), value == null ? null : value.getValue());
        }
        return defaults;
    }

    private static Map<?, ?> named(Object value, FlowNode node) {
        List<Action> actions = node.getActions();
        ListIterator<Action> last = actions.listIterator(actions.size());
        while (last.hasPrevious()) {
            if (last.previous() instanceof InputSubmittedAction submitted
                    && submitted.getParameters().size() == 1
                    && submitted.getParameters().containsValue(value)) {
                return submitted.getParameters();
            }
        }
        return Map.of(ApprovalRequest.COMMENT, value);
    }

    /** Whether a person has said no, rather than that something has ended the input. */
    static boolean isRejection(@NonNull Throwable why) {
        return why instanceof FlowInterruptedException interruption
                && interruption.getCauses().stream().anyMatch(Rejection.class::isInstance);
    }

    /** The comment of the request under way; null if there is none. An input that is rejected does not pass it on. */
    @CheckForNull
    static String commentOfRequest() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String json = request == null ? null : request.getParameter("json");
        if (json == null) {
            return null;
        }
        try {
            Object parameters = JSONObject.fromObject(json).opt("parameter");
            for (Object each : parameters == null ? List.of() : JSONArray.fromObject(parameters)) {
                if (each instanceof JSONObject parameter
                        && ApprovalRequest.COMMENT.equals(parameter.opt("name"))
                        && parameter.opt("value") instanceof String comment
                        && !comment.isBlank()) {
                    return comment.strip();
                }
            }
        } catch (JSONException e) {
            return null; // whatever else was sent, it is no form of ours
        }
        return null;
    }

    /** An input has noted on run and step that the user of this thread approves; that does not count. */
    static void forget(@NonNull Run<?, ?> run, @NonNull FlowNode node) {
        String id = user();
        removeLast(node.getActions(), InputSubmittedAction.class, action -> Objects.equals(action.getApprover(), id));
        forgetApprover(run);
    }

    /** An input has noted on the run that the user of this thread has approved it; that alone is not enough. */
    static void forgetApprover(@NonNull Run<?, ?> run) {
        String id = user();
        for (ApproverAction approver : run.getActions(ApproverAction.class)) {
            if (approver.getUserId().equals(id)) {
                run.removeAction(approver);
                return;
            }
        }
    }

    @CheckForNull
    private static String user() {
        User user = User.current();
        return user == null ? null : user.getId();
    }

    private static <T extends Action> void removeLast(List<Action> actions, Class<T> type, Predicate<T> which) {
        for (int i = actions.size() - 1; i >= 0; i--) {
            Action action = actions.get(i);
            if (type.isInstance(action) && which.test(type.cast(action))) {
                actions.remove(i);
                return;
            }
        }
    }
}
