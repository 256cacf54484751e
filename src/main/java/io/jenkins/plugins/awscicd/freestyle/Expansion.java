package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Variables in the texts of a step: {@code $NAME} and {@code ${NAME}} become what the build's environment says, {@code $$} a
 * dollar sign, and what is not known stays as it is.
 */
final class Expansion {

    /** A script of its own, when it has several lines: its variables are those of the build at AWS. */
    private static final String BUILDSPEC = "buildspec";

    private final EnvVars environment;

    private Expansion(EnvVars environment) {
        this.environment = environment;
    }

    /** The step with the variables' values; the one that is configured stays as it is. */
    @NonNull
    static AwsStep of(@NonNull AwsStep step, @NonNull EnvVars environment, @NonNull TaskListener listener)
            throws ReflectiveOperationException {
        Map<String, Object> arguments = new Expansion(environment)
                .all(DescribableModel.uninstantiate2_(step).getArguments());
        return new DescribableModel<>(step.getClass()).instantiate(arguments, listener);
    }

    private Map<String, Object> all(Map<?, ?> arguments) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        arguments.forEach(
                (name, value) -> expanded.put(String.valueOf(name), isScript(name, value) ? value : expand(value)));
        return expanded;
    }

    private static boolean isScript(Object name, @CheckForNull Object value) {
        return BUILDSPEC.equals(name)
                && value instanceof String text
                && text.strip().contains("\n");
    }

    @CheckForNull
    private Object expand(@CheckForNull Object value) {
        if (value instanceof String text) {
            return environment.expand(text);
        }
        if (value instanceof UninstantiatedDescribable part) {
            return part.withArguments(all(part.getArguments()));
        }
        if (value instanceof Map<?, ?> map) {
            return all(map);
        }
        if (value instanceof List<?> list) {
            List<Object> expanded = new ArrayList<>();
            list.forEach(item -> expanded.add(expand(item)));
            return expanded;
        }
        return value;
    }
}
