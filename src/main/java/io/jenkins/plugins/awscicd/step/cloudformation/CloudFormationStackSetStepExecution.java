package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.PreparedStackSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetPlan;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.approval.StepApproval;
import io.jenkins.plugins.awscicd.step.job.Deploying;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Operations on a stack set in the life of a Pipeline. */
final class CloudFormationStackSetStepExecution extends RemoteJobExecution<StackSetSnapshot>
        implements Deploying<StackSetSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to do to which stack set, the values of parameters apart. */
    private final StackSetRequest request;
    /** Those, as they may well be secrets; null if there are none. A later operation of the step takes them as well. */
    private final Secret parameters;
    /** Which run this is, and how new; null in what an earlier version has kept. */
    private final Turn turn;

    private transient volatile PreparedStackSet prepared;

    CloudFormationStackSetStepExecution(
            @NonNull StepContext context, @NonNull CloudFormationStackSetStep step, @CheckForNull ResolvedStage stage)
            throws IOException, InterruptedException {
        super(context, step, stage);
        StackSetRequest wanted = step.request();
        String values = wanted.parametersInText();
        this.request = wanted.withoutParameters();
        this.parameters = values == null ? null : Secret.fromString(values);
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
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
        String execution = request.text("executionRoleName");
        if (execution != null) {
            gate().admitRoleIn(request.accounts(), execution);
        }
        gate().admitBeginning(Target.Service.STACK_SET, request.stackSet(), List.of(request.stackSet()));
    }

    @Override
    protected PreparedJob<StackSetSnapshot> prepare(Connected<StackSetSnapshot> at) {
        StackSetRequest whole = request.withParameters(parameters == null ? null : parameters.getPlainText());
        Turn own = turn == null ? new Turn(request.stackSet(), token().chosen().toEpochMilli()) : turn;
        prepared = AwsConnections.get()
                .engine()
                .stackSets()
                .prepare(
                        at,
                        whole,
                        token(),
                        own,
                        gate().of(Target.Service.STACK_SET, request.live()),
                        this::ask,
                        files());
        return prepared;
    }

    private CompletableFuture<Void> ask(StackSetPlan planned, int number) {
        return StepApproval.ask(
                getContext(),
                stage(),
                "Approval-" + token().token().substring(0, 13),
                number,
                Messages.CloudFormationStackSetStep_question(request.stackSet()),
                planned.asked(),
                planned);
    }

    @Override
    public String stepName() {
        return "cloudFormationStackSet";
    }

    @Override
    public boolean deploys() {
        return !request.deletes();
    }

    @Override
    public Destination destination() {
        return stackSet();
    }

    @NonNull
    private Destination stackSet() {
        return new Destination(stageName(), request.stackSet(), request.stackSet());
    }

    @Override
    public String revision() {
        PreparedStackSet current = prepared;
        return current == null ? null : current.revision();
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.stackSet(session.region(), request.stackSet());
    }

    @Override
    public Outcome outcome(AwsSession session, List<StackSetSnapshot> operations) {
        StackSetResult result = Objects.requireNonNull(prepared, "only what was watched has an outcome")
                .result(operations);
        return new Outcome(stackSet(), remembered(result), revision(), result.getCause());
    }

    private static DeploymentVerdict remembered(StackSetResult result) {
        if (result.getCause() != null) {
            return DeploymentVerdict.FAILURE;
        }
        return result.getOperations().isEmpty() ? DeploymentVerdict.UNKNOWN : DeploymentVerdict.SUCCESS;
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }
}
