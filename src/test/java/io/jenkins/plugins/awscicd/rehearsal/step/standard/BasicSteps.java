package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Steps that tell something, or say how the delivery comes out, and blocks that mean nothing without a Jenkins. */
final class BasicSteps {

    private final Delivery delivery;

    BasicSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        steps.add("echo", List.of("message"), call -> tell(call.required("message")));
        steps.add("println", List.of("value"), call -> tell(call.text("value")));
        steps.add("print", List.of("value"), call -> tell(call.text("value")));
        steps.add("error", List.of("message"), call -> {
            throw new StepFailure(call.argument("message").map(String::valueOf).orElse("error"));
        });
        steps.add("unstable", List.of("message"), call -> {
            tell("WARNING: " + call.required("message"));
            delivery.worsen(Result.UNSTABLE, call.required("message"));
            return null;
        });
        steps.add("sleep", List.of("time", "unit"), this::sleep);
        steps.add("stage", List.of("name", "concurrency"), call -> {
            if (call.closure() == null) {
                delivery.console().line("=== " + call.required("name"));
                return null; // as it was written when Pipeline was young: a stage until the next
            }
            Supplier<Object> block = call.block();
            return delivery.stages().run(call.required("name"), block);
        });
        steps.add("script", List.of(), call -> call.block().get());
        steps.add("isUnix", List.of(), call -> true);

        // Where a run takes place, and what it looks like there, is Jenkins' affair.
        steps.add("node", List.of("label"), call -> call.block().get());
        steps.add("ws", List.of("dir"), call -> call.block().get());
        steps.add("timestamps", List.of(), call -> call.block().get());
        steps.add("ansiColor", List.of("colorMapName"), call -> call.block().get());
        steps.add(
                "lock",
                StepCall.ANY,
                call -> call.closure() == null ? null : call.block().get());
        steps.add("milestone", StepCall.ANY, call -> null);

        for (String name : List.of("container", "podTemplate", "withDockerContainer")) {
            steps.add(name, StepCall.ANY, call -> {
                delivery.console().note("There are no containers in a rehearsal: " + name + " runs on this machine");
                return delivery.env().with(Map.of("POD_LABEL", "built-in"), call.block());
            });
        }

        for (String name : List.of("cleanWs", "deleteDir", "mail", "tool", "wrap")) {
            steps.add(name, StepCall.ANY, this::leaveOut);
        }
    }

    private Object tell(String text) {
        delivery.console().line(String.valueOf(text));
        return null;
    }

    private Object sleep(StepCall call) {
        String unit = call.argument("unit").map(String::valueOf).orElse("SECONDS");
        return tell("Not slept in a rehearsal: " + call.number("time") + " " + unit.toLowerCase(Locale.ROOT));
    }

    /** Steps that would delete what the Jenkinsfile lies beside, or reach people and tools that only Jenkins knows. */
    private Object leaveOut(StepCall call) {
        delivery.console().note(call.name() + " is left out in a rehearsal");
        return call.closure() == null ? null : call.block().get();
    }
}
