package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetPlan;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.ManualApproval;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is done to a stack, a stack set or a pipeline.
 *
 * @param name of it
 * @param deed the ARN of its change set, or what is done to it in words; null if there is nothing to do
 * @param options what else changes what goes live
 * @param mayBeUnknown whether people are asked though nobody knows exactly what is done
 * @param pipeline whose deed AWS knows, without values that may be secret; null if the deed says all
 */
record AskedDeed(
        @NonNull Target.Service service,
        @NonNull String name,
        @CheckForNull String deed,
        @NonNull SortedMap<String, String> options,
        boolean mayBeUnknown,
        @CheckForNull PipelineRequest pipeline) {

    /** Where it has to be known. */
    AskedDeed(
            @NonNull Target.Service service,
            @NonNull String name,
            @CheckForNull String deed,
            @NonNull SortedMap<String, String> options) {
        this(service, name, deed, options, false, null);
    }

    static AskedDeed of(@NonNull StackResult planned) {
        return new AskedDeed(Target.Service.CLOUD_FORMATION, planned.getStack(), planned.exactly(), new TreeMap<>());
    }

    /** AWS asks, whatever the sources have brought. */
    static AskedDeed of(@NonNull ManualApproval waiting) {
        return new AskedDeed(
                Target.Service.CODE_PIPELINE, waiting.pipeline(), waiting.exactly(), new TreeMap<>(), true, null);
    }

    /**
     * @param call the arguments of the step that does it
     * @return null if it is about none of them
     * @throws IllegalArgumentException if it does not say exactly what is done
     */
    @CheckForNull
    static AskedDeed of(@NonNull Map<String, Object> call) {
        if (call.containsKey("stackSet")) {
            return ofStackSet(call);
        }
        if (call.containsKey("pipeline")) {
            return ofPipeline(call);
        }
        return call.containsKey("stack") || call.get("changeSet") instanceof StackResult ? ofStack(call) : null;
    }

    private static AskedDeed ofPipeline(Map<String, Object> call) {
        PipelineRequest request = new PipelineRequest(call);
        if (!PipelineRequest.names().containsAll(call.keySet())) {
            throw new IllegalArgumentException("what: does not say what a pipeline is to bring; use the arguments of"
                    + " codePipeline, with pipeline and sourceRevisions");
        }
        return new AskedDeed(
                Target.Service.CODE_PIPELINE,
                request.pipeline(),
                request.revision(),
                request.live(OptionDigest::of),
                !request.operation().follows() || request.operation().ends(),
                request.withoutVariables());
    }

    private static AskedDeed ofStack(Map<String, Object> call) {
        StackRequest request = new StackRequest(call);
        String given = request.text("changeSet");
        boolean exact = request.deed() != null || given != null && given.startsWith("arn:");
        if (!StackRequest.names().containsAll(call.keySet()) || !exact) {
            throw new IllegalArgumentException("what: does not say what happens to the stack; use what"
                    + " cloudFormationDeploy returned with execute: false, or the arguments of cloudFormationDeploy with stack"
                    + " and changeSet (its ARN), delete or continueRollback");
        }
        return new AskedDeed(
                Target.Service.CLOUD_FORMATION,
                request.stack(),
                request.deed() == null ? given : request.deed(),
                request.live());
    }

    /** Of a deletion its arguments say all; of anything else the plan that the step makes. */
    private static AskedDeed ofStackSet(Map<String, Object> call) {
        Map<String, Object> arguments = new TreeMap<>(call);
        Object plan = arguments.remove(Approvable.PLAN);
        StackSetRequest request = new StackSetRequest(arguments);
        if (!(plan instanceof StackSetPlan)
                && (!request.deletes() || !request.problems().isEmpty())) {
            throw new IllegalArgumentException(
                    "what: AWS has no plan of what happens to a stack set, so only its deletion can"
                            + " be asked about beforehand, by stackSet and delete: true; use approve: true of cloudFormationStackSet,"
                            + " which asks about what it is going to do");
        }
        return new AskedDeed(
                Target.Service.STACK_SET,
                request.stackSet(),
                plan instanceof StackSetPlan made ? made.exactly() : request.deed(),
                request.live());
    }
}
