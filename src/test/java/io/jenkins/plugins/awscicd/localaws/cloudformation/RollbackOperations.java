package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackResource;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations that take updates back, or go on with that. */
final class RollbackOperations {

    private static final Set<StackStatus> FAILED =
            Set.of(StackStatus.CREATE_FAILED, StackStatus.UPDATE_FAILED, StackStatus.ROLLBACK_FAILED);

    private RollbackOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("CancelUpdateStack", RollbackOperations::cancel)
                .operation("ContinueUpdateRollback", RollbackOperations::goOn)
                .operation("RollbackStack", RollbackOperations::rollBack);
    }

    private static Stack stack(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("StackName");
        return cloudFormation.stacks().find(name).orElseThrow(() -> Refusal.noStack(name));
    }

    private static Xml.Content cancel(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = stack(cloudFormation, input);
        if (cloudFormation.tokens().known("CancelUpdateStack", stack.id(), input)) {
            return null;
        }
        if (stack.status() != StackStatus.UPDATE_IN_PROGRESS
                || !cloudFormation.stacks().cancel(stack)) {
            throw Refusal.validation("CancelUpdateStack cannot be called from current stack status");
        }
        return null;
    }

    private static Xml.Content goOn(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = stack(cloudFormation, input);
        if (cloudFormation.tokens().known("ContinueUpdateRollback", stack.id(), input)) {
            return xml -> {};
        }
        if (stack.parent() != null) {
            throw Refusal.validation(
                    "RollbackUpdatedStack cannot be performed on nested stacks. It must be called on the"
                            + " root stack " + stack.root().id());
        }
        if (stack.status() != StackStatus.UPDATE_ROLLBACK_FAILED) {
            throw Refusal.validation(
                    "Stack:" + stack.id() + " is in " + stack.status() + " state and can not continue rolling back.");
        }
        List<String> skipped = input.texts("ResourcesToSkip");
        for (String named : skipped) {
            checkSkipped(cloudFormation, stack, named);
        }
        cloudFormation.stacks().rollBack(stack, "CONTINUE_ROLLBACK", skipped, false, input.text("ClientRequestToken"));
        return xml -> {};
    }

    /** One of a nested stack is named with that stack's name, and not with its logical id in its parent. */
    private static void checkSkipped(CloudFormation cloudFormation, Stack root, String named) throws AwsError {
        int dot = named.indexOf('.');
        Optional<Stack> of = dot < 0
                ? Optional.of(root)
                : cloudFormation.stacks().find(named.substring(0, dot)).filter(one -> one.root() == root);
        Optional<StackResource> resource = of.flatMap(one -> one.resource(named.substring(dot + 1)));
        if (resource.map(one -> !one.status().equals("UPDATE_FAILED")).orElse(true)) {
            throw Refusal.validation("Resources [" + named + "] to skip must be in UPDATE_FAILED state");
        }
        boolean isStack = resource.get().type().equals("AWS::CloudFormation::Stack");
        if (isStack
                && !cloudFormation
                        .stack(resource.get().physicalId())
                        .status()
                        .name()
                        .startsWith("DELETE_")) {
            throw Refusal.validation("Resources [" + named + "] to skip are stacks that are not deleted");
        }
    }

    private static Xml.Content rollBack(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Stack stack = stack(cloudFormation, input);
        if (cloudFormation.tokens().known("RollbackStack", stack.id(), input)) {
            return StackOperations.begun(stack);
        }
        if (!FAILED.contains(stack.status())) {
            throw Refusal.validation(
                    "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be rolled back.");
        }
        Operation operation = cloudFormation
                .stacks()
                .rollBack(
                        stack,
                        "ROLLBACK",
                        List.of(),
                        Refusal.flag(input, "RetainExceptOnCreate"),
                        input.text("ClientRequestToken"));
        return xml -> xml.text("StackId", stack.id()).text("OperationId", operation.id());
    }
}
