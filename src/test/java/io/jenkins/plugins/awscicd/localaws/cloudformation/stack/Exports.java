package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What stacks of one place export, and which stacks import it. */
public final class Exports {

    /** One of them. */
    public record Export(String name, String value, Stack stack) {}

    private final Map<String, Export> byName = new TreeMap<>();
    private final Map<String, Set<String>> importers = new TreeMap<>();

    Exports() {}

    public List<Export> all() {
        return List.copyOf(byName.values());
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(byName.get(name)).map(Export::value);
    }

    public Set<String> importers(String name) {
        return importers.getOrDefault(name, Set.of());
    }

    /** Whether a stack may have these outputs. */
    void check(Stack stack, List<Output> outputs) throws TemplateError {
        Map<String, String> wanted = new TreeMap<>();
        for (Output output : outputs) {
            if (output.export() != null) {
                wanted.put(output.export(), output.value());
                Export taken = byName.get(output.export());
                if (taken != null && taken.stack() != stack) {
                    throw new TemplateError("Export with name " + output.export() + " is already exported by stack "
                            + taken.stack().name() + ". Rollback requested by user.");
                }
            }
        }
        for (Export export : byName.values()) {
            Set<String> users = importers(export.name());
            String value = wanted.get(export.name());
            if (export.stack() == stack && !users.isEmpty() && !export.value().equals(value)) {
                throw new TemplateError(
                        "Export " + export.name() + " cannot be " + (value == null ? "deleted" : "updated")
                                + " as it is in use by " + String.join(" and ", users));
            }
        }
    }

    /** The export that keeps a stack from being deleted, and who uses it; empty if there is none. */
    public Optional<String> inUse(Stack stack) {
        return byName.values().stream()
                .filter(export ->
                        export.stack() == stack && !importers(export.name()).isEmpty())
                .findFirst()
                .map(export -> "Export " + export.name() + " cannot be deleted as it is in use by "
                        + String.join(" and ", importers(export.name())));
    }

    /** The stack has these outputs now, and imports these names. */
    void update(Stack stack) {
        byName.values().removeIf(export -> export.stack() == stack);
        for (Output output : stack.outputs()) {
            if (output.export() != null) {
                byName.put(output.export(), new Export(output.export(), output.value(), stack));
            }
        }
    }

    void imports(Stack stack, Set<String> names) {
        for (String name : new ArrayList<>(importers.keySet())) {
            importers.get(name).remove(stack.name());
            if (importers.get(name).isEmpty()) {
                importers.remove(name);
            }
        }
        for (String name : new LinkedHashSet<>(names)) {
            importers.computeIfAbsent(name, key -> new TreeSet<>()).add(stack.name());
        }
    }
}
