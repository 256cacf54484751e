package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hooks of one place: what looks at resources before they are made, changed or deleted, and may refuse that. */
public final class Hooks {

    /**
     * One of them.
     *
     * @param name such as {@code Company::S3::Encrypted}
     * @param target the type of resources that it looks at
     * @param failureMode FAIL or WARN
     * @param refusal what it says; {@code null} if all is well with it
     */
    public record Hook(String name, String target, String failureMode, String refusal) {}

    private final Stacks stacks;
    private final List<Hook> hooks = new ArrayList<>();

    Hooks(Stacks stacks) {
        this.stacks = stacks;
    }

    public void add(Hook hook) {
        hooks.removeIf(one -> one.name().equals(hook.name()));
        hooks.add(hook);
    }

    public List<Hook> of(String type) {
        return hooks.stream().filter(hook -> hook.target().equals(type)).toList();
    }

    /** Why the resource fails; empty if it need not. */
    Optional<String> invoke(
            Stack stack, Operation operation, StackResource resource, Physical physical, Action action) {
        List<String> failed = new ArrayList<>();
        String type = physical == null ? resource.type() : physical.spec().type();
        for (Hook hook : action == Action.UNDO ? List.<Hook>of() : of(type)) {
            tell(stack, operation, resource, physical, action, hook, "HOOK_IN_PROGRESS", "Invoking hook");
            boolean refused = hook.refusal() != null;
            String status = refused ? "HOOK_COMPLETE_FAILED" : "HOOK_COMPLETE_SUCCEEDED";
            String reason = refused ? "Hook failed with message: " + hook.refusal() : "Hook succeeded with message: ok";
            tell(stack, operation, resource, physical, action, hook, status, reason);
            if (refused && hook.failureMode().equals("FAIL")) {
                failed.add(hook.name());
            }
        }
        return failed.isEmpty() ? Optional.empty() : Optional.of("The following hook(s) failed: " + failed);
    }

    private void tell(
            Stack stack,
            Operation operation,
            StackResource resource,
            Physical physical,
            Action action,
            Hook hook,
            String status,
            String reason) {
        boolean failed = status.endsWith("FAILED");
        String state = action.status("IN_PROGRESS");
        stack.add(new Event(
                stacks.eventId(resource.logicalId(), state),
                stacks.timeline().now(),
                operation,
                failed ? "HOOK_INVOCATION_ERROR" : "PROGRESS_EVENT",
                failed,
                resource.logicalId(),
                physical == null ? null : physical.id(),
                resource.type(),
                state,
                null,
                null,
                new Event.HookResult(hook.name(), status, reason, hook.failureMode()),
                null));
    }
}
