package io.jenkins.plugins.awscicd.engine.cloudformation.event;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What the events of an operation come to: how far it is, what is slow, what has failed, and what of that came first. */
public final class Course {

    public static final String NESTED = "AWS::CloudFormation::Stack";

    /** Of a stack, with which AWS begins something; all else goes on with what was begun before. */
    private static final Set<String> BEGINNINGS =
            Set.of("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS");

    /** What AWS says of what it has not finished because something else had failed. */
    private static final Pattern CANCELLED =
            Pattern.compile("(?i)^resource (creation|update|deletion) cancell?ed\\.?$");

    /**
     * A nested stack that is, or was, at work.
     *
     * @param path of it, with a slash behind it
     * @param since when AWS began with it
     */
    public record Nested(String stackId, String path, Instant since) {}

    /** A resource that AWS is at work on. */
    public record Running(String path, String type, String status, Moment since) {}

    private record Failure(String path, String type, String said, Instant at, boolean nested) {

        /** Whether a nested stack has failed because this has. */
        boolean isIn(Failure stack) {
            return path.startsWith(stack.path() + "/");
        }
    }

    private final String stackId;
    /** Null until it is known whose events are told. */
    private String token;

    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Map<String, Nested> nested = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Failure> duringRollback = new ArrayList<>();
    private final Set<String> rollbackFailures = new LinkedHashSet<>();
    /** Null if it is not rolled back. */
    private Instant rollback;

    private int cancelled;
    private String status = "";
    private String end = "";
    /** What AWS says of the whole rollback; empty if nothing. */
    private String whole = "";

    private boolean othersBegun;
    /** Whether an event of ours has come: those before it are of what was before, shown late. */
    private boolean begun;

    /** @param token that the events of what was begun have; null if it is what is begun next, whoever begins it */
    public Course(String stackId, @CheckForNull String token) {
        this.stackId = stackId;
        this.token = token;
    }

    /**
     * Takes in an event.
     *
     * @param path of the stack that has it: empty, or with a slash behind it
     * @return what to tell of it; null if nothing
     */
    @CheckForNull
    public String take(@NonNull String path, @NonNull StackEvent event, @NonNull Moment now) {
        boolean itself = NESTED.equals(event.resourceType()) && event.stackId().equals(event.physicalResourceId());
        if (!begun && token == null && itself && BEGINNINGS.contains(String.valueOf(event.resourceStatusAsString()))) {
            begun = true;
            token = event.clientRequestToken();
        }
        begun |= isOurs(event);
        if (!begun) {
            return null;
        }
        String hook = hook(path, event);
        if (hook != null) {
            return hook;
        }
        String seen = event.resourceStatusAsString();
        if (seen == null) {
            return null;
        }
        if (itself) {
            return event.stackId().equals(stackId) ? itself(event, seen) : null;
        }
        return othersBegun ? null : resource(path + event.logicalResourceId(), event, seen, now);
    }

    private boolean isOurs(StackEvent event) {
        return token != null && token.equals(event.clientRequestToken());
    }

    @CheckForNull
    private String itself(StackEvent event, String now) {
        boolean ended = !now.endsWith("_IN_PROGRESS");
        if (!end.isEmpty() && !ended && !isOurs(event)) {
            othersBegun = true; // somebody has begun something else, with another token or with none
        }
        if (othersBegun || now.equals(status)) {
            return null;
        }
        status = now;
        end = ended ? now : "";
        String reason = event.resourceStatusReason();
        String because =
                reason == null || reason.isBlank() || reason.equals("User Initiated") ? "" : ": " + reason.strip();
        if (now.contains("ROLLBACK") && now.endsWith("ROLLBACK_IN_PROGRESS")) {
            rollback = event.timestamp();
            if (whole.isEmpty() && reason != null && !because.isEmpty()) {
                whole = reason.strip();
            }
            running.clear();
            done.clear();
            return "Rolling back" + because;
        }
        return switch (now) {
            case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" ->
                "Updated; AWS now removes what was replaced or is no longer needed";
            case "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" -> "Rolled back; AWS now removes what was new";
            case "DELETE_IN_PROGRESS" -> because.isEmpty() ? null : "Deleting the stack" + because;
            default -> null;
        };
    }

