package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractDescribableImpl;
import java.util.Map;

/** An argument that is made of named parts, such as {@code cache: [type: 'LOCAL']}. */
public abstract class NestedArguments<T extends NestedArguments<T>> extends AbstractDescribableImpl<T> {

    private final Arguments arguments = new Arguments();

    /** What was given, by name. */
    @NonNull
    final Map<String, Object> toMap() {
        return arguments.toMap();
    }

    final String text(String name) {
        return arguments.get(name, String.class);
    }

    final Integer number(String name) {
        return arguments.get(name, Integer.class);
    }

    final Boolean flag(String name) {
        return arguments.get(name, Boolean.class);
    }

    final void set(String name, @CheckForNull Object value) {
        arguments.set(name, value);
    }
}
