package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Operations on a stack set in the life of a Pipeline. */
final class CloudFormationStackSetStepExecution extends RemoteJobExecution<StackSetSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to do to which stack set, the values of parameters apart. */
    private final StackSetRequest request;
    /** Those, as they may well be secrets; null if there are none. A later operation of the step takes them as well. */
    private final Secret parameters;

    CloudFormationStackSetStepExecution(
            @NonNull StepContext context, @NonNull CloudFormationStackSetStep step, @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        StackSetRequest wanted = step.request();
        String values = wanted.parametersInText();
        this.request = wanted.withoutParameters();
        this.parameters = values == null ? null : Secret.fromString(values);
    }

    @Override
    protected String service() {
        return "StackSets";
    }

    @Override
    protected String subject() {
        return request.stackSet();
    }

    @Override
    protected void admit() {
        gate().admitRoles(Collections.singletonList(request.text("administrationRoleArn")), List.of());
        gate().admitBeginning(Target.Service.STACK_SET, request.stackSet(), List.of(request.stackSet()));
    }

    @Override
    protected PreparedJob<StackSetSnapshot> prepare(Connected<StackSetSnapshot> at) {
        StackSetRequest whole = request.withParameters(parameters == null ? null : parameters.getPlainText());
        return AwsConnections.get()
                .engine()
                .stackSets()
                .prepare(at, whole, token(), gate().of(Target.Service.STACK_SET, request.live()), files());
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }
}
