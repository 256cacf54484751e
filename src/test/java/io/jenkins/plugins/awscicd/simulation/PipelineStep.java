package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A {@code codePipeline} step. Its execution is known by the value of a variable. */
final class PipelineStep extends Step<PipelineSnapshot> {

    private final Play play;

    PipelineStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    List<Instant> begun(Ledger ledger) {
        return ledger.executions(asked.text("pipeline"), run).stream()
                .map(Execution::started)
                .toList();
    }

    @Override
    boolean isThere(Ledger ledger) {
        return ledger.executions(asked.text("pipeline"), run).stream()
                .anyMatch(one -> one.status().equals("Succeeded"));
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        return ledger.executions(asked.text("pipeline"), run).stream()
                .anyMatch(one -> one.endTime() == null || one.endTime().isAfter(at));
    }

    /** AWS does not show which execution a token has started: another one's, as old as an hour, may be the one. */
    @Override
    boolean mayBeAskedAgain(Ledger ledger) {
        return play.killed() > 0
                && ledger.aws().codePipeline().executions(asked.text("pipeline")).stream()
                        .anyMatch(one -> !Integer.toString(run).equals(one.variable(Places.RUN))
                                && one.started().isAfter(began.minus(Duration.ofHours(1))));
    }

    @Override
    PreparedJob<PipelineSnapshot> prepare(Controller on, Connected<PipelineSnapshot> at) {
        PipelineRequest request = new PipelineRequest(
                Map.of("pipeline", asked.text("pipeline"), "variables", Map.of(Places.RUN, Integer.toString(run))));
        if (!request.problems().isEmpty()) {
            throw new AssertionError(asked + ": " + request.problems());
        }
        return on.codePipeline()
                .prepare(
                        at,
                        request.withoutVariables(),
                        () -> request,
                        token,
                        play.gate(this),
                        null,
                        asked.has("abandon"));
    }
}