    @CheckForNull
    private String hook(String path, StackEvent event) {
        String hook = event.hookStatusAsString();
        if (hook == null || !hook.endsWith("FAILED")) {
            return null;
        }
        String id = path + event.logicalResourceId();
        String said = event.hookType() + " at " + event.hookInvocationPointAsString() + ": "
                + orNothing(event.hookStatusReason());
        if ("WARN".equals(event.hookFailureModeAsString())) {
            return "Hook warns of " + id + ": " + said;
        }
        failures.add(
                new Failure(id, orNothing(event.resourceType()), "refused by hook " + said, event.timestamp(), false));
        return "Hook refuses " + id + ": " + said;
    }

    @CheckForNull
    private String resource(String id, StackEvent event, String now, Moment moment) {
        String type = orNothing(event.resourceType());
        if (now.endsWith("_IN_PROGRESS")) {
            Running before = running.get(id);
            running.put(id, new Running(id, type, now, before == null ? moment : before.since()));
            done.remove(id);
            if (type.equals(NESTED)
                    && event.physicalResourceId() != null
                    && event.physicalResourceId().startsWith("arn:")) {
                nested.putIfAbsent(id, new Nested(event.physicalResourceId(), id + "/", event.timestamp()));
            }
            return null;
        }
        running.remove(id);
        if (!now.endsWith("_FAILED")) {
            done.add(id);
            return null;
        }
        String said = orNothing(event.resourceStatusReason());
        if (CANCELLED.matcher(said).matches()) {
            cancelled++;
            return null;
        }
        if (rollback != null && event.timestamp().isAfter(rollback)) {
            rollback(new Failure(id, type, said, event.timestamp(), type.equals(NESTED)), event);
        } else {
            failures.add(new Failure(id, type, said, event.timestamp(), type.equals(NESTED)));
        }
        return id + " (" + type + ") " + now + ": " + said;
    }

    /** A nested stack itself is not skipped: what is in it is. */
    private void rollback(Failure failure, StackEvent event) {
        duringRollback.add(failure);
        if (!failure.nested()) {
            rollbackFailures.add(skipped(failure.path(), event));
        }
    }

    /** As ContinueUpdateRollback is told to skip it: of a nested stack with that stack's own name. */
    private static String skipped(String id, StackEvent event) {
        return id.contains("/") ? event.stackName() + "." + event.logicalResourceId() : event.logicalResourceId();
    }

    private static String orNothing(@CheckForNull String text) {
        return text == null || text.isBlank() ? "AWS gives no reason" : text.strip();
    }

    /** The nested stacks that are, or were, at work. */
    @NonNull
    public List<Nested> nested() {
        return List.copyOf(nested.values());
    }

    /**
     * What came first of all that has failed, and not because of something else; empty if nothing has. Where no resource has failed, as when
     * an alarm rolls back, what AWS says of the rollback; where only a rollback has failed, as of one that was continued, what has failed in
     * that.
     */
    @NonNull
    public String cause() {
        return first(failures)
                .or(() -> Optional.of(whole).filter(said -> !said.isEmpty()))
                .or(() -> first(duringRollback))
                .orElse("");
    }

    private static Optional<String> first(List<Failure> failures) {
        return failures.stream()
                .filter(it -> !it.nested() || failures.stream().noneMatch(other -> other.isIn(it)))
                .min(Comparator.comparing(Failure::at))
                .map(it -> it.path() + " (" + it.type() + "): " + it.said());
    }

    /** What could not be rolled back, as ContinueUpdateRollback names it; empty if all could. */
    @NonNull
    public List<String> rollbackFailures() {
        return List.copyOf(rollbackFailures);
    }

    /** How many were broken off because of others. */
    public int cancelled() {
        return cancelled;
    }

    public int done() {
        return done.size();
    }

    public boolean isRollingBack() {
        return rollback != null;
    }

    /** The one that AWS has been at work on for the longest time; null if on none. A nested stack stands for what is in it. */
    @CheckForNull
    public Running slowest() {
        return running.values().stream()
                .filter(it -> !it.type().equals(NESTED) || running.size() == 1)
                .min((one, other) ->
                        one.since().isBefore(other.since()) ? -1 : other.since().isBefore(one.since()) ? 1 : 0)
                .orElse(null);
    }

    /** The status with which it has ended, as far as the events go; empty if it has not. */
    @NonNull
    public String end() {
        return end;
    }

    /** Whether somebody else has begun something since it ended: what the stack is in now is not of this operation. */
    public boolean isOvertaken() {
        return othersBegun;
    }

    /** Whether AWS has said of the whole what the stack is in. */
    public boolean hasSeen(@NonNull StackSnapshot last) {
        return othersBegun || end.equals(last.status());
    }
}
