package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.PropertyDifference;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

/** Has AWS look for what is not as the template has it. Nothing is changed by that, and it may be asked for again. */
final class DriftOperation implements Operation {

    static final String DETECT = "cloudformation:DetectStackDrift";
    static final String STATUS = "cloudformation:DescribeStackDriftDetectionStatus";
    static final String READ = "cloudformation:DescribeStackResourceDrifts";

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final StepCalls calls;
    private final StackRequest request;
    private final StackJournal journal;
    private volatile Map<String, String> drift = Map.of();
    private volatile boolean waiting;
    private volatile boolean complete;

    DriftOperation(StepCalls calls, StackRequest request, StackJournal journal) {
        this.calls = calls;
        this.request = request;
        this.journal = journal;
    }

    private CloudFormationClient client() {
        return CloudFormationService.client(calls.session());
    }

    @Override
    public CompletableFuture<String> begin(Optional<Stack> now) {
        String stackId = now.orElseThrow(
                        () -> new IllegalArgumentException("driftOnly: there is no stack '" + request.stack() + "'"))
                .stackId();
        String status = now.get().stackStatusAsString();
        if (StackSnapshot.isBusy(status)) {
            throw new StackBusy(stackId, "Stack " + request.stack() + " is in " + status);
        }
        String begun = journal.drift();
        return (begun.isEmpty() ? detect(stackId) : CompletableFuture.completedFuture(begun))
                .thenCompose(this::end)
                .thenCompose(end -> {
                    complete = end.detectionStatus() != StackDriftDetectionStatus.DETECTION_FAILED;
                    if (!complete) {
                        calls.console().line("AWS could not check all resources: " + end.detectionStatusReason());
                    }
                    return calls.call(READ, () -> read(stackId));
                })
                .thenApply(found -> {
                    drift = found;
                    calls.console()
                            .line(
                                    found.isEmpty()
                                            ? complete
                                                    ? "No drift: stack " + request.stack() + " matches its template"
                                                    : "No drift in the resources of " + request.stack()
                                                            + " that AWS could check"
                                            : "Drift in " + found.size() + " resource" + (found.size() == 1 ? "" : "s")
                                                    + " of " + request.stack());
                    found.forEach((id, what) -> calls.console().line("  " + id + ": " + what));
                    journal.rest();
                    return stackId;
                });
    }

    /** AWS does not say which one is in progress: it is waited for, and one of our own is begun after it. */
    private CompletableFuture<String> detect(String stackId) {
        return calls.call(DETECT, () -> begin(stackId)).thenCompose(begun -> {
            if (begun.isPresent()) {
                journal.drift(begun.get());
                return CompletableFuture.completedFuture(begun.get());
            }
            if (!waiting) {
                waiting = true;
                calls.console().line("A drift detection of the stack is in progress already; waiting for its end");
            }
            return calls.pause(PAUSE).thenCompose(later -> detect(stackId));
        });
    }

    private Optional<String> begin(String stackId) {
        try {
            return Optional.of(
                    client().detectStackDrift(it -> it.stackName(stackId)).stackDriftDetectionId());
        } catch (CloudFormationException e) {
            if (AwsCallException.said(e).contains("already in progress")) {
                return Optional.empty();
            }
            if (StackBusy.isSaidIn(e)) {
                throw new StackBusy(stackId, e);
            }
            throw e;
        }
    }

    private CompletableFuture<DescribeStackDriftDetectionStatusResponse> end(String detection) {
        return calls.call(
                        STATUS,
                        () -> client().describeStackDriftDetectionStatus(it -> it.stackDriftDetectionId(detection)))
                .thenCompose(now -> now.detectionStatus() == StackDriftDetectionStatus.DETECTION_IN_PROGRESS
                        ? calls.pause(PAUSE).thenCompose(later -> end(detection))
                        : CompletableFuture.completedFuture(now));
    }

    private Map<String, String> read(String stackId) {
        Map<String, String> found = new TreeMap<>();
        client()
                .describeStackResourceDriftsPaginator(it -> it.stackName(stackId)
                        .stackResourceDriftStatusFilters(
                                StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
                .stream()
                .flatMap(page -> page.stackResourceDrifts().stream())
                .forEach(resource -> found.put(
                        resource.logicalResourceId(),
                        resource.stackResourceDriftStatusAsString()
                                + resource.propertyDifferences().stream()
                                        .map(DriftOperation::inWords)
                                        .collect(Collectors.joining("; ", " ", ""))
                                        .stripTrailing()));
        return found;
    }

    private static String inWords(PropertyDifference difference) {
        String path = String.valueOf(difference.propertyPath());
        return ChangeSetReader.namesSecret(path)
                ? path + " has another value, which is not shown"
                : path + " is " + difference.actualValue() + ", not " + difference.expectedValue();
    }

    @Override
    public boolean mayBeBegun() {
        return false;
    }

    @Override
    public boolean mindsOthers() {
        return false;
    }

    @Override
    @NonNull
    public Map<String, String> drift() {
        return drift;
    }
}
