package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Branches;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs stages as Jenkins does: after a failure the stages that follow are skipped, while what {@code post} says is done at
 * each level.
 */
final class StageRunner {

    private static final List<String> WRAPPERS = Stream.concat(
                    Stream.of("retry", "timeout"), ModelReader.WRAPPERS.stream())
            .toList();

    private final Scope scope;
    private final Delivery delivery;
    private final StageEnvironment environment;
    private boolean skipAfterUnstable;
    private boolean alwaysFailFast;

    StageRunner(Scope scope) {
        this.scope = scope;
        this.delivery = scope.delivery();
        this.environment = new StageEnvironment(scope);
    }

    void pipeline(StageModel pipeline) {
        skipAfterUnstable = pipeline.hasOption("skipStagesAfterUnstable");
        alwaysFailFast = pipeline.hasOption("parallelsAlwaysFailFast");
        environment.around(
                pipeline.environment, () -> withPost(pipeline, () -> optioned(pipeline, () -> body(pipeline))));
    }

    private Object stage(StageModel stage) {
        return delivery.env()
                .with(
                        stage.axes,
                        () -> environment.around(stage.environment, () -> {
                            if (stage.when != null && !new WhenConditions(scope).hold(stage.when)) {
                                skip(stage, "its when conditions are false");
                                return null;
                            }
                            return delivery.stages()
                                    .run(
                                            stage.name,
                                            () -> withPost(
                                                    stage,
                                                    () -> optioned(
                                                            stage,
                                                            () -> stage.input == null
                                                                    ? body(stage)
                                                                    : new StageInput(scope, stage.input)
                                                                            .before(() -> body(stage)))));
                        }));
    }

    private Object body(StageModel stage) {
        if (stage.steps != null) {
            return scope.run(stage.steps);
        }
        if (stage.parallel != null) {
            Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
            stage.parallel.forEach(it -> branches.put(it.name, () -> stage(it)));
            return new Branches(delivery, stage.failFast || alwaysFailFast).run(branches);
        }
        return inOrder(stage.stages);
    }

    private Object inOrder(List<StageModel> stages) {
        RuntimeException failure = null;
        for (StageModel stage : stages) {
            if (failure != null) {
                skip(stage, "an earlier stage has failed");
            } else if (skipAfterUnstable && delivery.build().result() == Result.UNSTABLE) {
                skip(stage, "the delivery is unstable");
            } else {
                try {
                    stage(stage);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void skip(StageModel stage, String why) {
        delivery.stages().skip(stage.name, why);
    }

    /** The options that do something here are the steps of the same names. */
    private Object optioned(StageModel stage, Supplier<Object> body) {
        Supplier<Object> wrapped = body;
        for (StepCall option : stage.options) {
            if (WRAPPERS.contains(option.name())) {
                Supplier<Object> inner = wrapped;
                wrapped = () -> scope.steps().run(option.around(inner));
            }
        }
        return wrapped.get();
    }

    private Object withPost(StageModel stage, Supplier<Object> body) {
        RuntimeException failure = null;
        Object value = null;
        try {
            value = body.get();
        } catch (RuntimeException e) {
            failure = e;
            worsen(e);
        }
        for (PostCondition condition : PostCondition.values()) {
            Closure<?> block = stage.post.get(condition.word());
            if (block == null || !condition.met(result(stage))) {
                continue;
            }
            try {
                delivery.console().line("--- post: " + condition.word());
                scope.run(block);
            } catch (RuntimeException e) {
                // The other conditions' blocks run all the same, and the first failure is the one that counts.
                delivery.console().line("ERROR: " + StepFailure.messageOf(e));
                worsen(e);
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    private void worsen(RuntimeException failure) {
        delivery.build().worsen(StepFailure.resultOf(failure), delivery.stages().tell(failure));
        delivery.stages().worsen(StepFailure.resultOf(failure));
    }

    private Result result(StageModel stage) {
        return stage.name == null
                ? delivery.build().result()
                : delivery.stages().result();
    }
}
