package io.jenkins.plugins.awscicd.localaws.codepipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Who enters a stage when, by the pipeline's execution mode. */
final class Doors {

    private final BiConsumer<Execution, String> enter;
    private final Consumer<Execution> superseded;

    /** @param enter lets an execution into a stage */
    Doors(BiConsumer<Execution, String> enter, Consumer<Execution> superseded) {
        this.enter = enter;
        this.superseded = superseded;
    }

    void arrive(Execution execution, String stage) {
        if (execution.mode().equals("PARALLEL")) {
            enter.accept(execution, stage);
            return;
        }
        Pipeline.Door door = execution.pipeline.door(stage);
        if (execution.mode().equals("SUPERSEDED")) {
            List<Execution> older = new ArrayList<>(door.waiting);
            door.waiting.clear();
            older.forEach(one -> {
                one.waiting = false;
                superseded.accept(one);
            });
        }
        execution.waiting = true;
        door.waiting.add(execution);
        open(execution.pipeline, stage);
    }

    /** Lets the next one in, if there is room and the transition is enabled. A rollback is not held back. */
    void open(Pipeline pipeline, String stage) {
        Pipeline.Door door = pipeline.door(stage);
        if (door.inside != null || door.waiting.isEmpty()) {
            return;
        }
        Execution next = door.waiting.get(0);
        if (!door.enabled && next.target == null) {
            return;
        }
        door.waiting.remove(0);
        next.waiting = false;
        door.inside = next;
        door.latest = next;
        enter.accept(next, stage);
    }

    void leave(Execution execution, String stage) {
        Pipeline.Door door = execution.pipeline.door(stage);
        if (door.inside == execution) {
            door.inside = null;
            open(execution.pipeline, stage);
        }
    }

    /** Does not wait any longer. */
    void giveUp(Execution execution) {
        for (String stage : execution.stageNames()) {
            execution.pipeline.door(stage).waiting.remove(execution);
        }
        execution.waiting = false;
    }

    void transition(Pipeline pipeline, String stage, boolean enabled, String reason, String by, Instant now) {
        Pipeline.Door door = pipeline.door(stage);
        door.enabled = enabled;
        door.reason = reason;
        door.changedBy = by;
        door.changedAt = now;
        open(pipeline, stage);
    }
}
