package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Branches;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Steps that decide what becomes of their block. */
final class FlowSteps {

    private final Delivery delivery;

    FlowSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        steps.add("retry", List.of("count", "conditions"), this::retry);
        steps.add("timeout", List.of("time", "unit", "activity"), this::timeout);
        steps.add("waitUntil", List.of("initialRecurrencePeriod", "quiet"), this::waitUntil);
        steps.add(
                "catchError",
                List.of("message", "buildResult", "stageResult", "catchInterruptions"),
                call -> caught(call, "FAILURE", "FAILURE"));
        steps.add("warnError", List.of("message", "catchInterruptions"), call -> caught(call, "UNSTABLE", "UNSTABLE"));
        steps.add("parallel", StepCall.ANY, this::parallel);
    }

    private Object retry(StepCall call) {
        long count = call.number("count");
        for (long attempt = 1; ; attempt++) {
            try {
                return call.block().get();
            } catch (RuntimeException e) {
                if (attempt >= count || StepFailure.isInterruption(e)) {
                    throw e;
                }
                delivery.console().line("ERROR: " + StepFailure.messageOf(e));
                delivery.console().line("Retrying");
            }
        }
    }

    private Object timeout(StepCall call) {
        TimeUnit unit;
        try {
            unit = TimeUnit.valueOf(call.argument("unit").map(String::valueOf).orElse("MINUTES"));
        } catch (IllegalArgumentException e) {
            throw new StepFailure(
                    "timeout: unit must be SECONDS, MINUTES, HOURS or DAYS, not '" + call.text("unit") + "'", e);
        }
        Duration limit = Duration.of(call.number("time"), unit.toChronoUnit());
        return delivery.interruption()
                .within(limit, "Timeout of " + Durations.inWords(limit) + " has been exceeded", call.block());
    }

    private Object waitUntil(StepCall call) {
        if (!Boolean.TRUE.equals(call.block().get())) {
            throw new StepFailure(
                    "waitUntil: its condition is false, and a rehearsal does not wait for anything outside of it");
        }
        return null;
    }

    private Object caught(StepCall call, String buildDefault, String stageDefault) {
        try {
            return call.block().get();
        } catch (RuntimeException e) {
            boolean let = "false".equals(call.text("catchInterruptions")) && StepFailure.isInterruption(e);
            if (let) {
                throw e;
            }
            String message = StepFailure.messageOf(e);
            delivery.console()
                    .line("ERROR: "
                            + call.argument("message").map(it -> it + ": ").orElse("") + message);
            // An interruption's own result is worse than what is to be made of an error.
            Result least = StepFailure.isInterruption(e) ? StepFailure.resultOf(e) : Result.SUCCESS;
            delivery.build()
                    .worsen(
                            result(call, "buildResult", buildDefault).and(least),
                            delivery.stages().tell(e));
            delivery.stages().worsen(result(call, "stageResult", stageDefault).and(least));
            return null;
        }
    }

    private static Result result(StepCall call, String argument, String otherwise) {
        return Result.of(call.argument(argument).orElse(otherwise));
    }

    private Object parallel(StepCall call) {
        Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
        call.arguments().forEach((name, branch) -> {
            if (branch instanceof Closure<?> block) {
                branches.put(name, () -> delivery.stages().run(name, block::call));
            } else if (!name.equals("failFast")) {
                throw new StepFailure("parallel: branch '" + name + "' must be a block");
            }
        });
        return new Branches(delivery, call.flag("failFast")).run(branches);
    }
}
