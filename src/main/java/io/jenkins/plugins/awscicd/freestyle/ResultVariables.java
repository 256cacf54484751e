package io.jenkins.plugins.awscicd.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BatchResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a build's steps, as environment variables of the steps after them. Of several steps of one service the last one
 * counts.
 */
public final class ResultVariables extends InvisibleAction implements EnvironmentContributingAction {

    private static final String CODE_BUILD = "AWS_CODEBUILD_";
    private static final String CODE_DEPLOY = "AWS_CODEDEPLOY_";
    private static final String BEANSTALK = "AWS_BEANSTALK_";
    private static final String CLOUD_FORMATION = "AWS_CLOUDFORMATION_";
    private static final String STACK_SET = "AWS_STACKSET_";

    private final TreeMap<String, String> variables = new TreeMap<>();

    /** Makes the result known to all further steps of the run. */
    static void publish(@NonNull Run<?, ?> run, @NonNull JobResult result) {
        ResultVariables known = run.getAction(ResultVariables.class);
        ResultVariables all = known == null ? new ResultVariables() : known;
        all.add(result);
        if (known == null) {
            run.addAction(all);
        }
    }

    @Override
    public synchronized void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars environment) {
        environment.putAll(variables);
    }

    private synchronized void add(JobResult result) {
        if (result instanceof BuildResult build) {
            forget(CODE_BUILD);
            add(build);
        } else if (result instanceof BatchResult batch) {
            forget(CODE_BUILD);
            add(batch);
        } else if (result instanceof DeploymentResult deployment) {
            forget(CODE_DEPLOY);
            add(deployment);
        } else if (result instanceof BeanstalkResult update) {
            forget(BEANSTALK);
            add(update);
        } else if (result instanceof StackResult stack) {
            forget(CLOUD_FORMATION);
            add(stack);
        } else if (result instanceof StackSetResult set) {
            forget(STACK_SET);
            set(STACK_SET + "NAME", set.getStackSet());
            set(STACK_SET + "STATUS", set.getStatus());
            set(STACK_SET + "URL", set.getConsoleUrl());
        }
    }

    /** What an earlier step of the same service has left must not be taken for what this one has made. */
    private void forget(String prefix) {
        variables.keySet().removeIf(name -> name.startsWith(prefix));
    }

    private void add(BuildResult build) {
        set(CODE_BUILD + "BUILD_ID", build.getId());
        set(CODE_BUILD + "BUILD_ARN", build.getArn());
        set(CODE_BUILD + "BUILD_NUMBER", String.valueOf(build.getNumber()));
        set(CODE_BUILD + "BUILD_STATUS", build.getStatus());
        set(CODE_BUILD + "RESOLVED_SOURCE_VERSION", build.getSourceVersion());
        set(CODE_BUILD + "URL", build.getConsoleUrl());
        addArtifact(build);
        build.getExportedVariables().forEach((name, value) -> set(CODE_BUILD + "EXPORTED_" + name, value));
    }

    private void add(BatchResult batch) {
        set(CODE_BUILD + "BATCH_ID", batch.getId());
        set(CODE_BUILD + "BATCH_ARN", batch.getArn());
        set(CODE_BUILD + "BATCH_NUMBER", String.valueOf(batch.getNumber()));
        set(CODE_BUILD + "BATCH_STATUS", batch.getStatus());
        set(CODE_BUILD + "RESOLVED_SOURCE_VERSION", batch.getSourceVersion());
        set(CODE_BUILD + "URL", batch.getConsoleUrl());
        addArtifact(batch);
        batch.getMembers()
                .forEach(member -> member.getExportedVariables()
                        .forEach((name, value) ->
                                set(CODE_BUILD + "EXPORTED_" + member.getIdentifier() + "_" + name, value)));
    }

    private void addArtifact(Deliverable made) {
        S3Object artifact = made.deliverable();
        if (artifact != null) {
            set(CODE_BUILD + "ARTIFACT", artifact.address());
        }
    }

    private void add(DeploymentResult deployment) {
        set(CODE_DEPLOY + "DEPLOYMENT_ID", deployment.getId());
        set(CODE_DEPLOY + "DEPLOYMENT_STATUS", deployment.getStatus());
        set(CODE_DEPLOY + "REVISION", deployment.exactly());
        set(CODE_DEPLOY + "ROLLBACK_DEPLOYMENT_ID", deployment.getRollbackId());
        set(CODE_DEPLOY + "URL", deployment.getConsoleUrl());
    }

    private void add(BeanstalkResult update) {
        set(BEANSTALK + "ENVIRONMENT_ID", update.getEnvironmentId());
        set(BEANSTALK + "ENVIRONMENT_NAME", update.getEnvironment());
        set(BEANSTALK + "VERSION_LABEL", update.getVersionLabel());
        set(BEANSTALK + "PREVIOUS_VERSION_LABEL", update.getPreviousVersionLabel());
        set(BEANSTALK + "STATUS", update.getStatus());
        set(BEANSTALK + "HEALTH", update.getHealth());
        set(BEANSTALK + "ENDPOINT_URL", update.getUrl());
        set(BEANSTALK + "URL", update.getConsoleUrl());
    }

    private void add(StackResult stack) {
        set(CLOUD_FORMATION + "STACK_NAME", stack.getStack());
        set(CLOUD_FORMATION + "STACK_ID", stack.getStackId());
        set(CLOUD_FORMATION + "STACK_STATUS", stack.getStatus());
        set(CLOUD_FORMATION + "CHANGE_SET", stack.getChangeSet());
        set(CLOUD_FORMATION + "URL", stack.getConsoleUrl());
        stack.getOutputs().forEach((name, value) -> set(CLOUD_FORMATION + "OUTPUT_" + name, value));
    }

    private void set(String name, @CheckForNull String value) {
        if (value != null && !value.isEmpty()) {
            variables.put(name, value);
        }
    }

    /** All that is known, by name. */
    @NonNull
    synchronized Map<String, String> toMap() {
        return new TreeMap<>(variables);
    }
}
