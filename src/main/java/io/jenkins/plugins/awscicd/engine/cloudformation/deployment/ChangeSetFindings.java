package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;

/**
 * What AWS has found out while it made a change set, and why it could not make one: what early validation and hooks have found, and where the change set of a nested stack is why, what
 * is wrong with that one. AWS names it in the reason of the one that it is in.
 */
final class ChangeSetFindings {

    static final String EVENTS = "cloudformation:DescribeEvents";

    private static final Pattern NESTED = Pattern.compile("arn:aws[a-z-]*:cloudformation:[^:\\s]*:\\d*:changeSet/\\S+");

    /** Of change sets in each other: an answer that leads in a circle is none of AWS's. */
    private static final int DEEPEST = 20;

    /**
     * Why one of them has failed.
     *
     * @param said of the change set that all others have failed because of
     * @param findings of single resources, a sentence each
     */
    private record Why(ChangeSet said, List<String> findings) {}

    private final StepCalls calls;
    private final ChangeSetReader reader;
    private final AtomicBoolean troubleReported = new AtomicBoolean();

    ChangeSetFindings(StepCalls calls) {
        this.calls = calls;
        this.reader = new ChangeSetReader(calls.session());
    }

    /** In one sentence, after what was found of single resources has been told. */
    @NonNull
    CompletableFuture<String> why(@NonNull ChangeSet failed) {
        return calls.callAnyway(EVENTS, () -> look(failed))
                .exceptionally(failure -> {
                    report(failure);
                    return new Why(failed, List.of());
                })
                .thenApply(why -> {
                    why.findings().forEach(calls.console()::line);
                    String of = why.said().id().equals(failed.id())
                            ? ""
                            : "nested stack " + why.said().stack() + ": ";
                    String reason = why.said().reason().isEmpty()
                            ? "it gives no reason"
                            : why.said().reason();
                    return of
                            + reason
                            + (why.findings().isEmpty()
                                    ? ""
                                    : " " + why.findings().get(0));
                });
    }

    /** What AWS warns of in one that it has made, a sentence each; empty if there is nothing, or it cannot be read. */
    @NonNull
    CompletableFuture<List<String>> warnings(@NonNull ChangeSet made) {
        return calls.callAnyway(EVENTS, () -> findings(made, "")).exceptionally(failure -> {
            report(failure);
            return List.of();
        });
    }

    /** Once: what cannot be read of one change set cannot be read of the others either. */
    private void report(Throwable failure) {
        if (troubleReported.compareAndSet(false, true)) {
            calls.console()
                    .line("What AWS has found in the change set cannot be read: "
                            + AwsCallException.unwrap(failure).getMessage());
        }
    }

    private Why look(ChangeSet failed) {
        Map<String, ChangeSet> all = new LinkedHashMap<>();
        ChangeSet deepest = failed;
        for (Optional<ChangeSet> next = Optional.of(failed); next.isPresent() && all.size() < DEEPEST; ) {
            deepest = next.get();
            all.put(deepest.id(), deepest);
            next = nested(deepest)
                    .filter(it -> !all.containsKey(it.id()) && it.status().equals("FAILED"));
        }
        List<String> findings = new ArrayList<>();
        all.values().forEach(set -> findings.addAll(findings(set, set == failed ? "" : set.stack() + "/")));
        return new Why(deepest, findings.stream().distinct().toList());
    }

    private Optional<ChangeSet> nested(ChangeSet in) {
        Matcher named = NESTED.matcher(in.reason());
        return named.find() ? reader.find(named.group(), null) : Optional.empty();
    }

    private List<String> findings(ChangeSet of, String path) {
        List<String> findings = new ArrayList<>();
        try {
            CloudFormationService.client(calls.session())
                    .describeEventsPaginator(
                            it -> it.changeSetName(of.id()).filters(filter -> filter.failedEvents(Boolean.TRUE)))
                    .operationEvents()
                    .forEach(event -> finding(event).ifPresent(it -> findings.add(path + it)));
        } catch (CloudFormationException e) {
            if (AwsFault.of(e).passes()) {
                throw e;
            }
            report(AwsCallException.of(EVENTS, "change set '" + of.name() + "' of stack '" + of.stack() + "'", e));
        }
        return findings;
    }

    private static Optional<String> finding(OperationEvent event) {
        String reason = Optional.ofNullable(event.validationStatusReason())
                .or(() -> Optional.ofNullable(event.hookStatusReason()))
                .or(() -> Optional.ofNullable(event.resourceStatusReason()))
                .orElse("");
        if (reason.isBlank()) {
            return Optional.empty();
        }
        String where = event.validationPath() == null ? "" : " " + event.validationPath();
        return Optional.of(subject(event) + where + ": " + reason.strip());
    }

    /** The resource; of what is found of no single one, such as by a hook of the stack, who has found it. */
    private static String subject(OperationEvent event) {
        return Stream.of(event.logicalResourceId(), event.hookType(), event.validationName())
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse("The stack");
    }
}
