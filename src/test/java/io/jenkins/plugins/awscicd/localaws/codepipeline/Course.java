package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionWork;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.CodePipelineTiming;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Works;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The course of executions through their stages. Called with the timeline held. */
final class Course {

    private static final Duration ANSWER_DELAY = Duration.ofSeconds(8);
    private static final Duration ROLLBACK_DELAY = Duration.ofSeconds(12);

    private final Timeline timeline;
    private final CodePipelineTiming timing;
    private final Set<Dialect> dialects;
    private final Conditions conditions;
    private final ActionRuns runs;
    private final Doors doors;
    /** Starts the rollback of a stage that has failed in an execution. */
    private final BiConsumer<Execution, String> rollback;

    private Consumer<Execution> changed = execution -> {};

    Course(
            Timeline timeline,
            CodePipelineTiming timing,
            Set<Dialect> dialects,
            Works works,
            ActionStarts starts,
            BiConsumer<Execution, String> rollback) {
        this.timeline = timeline;
        this.timing = timing;
        this.dialects = dialects;
        this.conditions = new Conditions(works);
        this.runs = new ActionRuns(timeline, timing, works, starts, this::touch, this::actionEnded);
        this.doors = new Doors(this::enter, one -> end(one, "Superseded"));
        this.rollback = rollback;
    }

    Doors doors() {
        return doors;
    }

    private void touch(Execution execution, boolean statusChanged) {
        if (statusChanged || !dialects.contains(Dialect.UPDATED_WITH_STATUS_ALONE)) {
            execution.updated = timeline.now();
        }
    }

    private void status(Execution execution, String status) {
        execution.status = status;
        touch(execution, true);
        changed.accept(execution);
    }

    /** Told of executions that have begun or changed their status. */
    void whenChanged(Consumer<Execution> listener) {
        changed = listener;
    }

    /** Told of actions that have begun or ended. */
    void whenActionChanged(Consumer<ActionRun> listener) {
        runs.whenChanged(listener);
    }

    void begin(Execution execution, String stage) {
        changed.accept(execution);
        doors.arrive(execution, stage);
    }

    private void enter(Execution execution, String stage) {
        execution.stages.put(stage, "InProgress");
        touch(execution, false);
        timeline.after(timing.transition(), () -> check(execution, stage));
    }

    private void check(Execution execution, String stage) {
        if (!execution.status.equals("InProgress")) {
            stopped(execution);
            return;
        }
        String verdict = conditions.judge(execution, declared(execution, stage), "beforeEntry");
        if (verdict == null) {
            group(execution, stage, Integer.MIN_VALUE);
        } else if (verdict.equals("SKIP")) {
            execution.stages.put(stage, "Skipped");
            next(execution, stage);
        } else {
            failed(execution, stage, verdict.equals("ROLLBACK"), "Conditions of the stage failed before its entry");
        }
    }

    /** Begins the actions that come next. */
    private void group(Execution execution, String stage, int after) {
        List<ObjectNode> next = ActionRuns.after(declared(execution, stage), after);
        if (next.isEmpty()) {
            succeeded(execution, stage);
            return;
        }
        next.forEach(declaration -> runs.begin(execution, stage, declaration));
    }

    private void actionEnded(ActionRun action) {
        Execution execution = action.execution;
        if (execution.ended()) {
            return;
        }
        List<ActionRun> newest = execution.current(action.stage);
        if (newest.stream().anyMatch(ActionRun::runs)) {
            return;
        }
        if (execution.status.equals("Stopping")) {
            stopped(execution);
            return;
        }
        if (newest.stream().anyMatch(ActionRun::failed)) {
            failed(execution, action.stage, false, null);
        } else {
            group(execution, action.stage, action.runOrder());
        }
    }

    private void succeeded(Execution execution, String stage) {
        String verdict = conditions.judge(execution, declared(execution, stage), "onSuccess");
        if (verdict != null && !verdict.equals("SKIP")) {
            failed(execution, stage, verdict.equals("ROLLBACK"), "Conditions of the stage failed on its success");
            return;
        }
        execution.stages.put(stage, "Succeeded");
        next(execution, stage);
    }

