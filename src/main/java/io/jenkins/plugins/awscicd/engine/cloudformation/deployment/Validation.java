package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.MissingCapabilities;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;

/** Has AWS read a template, without a stack. */
final class Validation {

    /** In the place of a stack's status. */
    static final String VALID = "VALID";

    private final StepCalls calls;
    private final StackRequest request;
    private final ChangeSetCalls changeSets;

    Validation(StepCalls calls, StackRequest request, ChangeSetCalls changeSets) {
        this.calls = calls;
        this.request = request;
        this.changeSets = changeSets;
    }

    /** Fails with what is wrong with it. */
    @NonNull
    CompletableFuture<StackResult> run() {
        return calls.call(ChangeSetCalls.SUMMARY, changeSets::summary).thenApply(summary -> {
            if (request.has("capabilities")) {
                MissingCapabilities.check(request, summary);
            }
            report(summary);
            return new StackResult(
                    request.stack(), "", VALID, "", false, Map.of(), List.of(), List.of(), Map.of(), "", null);
        });
    }

    private void report(GetTemplateSummaryResponse summary) {
        calls.console()
                .line(request.template() + " is valid: "
                        + summary.resourceTypes().size() + " types of resources");
        if (!summary.capabilities().isEmpty()) {
            calls.console()
                    .line("  requires capabilities: "
                            + summary.capabilitiesAsStrings().stream()
                                    .map(it -> "'" + it + "'")
                                    .collect(Collectors.joining(", ", "[", "]")));
        }
        summary.parameters().stream()
                .filter(parameter -> parameter.defaultValue() == null)
                .forEach(parameter -> calls.console()
                        .line("  requires a value for " + parameter.parameterKey() + " (" + parameter.parameterType()
                                + ")"));
    }
}
