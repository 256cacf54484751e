package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codedeploy.model.CloudFormationTarget;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.Diagnostics;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.InstanceTarget;
import software.amazon.awssdk.services.codedeploy.model.LambdaTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;

/**
 * One of the things a deployment deploys to: an instance, a Lambda function, an ECS service
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentTarget.html">DeploymentTarget</a>).
 *
 * @param label {@code BLUE} for an original, {@code GREEN} for a replacement; empty otherwise
 * @param status {@code Pending}, {@code InProgress}, {@code Succeeded}, {@code Failed}, {@code Skipped}, {@code Unknown},
 *     {@code Ready}
 * @param events its lifecycle events, in order
 * @param traffic how much of the traffic it serves; empty if AWS does not say
 */
public record Target(
        @NonNull String id,
        @NonNull String label,
        @NonNull String status,
        @NonNull List<Event> events,
        @NonNull String traffic) {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Skipped");

    /**
     * A lifecycle event.
     *
     * @param status {@code Pending}, {@code InProgress}, {@code Succeeded}, {@code Failed}, {@code Skipped}, {@code Unknown}
     * @param took null if it has not run, or not to its end
     * @param end null if it has not run, or not to its end
     * @param script what was run; empty if AWS does not say
     * @param message what AWS says went wrong; empty if nothing did
     * @param logTail the last of what the script has said; empty if it has said nothing
     */
    public record Event(
            @NonNull String name,
            @NonNull String status,
            @CheckForNull Duration took,
            @CheckForNull Instant end,
            @NonNull String errorCode,
            @NonNull String script,
            @NonNull String message,
            @NonNull String logTail) {

        public static Event of(LifecycleEvent event) {
            Diagnostics said =
                    event.diagnostics() == null ? Diagnostics.builder().build() : event.diagnostics();
            return new Event(
                    event.lifecycleEventName(),
                    event.statusAsString() == null ? "Unknown" : event.statusAsString(),
                    duration(event.startTime(), event.endTime()),
                    event.endTime(),
                    orEmpty(said.errorCodeAsString()),
                    orEmpty(said.scriptName()),
                    orEmpty(said.message()),
                    orEmpty(said.logTail()));
        }

        private static Duration duration(@CheckForNull Instant start, @CheckForNull Instant end) {
            return start == null || end == null ? null : Duration.between(start, end);
        }

        public boolean failed() {
            return "Failed".equals(status);
        }

        public boolean ended() {
            return ENDED.contains(status);
        }

        /** Whether AWS says why it failed. Of one that was broken off it does not. */
        public boolean explained() {
            return !message.isBlank() || !(errorCode.isEmpty() || errorCode.equals("Success"));
        }

        /** What went wrong, in a line. */
        public String cause() {
            String where = name + (script.isEmpty() ? "" : " (" + script + ")");
            String what = errorCode.isEmpty() || errorCode.equals("Success") ? message : errorCode + " " + message;
            return what.isBlank() ? where + " failed" : where + " failed: " + what.strip();
        }
    }

    public Target {
        events = List.copyOf(events);
    }

    /** Null for a kind of target that this version does not know. */
    @CheckForNull
    public static Target of(DeploymentTarget target) {
        InstanceTarget instance = target.instanceTarget();
        if (instance != null) {
            return new Target(
                    instance.targetId(),
                    orEmpty(instance.instanceLabelAsString()),
                    orEmpty(instance.statusAsString()),
                    events(instance.lifecycleEvents()),
                    "");
        }
        LambdaTarget lambda = target.lambdaTarget();
        if (lambda != null) {
            return new Target(
                    lambda.targetId(),
                    "",
                    orEmpty(lambda.statusAsString()),
                    events(lambda.lifecycleEvents()),
                    traffic(lambda));
        }
        ECSTarget ecs = target.ecsTarget();
        if (ecs != null) {
            return new Target(
                    ecs.targetId(), "", orEmpty(ecs.statusAsString()), events(ecs.lifecycleEvents()), traffic(ecs));
        }
        CloudFormationTarget stack = target.cloudFormationTarget();
        return stack == null
                ? null
                : new Target(
                        stack.targetId(),
                        "",
                        orEmpty(stack.statusAsString()),
                        events(stack.lifecycleEvents()),
                        percent(share(stack.targetVersionWeight()), "the new version"));
    }

    private static List<Event> events(List<LifecycleEvent> events) {
        return events.stream().map(Event::of).toList();
    }

    private static String traffic(LambdaTarget lambda) {
        return lambda.lambdaFunctionInfo() == null
                ? ""
                : percent(
                        share(lambda.lambdaFunctionInfo().targetVersionWeight()),
                        "version " + lambda.lambdaFunctionInfo().targetVersion());
    }

    private static String traffic(ECSTarget ecs) {
        return ecs.taskSetsInfo().stream()
                .filter(set -> "Green".equalsIgnoreCase(set.taskSetLabelAsString()))
                .map(set -> percent(set.trafficWeight(), "the replacement"))
                .collect(Collectors.joining());
    }

    /** In percent. AWS calls it a percentage, and gives 1.0 when a version has all of the traffic. */
    @CheckForNull
    private static Double share(@CheckForNull Double weight) {
        return weight == null || weight > 1 ? weight : Double.valueOf(weight * 100);
    }

    private static String percent(@CheckForNull Double weight, String of) {
        return weight == null ? "" : Math.round(weight) + " % of the traffic goes to " + of;
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    public boolean ended() {
        return ENDED.contains(status);
    }

    public boolean failed() {
        return "Failed".equals(status);
    }

    /** Whether it has all of the traffic, and its hooks have agreed. */
    public boolean shifted() {
        return events.stream().allMatch(event -> "Succeeded".equals(event.status()))
                && events.stream().anyMatch(event -> "AfterAllowTraffic".equals(event.name()));
    }

    public Optional<Event> failure() {
        return events.stream().filter(Event::failed).findFirst();
    }

    /** How it is called in the console: AWS names an ECS service and a Lambda function with prefixes that say nothing. */
    public String name() {
        return label.isEmpty() ? id : id + " (" + label.toLowerCase(java.util.Locale.ROOT) + ")";
    }

    /** How long its events took together; null if none has run. */
    @CheckForNull
    public Duration took() {
        Duration sum = null;
        for (Event event : events) {
            Duration took = event.took();
            if (took != null) {
                sum = sum == null ? took : sum.plus(took);
            }
        }
        return sum;
    }
}
