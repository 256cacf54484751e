package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import io.jenkins.plugins.awscicd.engine.stage.StageTargets;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A stage as an item sees it: that of the configuration page and those of folders above the item put together. Kept with running steps,
 * which go on with it whatever becomes of the stage.
 *
 * @param access with what is left open taken from the configuration page
 * @param guards of all places that the stage is defined at, all of which hold
 */
public record ResolvedStage(
        @NonNull String name,
        @NonNull AwsAccess access,
        @NonNull StageDefaults defaults,
        @NonNull ArrayList<StageGuards> guards)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public boolean isGuarded() {
        return !guards.isEmpty();
    }

    /** Whether what is deployed to belongs to this stage, as far as can be known without asking AWS. */
    public boolean owns(@NonNull Target target) {
        return targets().owns(target);
    }

    /**
     * The same of something of which not all is known: it does unless it is certain that it does not.
     *
     * @param application null if it is not known
     * @param name null if it is not known
     */
    public boolean mayOwn(
            @NonNull Target.Service service,
            @NonNull String region,
            @CheckForNull String account,
            @CheckForNull String application,
            @CheckForNull String name) {
        return targets().mayOwn(service, region, account, application, name);
    }

    /** Whether it may have anything at all there. */
    public boolean mayHaveAnything(@NonNull String region, @CheckForNull String account) {
        return !Target.isElsewhere(region, account, access.region(), Target.account(access));
    }

    /** Whether customers come to it by what this stage names. */
    public boolean isServedBy(@NonNull Target target) {
        return targets().isServedBy(target);
    }

    /** Whether a target of the stage is what customers come to an environment by, and not the name of either of two. */
    public boolean namesCname(@NonNull Target target, @NonNull Target other) {
        return targets().namesCname(target, other);
    }

    /** Whether customers come to it by what the environment of the stage is called, and to the other one by nothing that was chosen. */
    public boolean isCalledAs(@NonNull Target target, @NonNull Target other) {
        return targets().isCalledAs(target, other);
    }

    /** Whether customers come to it by what the environment of the stage is called. */
    public boolean isCalledAs(@NonNull Target target) {
        return targets().isCalledAs(target);
    }

    /** Whether what is deployed to is something else than this stage has of that application, whatever a step has called it. */
    public boolean hasAnother(@NonNull Target target) {
        return targets().hasAnother(target);
    }

    /** Whether it is the project that this stage builds, as far as can be known without asking AWS. */
    boolean hasProject(@NonNull String project, @NonNull String region, @CheckForNull String account) {
        String own = defaults.getCodeBuildProject();
        return own != null
                && projectName(own).equalsIgnoreCase(projectName(project))
                && !Target.isElsewhere(region, account, access.region(), Target.account(access));
    }

    /** Projects that others share are named by their ARN. */
    private static String projectName(String project) {
        String name = project.strip();
        return name.startsWith("arn:") ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    /** Whether it is the application that this stage deploys unless a step names another. */
    public boolean names(@NonNull Target target) {
        return targets().names(target);
    }

    private StageTargets targets() {
        return new StageTargets(
                access,
                defaults.getCodeDeployApplication(),
                defaults.getDeploymentGroup(),
                defaults.getBeanstalkApplication(),
                defaults.getEnvironment(),
                guards.stream()
                        .map(guard -> NamePatterns.of(guard.getTargets()))
                        .toList());
    }

    /** Whose approvals it takes: each of these has to be satisfied by itself. */
    @NonNull
    public List<ApprovalPolicy> policies() {
        List<ApprovalPolicy> policies = new ArrayList<>();
        for (StageGuards guard : guards) {
            ApprovalPolicy policy = guard.policy();
            if (policy != null) {
                policies.add(policy);
            }
        }
        return policies;
    }

    /**
     * Whose approvals may help, and how many it takes at least, all {@link #policies} together; null if it takes none.
     */
    @CheckForNull
    public ApprovalPolicy policy() {
        List<ApprovalPolicy> policies = policies();
        if (policies.isEmpty()) {
            return null;
        }
        Set<String> approvers = new LinkedHashSet<>();
        if (policies.stream().noneMatch(policy -> policy.approvers().isEmpty())) {
            policies.forEach(policy -> approvers.addAll(policy.approvers()));
        }
        return new ApprovalPolicy(
                approvers,
                policies.stream().mapToInt(ApprovalPolicy::approvals).max().orElse(1),
                policies.stream().anyMatch(ApprovalPolicy::forbidSelfApproval),
                false,
                false,
                policies.stream().anyMatch(ApprovalPolicy::oneMoreIfNobodyStarted));
    }
}
