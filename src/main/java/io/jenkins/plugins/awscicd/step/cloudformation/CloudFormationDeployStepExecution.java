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
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.PreparedStack;
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

/** An operation on a stack in the life of a Pipeline. */
final class CloudFormationDeployStepExecution extends RemoteJobExecution<StackSnapshot>
        implements Deploying<StackSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to do to which stack, the values of parameters apart. */
    private final StackRequest request;
    /** Those, as they may well be secrets; null if there are none, or AWS has them. */
    private volatile Secret parameters;
    /** Which run this is, and how new. */
    private final Turn turn;

    private transient volatile PreparedStack prepared;

    CloudFormationDeployStepExecution(
            @NonNull StepContext context, @NonNull CloudFormationDeployStep step, @CheckForNull ResolvedStage stage)
            throws IOException, InterruptedException {
        super(context, step, stage);
        StackRequest wanted = step.request();
        this.request = wanted.withoutParameters();
        String values = wanted.parametersInText();
        this.parameters = values == null ? null : Secret.fromString(values);
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
    }

    /** The request with the values of its parameters, until they are needed no more. */
    private StackRequest whole() {
        Secret sealed = parameters;
        return request.withParameters(sealed == null ? null : sealed.getPlainText());
    }

    @Override
    protected String service() {
        return "CloudFormation";
    }

    @Override
    protected String subject() {
        return request.stack().isEmpty() ? String.valueOf(request.template()) : request.stack();
    }

    @Override
    protected void admit() {
        gate().admitRoles(Collections.singletonList(request.text("roleArn")), List.of());
        List<String> stacks = List.of(request.stack());
        if (request.changes()) {
            gate().admitBeginning(Target.Service.CLOUD_FORMATION, request.stack(), stacks);
        } else if (request.aim() == StackRequest.Aim.VALIDATE) {
            gate().admitLook(); // it is about a template alone
        } else {
            gate().admitPlan(Target.Service.CLOUD_FORMATION, request.stack(), stacks);
        }
    }

    @Override
    protected PreparedJob<StackSnapshot> prepare(Connected<StackSnapshot> at) {
        prepared = AwsConnections.get()
                .engine()
                .cloudFormation()
                .prepare(
                        at,
                        whole(),
                        token(),
                        turn,
                        gate().of(Target.Service.CLOUD_FORMATION, request.live()),
                        this::ask,
                        files());
        return prepared;
    }

    /** People are asked what {@code awsApproval} would ask them about the change set. */
    private CompletableFuture<Void> ask(StackResult planned, int number) {
        return StepApproval.ask(
                getContext(),
                stage(),
                "Approval-" + token().token().substring(0, 13),
                number,
                Messages.CloudFormationDeployStep_question(request.stack()),
                request.toExecute(planned),
                planned);
    }

    @Override
    protected void launched() {
        parameters = null;
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }

    @Override
    public String stepName() {
        return "cloudFormationDeploy";
    }

    @Override
    public boolean deploys() {
        return request.changes();
    }

    @Override
    public Destination destination() {
        return stack();
    }

    @NonNull
    private Destination stack() {
        return new Destination(stageName(), request.stack(), request.stack());
    }

    @Override
    public boolean isKnownById() {
        return false; // a stack is deployed to again and again
    }

    @Override
    public String revision() {
        PreparedStack current = prepared;
        return current == null ? null : current.changeSet();
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.stack(session.region(), id);
    }

    @Override
    public Outcome outcome(AwsSession session, List<StackSnapshot> stacks) {
        StackResult result = Objects.requireNonNull(prepared, "only what was watched has an outcome")
                .result(stacks);
        return new Outcome(stack(), remembered(result), result.exactly(), result.getCause());
    }

    private static DeploymentVerdict remembered(StackResult result) {
        if (result.getCause() == null) {
            return result.isExecuted() ? DeploymentVerdict.SUCCESS : DeploymentVerdict.UNKNOWN;
        }
        return result.getStatus().endsWith("ROLLBACK_COMPLETE")
                ? DeploymentVerdict.ROLLED_BACK
                : DeploymentVerdict.FAILURE;
    }
}
