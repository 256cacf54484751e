package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * What a script that makes jobs gives to a build step, looked at before it is made. The step in it looks at its own arguments too, but
 * whoever makes the build step would wrap what that says, and quote all values, of which some may be secrets.
 */
final class StepArguments {

    private static final String STEP = "step";

    private StepArguments() {}

    /**
     * The same arguments, those of the step as its properties take them.
     *
     * @param build the build step
     * @param step what is in it
     * @param others what the build step takes besides
     * @throws IllegalArgumentException saying what is wrong with them
     */
    @NonNull
    static Map<String, Object> checked(
            @NonNull Descriptor<?> build,
            @NonNull Class<? extends AwsStep> step,
            @NonNull List<String> others,
            @NonNull Map<String, Object> arguments) {
        AwsStepDescriptor descriptor = (AwsStepDescriptor) Jenkins.get().getDescriptorOrDie(step);
        String symbol = build.getClass().getAnnotation(Symbol.class).value()[0];
        for (String name : arguments.keySet()) {
            if (!name.equals(STEP) && !others.contains(name)) {
                throw new IllegalArgumentException(Messages.StepArguments_notInStep(symbol, name));
            }
        }
        Map<String, Object> checked = new LinkedHashMap<>(arguments);
        Object given = arguments.get(STEP);
        if (given instanceof UninstantiatedDescribable made) {
            checked.put(STEP, made.withArguments(descriptor.customInstantiate(named(made.getArguments()))));
        } else if (given instanceof Map<?, ?> map) {
            Map<String, Object> named = named(map);
            Object type = named.remove("$class");
            Map<String, Object> plain = new LinkedHashMap<>(descriptor.customInstantiate(named));
            if (type != null) {
                plain.put("$class", type);
            }
            checked.put(STEP, plain);
        } else if (!step.isInstance(given)) {
            throw new IllegalArgumentException(Messages.StepArguments_noStep(symbol, descriptor.getFunctionName()));
        }
        return checked;
    }

    private static Map<String, Object> named(Map<?, ?> given) {
        Map<String, Object> named = new LinkedHashMap<>();
        given.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }
}
