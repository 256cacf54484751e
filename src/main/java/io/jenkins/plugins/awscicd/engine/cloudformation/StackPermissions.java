package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to deploy stacks (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html">CloudFormation's actions</a>).
 * What the stack's resources take is to be allowed to the role that is given with {@code roleArn}, or else besides.
 */
public final class StackPermissions {

    private static final String SERVICE = "cloudformation";

    private StackPermissions() {}

    /** @param stack its name; null for all */
    @NonNull
    public static List<Permission> of(@NonNull Arns arns, @CheckForNull String stack) {
        return List.of(
                new Permission(
                        "Stacks",
                        List.of(
                                "cloudformation:CancelUpdateStack",
                                "cloudformation:ContinueUpdateRollback",
                                "cloudformation:CreateChangeSet",
                                "cloudformation:DeleteChangeSet",
                                "cloudformation:DeleteStack",
                                "cloudformation:DescribeChangeSet",
                                "cloudformation:DescribeEvents",
                                "cloudformation:DescribeStackEvents",
                                "cloudformation:DescribeStackResourceDrifts",
                                "cloudformation:DescribeStacks",
                                "cloudformation:DetectStackDrift",
                                "cloudformation:ExecuteChangeSet",
                                "cloudformation:ListChangeSets",
                                "cloudformation:ListStackResources",
                                "cloudformation:RollbackStack",
                                "cloudformation:SetStackPolicy",
                                "cloudformation:UpdateTerminationProtection"),
                        List.of(arns.resource(SERVICE, "stack/" + Arns.orAny(stack) + "/*"))),
                new Permission(
                        "StackSets",
                        List.of(
                                "cloudformation:CreateStackInstances",
                                "cloudformation:CreateStackSet",
                                "cloudformation:DeleteStackInstances",
                                "cloudformation:DeleteStackSet",
                                "cloudformation:DescribeStackSet",
                                "cloudformation:DescribeStackSetOperation",
                                "cloudformation:ListStackInstances",
                                "cloudformation:ListStackSetOperationResults",
                                "cloudformation:StopStackSetOperation",
                                "cloudformation:UpdateStackSet"),
                        List.of(arns.resource(SERVICE, "stackset/" + Arns.orAny(stack) + ":*"))),
                new Permission(
                        "StackTemplates", // AWS does not tell stacks apart here
                        List.of(
                                "cloudformation:DescribeStackDriftDetectionStatus",
                                "cloudformation:GetTemplateSummary"),
                        List.of(Arns.ANY)));
    }
}
