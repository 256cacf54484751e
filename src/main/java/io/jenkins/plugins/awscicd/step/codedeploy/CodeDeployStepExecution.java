package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.NamedConfiguration;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.PreparedDeployment;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.job.Deploying;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A deployment on CodeDeploy in the life of a Pipeline. */
final class CodeDeployStepExecution extends RemoteJobExecution<DeploymentSnapshot>
        implements Deploying<DeploymentSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to deploy, and how far to watch it. */
    private final DeploymentRequest request;
    /** Which run this is, and how new. */
    private final Turn turn;
    /** Whether what an aborted deployment has done is undone. */
    private final boolean rollBackOnStop;

    private transient volatile PreparedDeployment deployment;
    /** What is deployed; null until that is known. */
    private volatile String deployed;

    CodeDeployStepExecution(
            @NonNull StepContext context, @NonNull CodeDeployStep step, @CheckForNull ResolvedStage stage)
            throws IOException, InterruptedException {
        super(context, step, stage);
        this.request = step.request(stage);
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
        this.rollBackOnStop = "stopAndRollBack".equals(step.getOnAbort());
    }

    @Override
    protected String service() {
        return "CodeDeploy";
    }

    @Override
    protected String subject() {
        return request.application() + " to " + request.group();
    }

    @Override
    protected void admit() {
        if (!request.deploys()) {
            gate().admitLook();
        } else {
            boolean isReported = request.earlier() == null && !request.registerOnly();
            gate().admitBeginning(
                            Target.Service.CODE_DEPLOY,
                            request.application(),
                            isReported ? List.of(request.group()) : List.of());
        }
    }

    @Override
    protected PreparedJob<DeploymentSnapshot> prepare(Connected<DeploymentSnapshot> at) {
        deployment = AwsConnections.get()
                .engine()
                .codeDeploy()
                .prepare(
                        at,
                        request,
                        token(),
                        turn,
                        rollBackOnStop,
                        gate().of(Target.Service.CODE_DEPLOY, request.live(), () -> named(at.session())),
                        files());
        return deployment;
    }

    /** A deployment configuration can be deleted, and another one be made with its name. */
    private Map<String, String> named(AwsSession session) {
        String configuration = request.live().get("deploymentConfig");
        return configuration == null
                ? Map.of()
                : NamedConfiguration.of(session, configuration).read(OptionDigest::of);
    }

    @Override
    protected void launched() {
        PreparedDeployment prepared = deployment;
        Revision sent = prepared == null ? null : prepared.revision();
        deployed = sent == null ? deployed : sent.toString();
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }

    private DeploymentResult result(List<DeploymentSnapshot> deployments) {
        return Objects.requireNonNull(deployment, "only a deployment that was watched has an outcome")
                .result(deployments);
    }

    /** What is stopped, or was deployed by somebody else and is only watched, is not this run's deployment. */
    @Override
    public boolean deploys() {
        return request.deploys();
    }

    @Override
    public String stepName() {
        return "codeDeploy";
    }

    @Override
    public Destination destination() {
        return request.earlier() == null ? new Destination(stageName(), request.application(), request.group()) : null;
    }

    @Override
    public String revision() {
        return deployed;
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.deployment(session.region(), id);
    }

    @Override
    public Outcome outcome(AwsSession session, List<DeploymentSnapshot> deployments) {
        DeploymentResult result = result(deployments);
        return new Outcome(
                new Destination(stageName(), result.getApplication(), result.getDeploymentGroup()),
                remembered(result),
                result.exactly(),
                "Succeeded".equals(result.getStatus()) ? null : result.summary());
    }

    /** As AWS has it, whatever the step makes of it. */
    private static DeploymentVerdict remembered(DeploymentResult result) {
        if (result.getCause() == null) {
            return switch (result.getStatus()) {
                case "Succeeded" -> DeploymentVerdict.SUCCESS;
                case "Ready" -> DeploymentVerdict.HELD;
                default -> DeploymentVerdict.UNKNOWN;
            };
        }
        if ("Succeeded".equals(result.getRollbackStatus())) {
            return DeploymentVerdict.ROLLED_BACK;
        }
        return "Stopped".equals(result.getStatus()) ? DeploymentVerdict.ABORTED : DeploymentVerdict.FAILURE;
    }
}
