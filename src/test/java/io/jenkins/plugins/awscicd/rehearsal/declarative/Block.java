package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import io.jenkins.plugins.awscicd.rehearsal.delivery.ClashingCalls;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A block of directives, such as {@code pipeline { … }} or {@code when { … }}: a closure whose calls are directives. All else in
 * it, values above all, is the script's.
 */
final class Block extends GroovyObjectSupport {

    private record Directive(List<String> parameters, Consumer<StepCall> reader) {}

    /** Words that a directive can have in place of a value. */
    private static final Set<String> WORDS = Set.of("any", "none");

    private final String name;
    private final Scope scope;
    private final Map<String, Directive> directives = new LinkedHashMap<>();
    private final Map<String, Consumer<List<String>>> lists = new LinkedHashMap<>();
    private BiConsumer<String, Object> assignment;
    private Consumer<String> otherwise;
    private boolean lenient;

    /** @param name what the block is called, for messages */
    Block(String name, Scope scope) {
        this.name = name;
        this.scope = scope;
    }

    /** A directive that the block can have, with the names of its arguments, as {@link StepCall} has them. */
    Block on(String directive, List<String> parameters, Consumer<StepCall> reader) {
        directives.put(directive, new Directive(parameters, reader));
        return this;
    }

    /** Directives that are read alike, with any arguments. */
    Block on(Collection<String> names, Consumer<StepCall> reader) {
        names.forEach(directive -> on(directive, StepCall.ANY, reader));
        return this;
    }

    /** A directive that is a block itself. */
    Block onBlock(String directive, Consumer<Closure<?>> reader) {
        return on(directive, List.of(), call -> {
            if (call.closure() == null) {
                throw new StepFailure(directive + " must be a block: " + directive + " { … }");
            }
            reader.accept(call.closure());
        });
    }

    /** A directive that is a list of values, such as {@code values 'a', 'b'}. */
    Block onValues(String directive, Consumer<List<String>> reader) {
        lists.put(directive, reader);
        return this;
    }

    /** In this block, names are given values. */
    Block onAssignment(BiConsumer<String, Object> reader) {
        assignment = reader;
        return this;
    }

    /** What is done about names that nothing is known of. */
    Block onOthers(Consumer<String> reader) {
        otherwise = reader;
        return this;
    }

    /** In this block, a variable that there is not is no mistake: its value is its name. */
    Block leniently() {
        lenient = true;
        return this;
    }

    /** Reads the closure. */
    void read(Closure<?> closure) {
        closure.setDelegate(this);
        closure.setResolveStrategy(Closure.DELEGATE_FIRST);
        closure.call();
    }

    @Override
    public Object invokeMethod(String called, Object arguments) {
        String written = ClashingCalls.written(called);
        Directive directive = directives.get(written);
        if (directive != null) {
            directive.reader().accept(StepCall.of(written, (Object[]) arguments, directive.parameters()));
            return null;
        }
        if (lists.containsKey(written)) {
            lists.get(written)
                    .accept(Arrays.stream((Object[]) arguments)
                            .map(String::valueOf)
                            .toList());
            return null;
        }
        if (otherwise != null && !scope.knows(written)) {
            otherwise.accept(written);
            return null;
        }
        if (!scope.knows(written)) {
            throw new StepFailure("There is no '" + written + "' in " + name
                    + (directives.isEmpty() ? "" : "; known are " + String.join(", ", directives.keySet())));
        }
        return scope.script().invokeMethod(called, arguments);
    }

    @Override
    public Object getProperty(String property) {
        if (WORDS.contains(property)) {
            return property;
        }
        try {
            return scope.script().getProperty(property);
        } catch (MissingPropertyException e) {
            if (lenient) {
                return property;
            }
            throw e;
        }
    }

    @Override
    public void setProperty(String property, Object value) {
        if (assignment == null) {
            throw new StepFailure("Nothing can be assigned in " + name + "; put code into a script block");
        }
        assignment.accept(property, value);
    }
}
