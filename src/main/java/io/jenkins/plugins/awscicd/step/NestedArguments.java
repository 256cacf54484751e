package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractDescribableImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An argument that is made of named parts, such as {@code cache: [type: 'LOCAL']}. */
public abstract class NestedArguments<T extends NestedArguments<T>> extends AbstractDescribableImpl<T> {

    private final Arguments arguments = new Arguments();

    /** What was given, by name; parts that have parts themselves are maps, too. */
    @NonNull
    public final Map<String, Object> toMap() {
        Map<String, Object> all = arguments.toMap();
        all.replaceAll((name, value) -> value instanceof List<?> list
                ? list.stream().map(NestedArguments::plain).toList()
                : plain(value));
        return all;
    }

    private static Object plain(Object item) {
        return item instanceof NestedArguments<?> nested ? nested.toMap() : item;
    }

    @CheckForNull
    protected final <P extends NestedArguments<P>> P part(String name, Class<P> type) {
        return arguments.get(name, type);
    }

    protected final String text(String name) {
        return arguments.get(name, String.class);
    }

    protected final Integer number(String name) {
        return arguments.get(name, Integer.class);
    }

    protected final Boolean flag(String name) {
        return arguments.get(name, Boolean.class);
    }

    protected final void set(String name, @CheckForNull Object value) {
        arguments.set(name, value);
    }

    /** Sets a text that may well be empty. */
    protected final void keep(String name, @CheckForNull String text) {
        arguments.keep(name, text);
    }

    /** Sets a text that may be a secret, and may well be empty. */
    protected final void seal(String name, @CheckForNull String text) {
        arguments.seal(name, text);
    }

    @CheckForNull
    protected final List<String> texts(String name) {
        return parts(name, String.class);
    }

    protected final void setTexts(String name, @CheckForNull List<String> texts) {
        setParts(name, texts);
    }

    @CheckForNull
    protected final <P> List<P> parts(String name, Class<P> type) {
        List<?> list = arguments.get(name, List.class);
        return list == null ? null : list.stream().map(type::cast).toList();
    }

    protected final void setParts(String name, @CheckForNull List<?> parts) {
        arguments.set(name, parts == null || parts.isEmpty() ? null : new ArrayList<>(parts));
    }
}