    private void next(Execution execution, String stage) {
        List<String> all = execution.stageNames();
        int index = all.indexOf(stage);
        boolean last = execution.target != null || index + 1 == all.size();
        if (last) {
            end(execution, "Succeeded");
        }
        doors.leave(execution, stage);
        if (!last) {
            doors.arrive(execution, all.get(index + 1));
        }
    }

    private void failed(Execution execution, String stage, boolean rollBack, String why) {
        execution.stages.put(stage, "Failed");
        ObjectNode declared = declared(execution, stage);
        String result = declared.path("onFailure").path("result").asText();
        if (result.equals("RETRY") && !execution.retriedAutomatically) {
            execution.retriedAutomatically = true;
            String mode = declared.path("onFailure")
                    .path("retryConfiguration")
                    .path("retryMode")
                    .asText();
            again(execution, stage, mode.equals("ALL_ACTIONS"));
            return;
        }
        execution.summary = why;
        end(execution, "Failed");
        doors.leave(execution, stage);
        if (rollBack || result.equals("ROLLBACK")) {
            if (dialects.contains(Dialect.ROLLBACK_LATE)) {
                timeline.after(ROLLBACK_DELAY, () -> rollback.accept(execution, stage));
            } else {
                rollback.accept(execution, stage);
            }
        }
    }

    /** Tries a failed stage again, under the same execution. */
    void retry(Execution execution, String stage, boolean all) {
        status(execution, "InProgress");
        execution.summary = null;
        if (!execution.mode().equals("PARALLEL")) {
            execution.pipeline.door(stage).inside = execution;
        }
        again(execution, stage, all);
    }

    private void again(Execution execution, String stage, boolean all) {
        execution.stages.put(stage, "InProgress");
        touch(execution, false);
        List<ActionRun> failed =
                execution.newest(stage).stream().filter(ActionRun::failed).toList();
        if (all || failed.isEmpty()) {
            execution.beginAnew(stage);
            group(execution, stage, Integer.MIN_VALUE);
        } else {
            failed.forEach(action -> runs.begin(execution, stage, action.declaration));
        }
    }

    /** Goes on where a condition had stopped it. */
    void override(Execution execution, String stage, String kind) {
        execution.overridden.add(stage + " " + kind);
        status(execution, "InProgress");
        execution.stages.put(stage, "InProgress");
        if (kind.equals("beforeEntry")) {
            group(execution, stage, Integer.MIN_VALUE);
        } else {
            succeeded(execution, stage);
        }
    }

    void stop(Execution execution, boolean abandon, String reason) {
        execution.stopReason = reason;
        execution.abandoned |= abandon;
        status(execution, "Stopping");
        if (abandon) {
            execution.actions.stream().filter(ActionRun::runs).toList().forEach(runs::abandon);
        }
        if (execution.actions.stream().noneMatch(ActionRun::runs)) {
            timeline.after(timing.transition(), () -> stopped(execution));
        }
    }

    private void stopped(Execution execution) {
        if (execution.ended()) {
            return;
        }
        execution.stages.replaceAll((stage, status) -> status.equals("InProgress") ? "Stopped" : status);
        end(execution, "Stopped");
        doors.giveUp(execution);
        execution.stageNames().forEach(stage -> doors.leave(execution, stage));
    }

    private void end(Execution execution, String status) {
        status(execution, status);
    }

    /** An approval was answered. */
    void answer(ActionRun action, boolean approved, String summary, String by) {
        action.answered = true;
        Duration shown = dialects.contains(Dialect.ANSWER_SHOWN_LATE) ? ANSWER_DELAY : Duration.ZERO;
        timeline.after(shown, () -> {
            action.summary = dialects.contains(Dialect.ANSWERED_WITHOUT_WORDS) ? null : summary;
            action.updatedBy = dialects.contains(Dialect.ANSWERED_BY_NOBODY) ? null : by;
            runs.end(action, approved ? ActionWork.State.SUCCEEDED : ActionWork.State.FAILED);
        });
    }

    private static ObjectNode declared(Execution execution, String stage) {
        for (JsonNode one : execution.definition.path("stages")) {
            if (one.path("name").asText().equals(stage)) {
                return (ObjectNode) one;
            }
        }
        throw new IllegalStateException("No stage " + stage);
    }
}
