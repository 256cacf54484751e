package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionWork;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.CodePipelineTiming;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Works;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Actions as they run: begun, looked at again and again, ended. */
final class ActionRuns {

    private final Timeline timeline;
    private final CodePipelineTiming timing;
    private final Works works;
    private final ActionStarts starts;
    private final BiConsumer<Execution, Boolean> touch;
    private final List<Consumer<ActionRun>> listeners = new ArrayList<>();
    private final Consumer<ActionRun> ended;

    ActionRuns(
            Timeline timeline,
            CodePipelineTiming timing,
            Works works,
            ActionStarts starts,
            BiConsumer<Execution, Boolean> touch,
            Consumer<ActionRun> ended) {
        this.timeline = timeline;
        this.timing = timing;
        this.works = works;
        this.starts = starts;
        this.touch = touch;
        this.ended = ended;
    }

    /** The actions that come next in a stage: all with the lowest run order above this one. */
    static List<ObjectNode> after(ObjectNode stage, int runOrder) {
        List<ObjectNode> later = new ArrayList<>();
        for (JsonNode action : stage.path("actions")) {
            if (action.path("runOrder").asInt(1) > runOrder) {
                later.add((ObjectNode) action);
            }
        }
        int next = later.stream()
                .map(action -> action.path("runOrder").asInt(1))
                .min(Comparator.naturalOrder())
                .orElse(0);
        return later.stream()
                .filter(action -> action.path("runOrder").asInt(1) == next)
                .toList();
    }

    /** Told of actions that have begun or ended. */
    void whenChanged(Consumer<ActionRun> listener) {
        listeners.add(listener);
    }

    void begin(Execution execution, String stage, ObjectNode declaration) {
        ActionRun action = starts.of(execution, stage, declaration);
        execution.actions.add(action);
        touch.accept(execution, false);
        try {
            action.work = works.of(action);
            ActionWork.State state = action.work.begin();
            listeners.forEach(listener -> listener.accept(action));
            went(action, state);
        } catch (AwsServiceException | IllegalArgumentException e) {
            refused(action, e);
        }
    }

    private void look(ActionRun action) {
        if (!action.runs()) {
            return;
        }
        try {
            went(action, action.work.look());
        } catch (AwsServiceException | IllegalArgumentException e) {
            refused(action, e);
        }
    }

    private void refused(ActionRun action, RuntimeException why) {
        action.errorCode = "ConfigurationError";
        action.errorMessage = why instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                ? aws.awsErrorDetails().errorMessage()
                : String.valueOf(why.getMessage());
        went(action, ActionWork.State.FAILED);
    }

    private void went(ActionRun action, ActionWork.State state) {
        if (state == ActionWork.State.RUNNING) {
            timeline.after(timing.poll(), () -> look(action));
        } else {
            // whoever began several at once has begun them all before one of them ends
            timeline.after(Duration.ZERO, () -> end(action, state));
        }
    }

    void end(ActionRun action, ActionWork.State state) {
        if (!action.runs()) {
            return;
        }
        boolean succeeded = state == ActionWork.State.SUCCEEDED;
        action.status = succeeded ? "Succeeded" : "Failed";
        action.updated = timeline.now();
        if (succeeded) {
            action.outputs.forEach(output -> action.execution.artifacts.put(output.name(), output));
            String namespace = action.declaration.path("namespace").asText("");
            action.outputVariables.forEach(
                    (name, value) -> action.execution.namespaces.put(namespace + "." + name, value));
        }
        touch.accept(action.execution, false);
        listeners.forEach(listener -> listener.accept(action));
        ended.accept(action);
    }

    void abandon(ActionRun action) {
        action.status = "Abandoned";
        action.updated = timeline.now();
        touch.accept(action.execution, false);
        listeners.forEach(listener -> listener.accept(action));
    }
}
