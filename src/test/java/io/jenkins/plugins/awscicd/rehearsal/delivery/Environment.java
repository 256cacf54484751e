package io.jenkins.plugins.awscicd.rehearsal.delivery;

import groovy.lang.GroovyObjectSupport;
import java.io.File;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The environment variables, a Jenkinsfile's {@code env}: those of the terminal, over them what the script has set, over them
 * those of the blocks that are open.
 */
public final class Environment extends GroovyObjectSupport {

    private static final String PREPENDED = "+";

    private final Map<String, String> terminal;
    private final Map<String, String> set = new HashMap<>();
    private final Deque<Map<String, String>> blocks = new ArrayDeque<>();

    public Environment(Map<String, String> terminal) {
        this.terminal = new HashMap<>(terminal);
    }

    /** The variable's value; null if it has none. */
    public String get(String name) {
        for (Map<String, String> block : blocks) {
            if (block.containsKey(name)) {
                return block.get(name);
            }
        }
        return set.containsKey(name) ? set.get(name) : terminal.get(name);
    }

    /** The value on the terminal itself; null if it has none. */
    public String ofTerminal(String name) {
        return terminal.get(name);
    }

    /** Sets a variable for the rest of the delivery; null takes it away. */
    public void set(String name, Object value) {
        set.put(name, value == null ? null : value.toString());
    }

    /** All variables, for a process. */
    public Map<String, String> getEnvironment() {
        Map<String, String> all = new TreeMap<>(terminal);
        all.putAll(set);
        for (Iterator<Map<String, String>> outermost = blocks.descendingIterator(); outermost.hasNext(); ) {
            all.putAll(outermost.next());
        }
        all.values().removeIf(value -> value == null);
        return all;
    }

    /** Runs a block with variables of its own; {@code PATH+ANY} is put before the variable's value. */
    public <T> T with(Map<String, ?> variables, Supplier<T> body) {
        return open(() -> {
            variables.forEach(this::put);
            return body.get();
        });
    }

    /** Runs a block in which {@link #put} sets variables that end with it. */
    public <T> T open(Supplier<T> body) {
        blocks.push(new LinkedHashMap<>());
        try {
            return body.get();
        } finally {
            blocks.pop();
        }
    }

    /** Sets a variable in the innermost open block. */
    public void put(String name, Object value) {
        String text = value == null ? null : value.toString();
        int plus = name.indexOf(PREPENDED);
        if (plus < 0) {
            blocks.element().put(name, text);
            return;
        }
        String variable = name.substring(0, plus);
        String before = get(variable);
        blocks.element().put(variable, before == null ? text : text + File.pathSeparator + before);
    }

    @Override
    public Object getProperty(String name) {
        return name.equals("environment") ? getEnvironment() : get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        set(name, value);
    }
}
