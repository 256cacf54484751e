package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.OpenQuestion;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/**
 * Has people asked about what is going to be done to a stack set, if the step says so. AWS has no plan of it: this one is made of what the
 * stack set is, and what it is to be.
 */
final class StackSetConsent {

    private static final int MOST_PLACES = 30;

    private final StepCalls calls;
    private final StackSetRequest request;
    private final StackRequest stacks;
    private final ParameterValues values;
    private final StackSetJournal journal;
    private final Consent<StackSetPlan> consent;
    private final OpenQuestion question = new OpenQuestion();
    /** The question that people have said yes to; -1 for none. */
    private volatile int agreed = -1;

    StackSetConsent(
            StepCalls calls,
            StackSetRequest request,
            StackRequest stacks,
            ParameterValues values,
            StackSetJournal journal,
            Consent<StackSetPlan> consent) {
        this.calls = calls;
        this.request = request;
        this.stacks = stacks;
        this.values = values;
        this.journal = journal;
        this.consent = consent;
    }

    /** What exactly is done, in one line, as it was asked about last. */
    @NonNull
    String content() {
        int number = journal.number();
        return request.asks()
                ? "operation " + journal.first() + (number == 0 ? "" : ", plan " + (number + 1))
                : request.deed();
    }

    /** @return whether the stacks may be deleted; false if it is to be looked at once more, as people may have been asked for days */
    @NonNull
    CompletableFuture<Boolean> toDelete(@NonNull StackSet now, @NonNull List<StackInstanceSummary> there) {
        if (!request.asks()) {
            return CompletableFuture.completedFuture(Boolean.TRUE);
        }
        List<StackSetTargets> targets =
                StackSetParts.left(request, now.organizationalUnitIds(), there).all();
        List<String> lines = new ArrayList<>();
        lines.add(
                targets.isEmpty()
                        ? "Deletes no stacks"
                        : request.retains() ? "Takes stacks out of the stack set, and keeps them" : "Deletes stacks");
        places(lines, "- delete", targets);
        if (!request.hasTargets()) {
            lines.add("Deletes the stack set");
        }
        lines.addAll(request.details());
        return ask(lines, "");
    }

    /**
     * @param now null if it is to be made
     * @return whether it may be deployed; false if it is to be looked at once more
     */
    @NonNull
    CompletableFuture<Boolean> toDeploy(
            @CheckForNull StackSet now,
            @NonNull List<StackInstanceSummary> there,
            @NonNull GetTemplateSummaryResponse summary) {
        if (!request.asks()) {
            return CompletableFuture.completedFuture(Boolean.TRUE);
        }
        List<String> lines = new ArrayList<>();
        if (now == null) {
            lines.add("Creates the stack set");
        } else {
            lines.add("Updates the stack set and " + there.size() + (there.size() == 1 ? " stack" : " stacks"));
            places(
                    lines,
                    "~ update",
                    there.stream()
                            .collect(Collectors.groupingBy(StackInstanceSummary::account, Collectors.toList()))
                            .entrySet()
                            .stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(it -> new StackSetTargets(
                                    List.of(it.getKey()),
                                    List.of(),
                                    null,
                                    it.getValue().stream()
                                            .map(StackInstanceSummary::region)
                                            .sorted()
                                            .toList()))
                            .toList());
        }
        if (request.hasTargets()) {
            StackSetParts missing = StackSetParts.left(request, List.of(), there);
            lines.add(
                    missing.all().isEmpty()
                            ? "Creates no stacks"
                            : missing.isShown()
                                    ? "Creates stacks"
                                    : "Creates stacks in accounts of the units that have none yet");
            places(lines, "+ create", missing.all());
        }
        template(lines, now);
        Map<String, String> given = new HashMap<>();
        parameters(lines, now, summary, given);
        lines.addAll(request.details());
        return digest().thenCompose(content -> ask(lines, given + " " + content));
    }

    /** What is in the template: an object in S3 may be overwritten while people think about it. */
    private CompletableFuture<String> digest() {
        Template template = Objects.requireNonNull(stacks.template(), "checked before");
        String bucket = template.bucket();
        String key = template.key();
        if (bucket == null || key == null || template.version() != null) {
            return CompletableFuture.completedFuture(
                    template.body() + " " + template.url(calls.session().region()));
        }
        return calls.call("s3:GetObject", () -> {
            S3Content there = S3Content.find(calls.session(), bucket, key, null);
            return String.valueOf(there == null ? null : there.digest(calls.session()));
        });
    }

    private static void places(List<String> lines, String mark, List<StackSetTargets> targets) {
        targets.stream().limit(MOST_PLACES).forEach(it -> lines.add(mark + " " + it.inWords()));
        if (targets.size() > MOST_PLACES) {
            lines.add("and " + (targets.size() - MOST_PLACES) + " more");
        }
    }

    private void template(List<String> lines, @CheckForNull StackSet now) {
        Template template = Objects.requireNonNull(stacks.template(), "checked before");
        String before = now == null ? null : now.templateBody();
        String after = template.body();
        if (template.previous() || before == null || after == null) {
            lines.add("Template: " + (template.previous() ? "as it is" : template.toString()));
            return;
        }
        List<String> difference = TemplateDifference.of(before, after);
        lines.add(difference.isEmpty() ? "Template: as it is" : "Template:");
        difference.forEach(line -> lines.add("  " + line));
    }

    /** @param given gets all values, which are not shown */
    private void parameters(
            List<String> lines,
            @CheckForNull StackSet now,
            GetTemplateSummaryResponse summary,
            Map<String, String> given) {
        Map<String, String> before = now == null
                ? Map.of()
                : now.parameters().stream()
                        .collect(Collectors.toMap(Parameter::parameterKey, it -> String.valueOf(it.parameterValue())));
        Set<String> hidden = summary.parameters().stream()
                .filter(it -> Boolean.TRUE.equals(it.noEcho()))
                .map(ParameterDeclaration::parameterKey)
                .collect(Collectors.toSet());
        for (Parameter one : values.resolve(summary.parameters(), before.keySet())) {
            String name = one.parameterKey();
            String value = one.parameterValue();
            given.put(name, String.valueOf(value));
            if (value != null && !value.equals(before.get(name))) {
                String old = before.get(name);
                lines.add("Parameter " + name + ": "
                        + (hidden.contains(name) ? "****" : (old == null ? "" : old + " \u2192 ") + value));
            }
        }
    }

    /** @param hidden what else it is made of, and is not shown */
    private CompletableFuture<Boolean> ask(List<String> lines, String hidden) {
        int number = journal.number(lines + " " + hidden);
        if (number == agreed) {
            return CompletableFuture.completedFuture(Boolean.TRUE);
        }
        StackSetPlan plan = new StackSetPlan(
                request.stackSet(),
                content(),
                lines,
                request.toAsk(),
                AwsConsole.stackSet(calls.session().region(), request.stackSet()));
        return question.await(consent.ask(plan, number), calls::isWanted, StepCalls.aborted())
                .thenApply(yes -> {
                    agreed = number;
                    return Boolean.FALSE;
                });
    }

    /** Nobody wants an answer any more. */
    void withdraw() {
        question.withdraw(StepCalls.aborted());
    }
}
