package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The change set that a script gives as what another step has returned, and what else scripts give in several ways. */
public final class GivenChangeSet {

    /** One that was empty, and is gone: no change set is called like this. */
    static final String EMPTY = "(no changes)";

    /** What the stack has of them is taken away by an empty list or map, which elsewhere counts as not given. */
    private static final List<String> REMOVABLE = List.of("tags", "notificationArns", "rollbackAlarms");

    private GivenChangeSet() {}

    /** The arguments of a step as texts. */
    @NonNull
    static Map<String, Object> resolved(@NonNull Map<String, ?> arguments) {
        Map<String, Object> resolved = new HashMap<>(arguments);
        if (resolved.get("changeSet") instanceof StackResult made) {
            resolved.put("changeSet", made.isUnchanged() ? EMPTY : made.getChangeSet());
            resolved.putIfAbsent("stack", made.getStack());
        }
        REMOVABLE.forEach(name -> resolved.computeIfPresent(
                name, (key, value) -> value.equals(Map.of()) || value.equals(List.of()) ? StackOptions.NONE : value));
        return resolved;
    }

    /** Whether people would be asked about nothing: a change set that was empty, or the arguments of a step that executes it. */
    public static boolean isNothing(@CheckForNull Object what) {
        if (what instanceof Map<?, ?> call && call.get("changeSet") instanceof StackResult) {
            Map<String, Object> arguments = new HashMap<>();
            call.forEach((name, value) -> arguments.put(String.valueOf(name), value));
            return !new StackRequest(arguments).changes();
        }
        return what instanceof StackResult made && made.isUnchanged();
    }
}
