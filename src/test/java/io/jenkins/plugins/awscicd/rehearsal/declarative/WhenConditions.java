package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Whether a stage runs, by its {@code when} block. */
final class WhenConditions {

    private static final List<String> PATTERN = List.of("pattern", "comparator");

    private final Scope scope;

    WhenConditions(Scope scope) {
        this.scope = scope;
    }

    /** Whether all conditions of the block hold. */
    boolean hold(Closure<?> when) {
        return all(conditions("when", when)).getAsBoolean();
    }

    private static BooleanSupplier all(List<BooleanSupplier> conditions) {
        return () -> conditions.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    private List<BooleanSupplier> conditions(String name, Closure<?> closure) {
        List<BooleanSupplier> found = new ArrayList<>();
        new Block(name, scope)
                .onBlock("expression", it -> found.add(() -> DefaultTypeTransformation.castToBoolean(scope.run(it))))
                .onBlock("allOf", it -> found.add(all(conditions("allOf", it))))
                .onBlock("anyOf", it -> {
                    List<BooleanSupplier> any = conditions("anyOf", it);
                    found.add(() -> any.stream().anyMatch(BooleanSupplier::getAsBoolean));
                })
                .onBlock("not", it -> {
                    BooleanSupplier inner = all(conditions("not", it));
                    found.add(() -> !inner.getAsBoolean());
                })
                .on(
                        "equals",
                        List.of("expected", "actual"),
                        call -> found.add(() -> Objects.equals(
                                call.arguments().get("expected"),
                                call.arguments().get("actual"))))
                .on(
                        "environment",
                        List.of("name", "value"),
                        call -> found.add(() -> Objects.equals(env(call.required("name")), call.text("value"))))
                .on("branch", PATTERN, call -> found.add(() -> matches(call, env("BRANCH_NAME"))))
                .on("tag", PATTERN, call -> found.add(() -> matches(call, env("TAG_NAME"))))
                .on("buildingTag", List.of(), call -> found.add(() -> env("TAG_NAME") != null))
                .on("changeRequest", StepCall.ANY, call -> found.add(() -> env("CHANGE_ID") != null))
                .on(List.of("changelog", "changeset", "triggeredBy", "isRestartedRun"), call -> {
                    scope.delivery().console().note("The condition " + call.name() + " is never true in a rehearsal");
                    found.add(() -> false);
                })
                // Nothing is waited for before a stage, so when the conditions are looked at makes no difference.
                .on(List.of("beforeAgent", "beforeInput", "beforeOptions"), call -> {})
                .read(closure);
        return found;
    }

    private String env(String name) {
        return scope.delivery().env().get(name);
    }

    private static boolean matches(StepCall call, String name) {
        if (name == null) {
            return false;
        }
        String pattern = call.required("pattern");
        return switch (call.argument("comparator").map(String::valueOf).orElse("GLOB")) {
            case "REGEXP" -> name.matches(pattern);
            case "EQUALS" -> name.equals(pattern);
            default ->
                FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
        };
    }
}
