package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt.map;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.TaskListener;
import hudson.tasks.BuildStep;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The build steps and post-build actions of this plugin, each with the call of a step in it. */
final class BuildSteps {

    private BuildSteps() {}

    /** @param kind {@code Builder} or {@code Publisher} */
    static List<Descriptor<?>> all(Class<?> kind) {
        return ExtensionList.lookup(Descriptor.class).stream()
                .filter(it -> kind.isAssignableFrom(it.clazz))
                .filter(it -> it.clazz.getName().startsWith("io.jenkins.plugins.awscicd.freestyle."))
                .<Descriptor<?>>map(it -> (Descriptor<?>) it)
                .toList();
    }

    /** Those of a kind that make these calls; a call that none of them makes is left out. */
    static Map<Attempt, BuildStep> of(Class<?> kind, List<Attempt> attempts) throws ReflectiveOperationException {
        Map<Attempt, BuildStep> made = new LinkedHashMap<>();
        for (Descriptor<?> descriptor : all(kind)) {
            for (Attempt attempt : attempts) {
                if (attempt.step().equals(stepOf(descriptor))) {
                    made.put(
                            new Attempt(descriptor.clazz.getSimpleName(), attempt.argument(), attempt.arguments()),
                            of(descriptor, attempt));
                }
            }
        }
        return made;
    }

    private static BuildStep of(Descriptor<?> descriptor, Attempt attempt) throws ReflectiveOperationException {
        Map<String, Object> arguments = map(
                "step", new DescribableModel<>(typeOf(descriptor)).instantiate(attempt.arguments(), TaskListener.NULL));
        if (Publisher.class.isAssignableFrom(descriptor.clazz)) {
            arguments.put("when", "always"); // those before it have failed
        }
        return (BuildStep) new DescribableModel<>(descriptor.clazz).instantiate(arguments, TaskListener.NULL);
    }

    private static Class<?> typeOf(Descriptor<?> descriptor) throws NoSuchMethodException {
        return descriptor.clazz.getMethod("getStep").getReturnType();
    }

    /** The name of the step in it. */
    static String stepOf(Descriptor<?> descriptor) throws NoSuchMethodException {
        Class<?> type = typeOf(descriptor);
        return StepDescriptor.all().stream()
                .filter(it -> it.clazz == type)
                .map(StepDescriptor::getFunctionName)
                .findFirst()
                .orElseThrow();
    }
}
