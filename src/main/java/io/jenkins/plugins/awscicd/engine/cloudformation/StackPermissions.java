package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.util.List;

/**
 * What has to be allowed to deploy stacks (see
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html">CloudFormation's actions</a>).
 * What the stack's resources take is to be allowed to the role that is given with {@code roleArn}, or else besides; so is to pass that role.
 */
public final class StackPermissions {

    private static final String SERVICE = "cloudformation";

    private StackPermissions() {}

    /** @param stack its name, or that of a stack set; null for all */
    @NonNull
    public static List<Permission> of(@NonNull Arns arns, @CheckForNull String stack) {
        String name = Arns.orAny(stack);
        Arns anywhere = new Arns(arns.partition(), Arns.ANY, arns.account());
        String own = arns.resource(SERVICE, "stack/" + name + "/*");
        String changeSets = arns.resource(SERVICE, "changeSet/*/*");
        String set = arns.resource(SERVICE, "stackset/" + name + ":*");
        // Macros and types of resources are AWS's own, or those of the account.
        String macros = new Arns(arns.partition(), arns.region(), "aws").resource(SERVICE, "transform/*");
        String types = new Arns(arns.partition(), Arns.ANY, Arns.ANY).resource(SERVICE, "type/resource/*");
        return List.of(
                new Permission(
                        "Stacks",
                        List.of(
                                "cloudformation:CancelUpdateStack",
                                "cloudformation:ContinueUpdateRollback",
                                "cloudformation:DeleteChangeSet",
                                "cloudformation:DeleteStack",
                                "cloudformation:DescribeChangeSet",
                                "cloudformation:DescribeStackEvents",
                                "cloudformation:DescribeStackResourceDrifts",
                                "cloudformation:DescribeStacks",
                                "cloudformation:DetectStackDrift",
                                "cloudformation:DetectStackResourceDrift",
                                "cloudformation:ExecuteChangeSet",
                                "cloudformation:ListChangeSets",
                                "cloudformation:ListStackResources",
                                "cloudformation:RollbackStack",
                                "cloudformation:SetStackPolicy",
                                "cloudformation:UpdateTerminationProtection"),
                        List.of(own)),
                new Permission("ChangeSets", List.of("cloudformation:CreateChangeSet"), List.of(own, macros)),
                new Permission("ChangeSetEvents", List.of("cloudformation:DescribeEvents"), List.of(own, changeSets)),
                new Permission(
                        "StackTags",
                        List.of("cloudformation:TagResource", "cloudformation:UntagResource"),
                        List.of(own, changeSets, set)),
                new Permission(
                        "StackSets",
                        List.of(
                                "cloudformation:DeleteStackSet",
                                "cloudformation:DescribeStackSet",
                                "cloudformation:DescribeStackSetOperation",
                                "cloudformation:ListStackInstances",
                                "cloudformation:ListStackSetOperationResults",
                                "cloudformation:ListStackSetOperations",
                                "cloudformation:StopStackSetOperation"),
                        List.of(set)),
                new Permission(
                        "StackSetTargets",
                        List.of(
                                "cloudformation:CreateStackInstances",
                                "cloudformation:DeleteStackInstances",
                                "cloudformation:UpdateStackSet"),
                        List.of(set, anywhere.resource(SERVICE, "stackset-target/" + name + ":*"), types)),
                new Permission(
                        "StackTemplates", // AWS does not tell stacks apart here
                        List.of(
                                "cloudformation:CreateStackSet",
                                "cloudformation:DescribeStackDriftDetectionStatus",
                                "cloudformation:GetTemplateSummary"),
                        List.of(Arns.ANY)));
    }
}
