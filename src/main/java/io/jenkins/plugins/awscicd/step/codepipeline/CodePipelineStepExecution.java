package io.jenkins.plugins.awscicd.step.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.codepipeline.ManualApproval;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineOperation;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineResult;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.approval.StepApproval;
import io.jenkins.plugins.awscicd.step.job.Deploying;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** An execution of a pipeline in the life of a Pipeline. */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "what was seen before a restart is seen again after it")
final class CodePipelineStepExecution extends RemoteJobExecution<PipelineSnapshot>
        implements Deploying<PipelineSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to start, the values of variables apart. */
    private final PipelineRequest request;
    /** Those; null once the pipeline is started. */
    private volatile SealedVariables variables;

    private final boolean abandons;
    /** What of the arguments decides what goes live; null in what an earlier version has kept. */
    private final TreeMap<String, String> live;

    private transient volatile PreparedJob<PipelineSnapshot> prepared;
    /** What the execution has brought, as far as AWS has said so. */
    private transient volatile String revision;

    CodePipelineStepExecution(
            @NonNull StepContext context, @NonNull CodePipelineStep step, @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        PipelineRequest wanted = step.request();
        this.request = wanted.withoutVariables();
        this.variables = new SealedVariables(wanted.variables());
        this.abandons = step.abandons();
        this.live = new TreeMap<>(wanted.live(OptionDigest::of));
    }

    /** The request with the values of its variables, until the pipeline is started. */
    private PipelineRequest whole() {
        SealedVariables sealed = variables;
        if (sealed == null) {
            return request;
        }
        Map<String, Object> opened = new LinkedHashMap<>();
        sealed.open()
                .forEach((name, parts) -> opened.put(name, parts instanceof Map<?, ?> map ? map.get("value") : parts));
        return request.withVariables(opened);
    }

    @Override
    protected String service() {
        return "CodePipeline";
    }

    @Override
    protected String subject() {
        return request.pipeline();
    }

    @Override
    protected void admit() {
        List<String> pipelines = List.of(request.pipeline());
        if (request.deploys() || request.operation() == PipelineOperation.ENABLE_TRANSITION) {
            gate().admitBeginning(Target.Service.CODE_PIPELINE, request.pipeline(), pipelines);
        } else if (request.operation().ends()) {
            gate().admitPlan(Target.Service.CODE_PIPELINE, request.pipeline(), pipelines);
        } else {
            gate().admitLook();
        }
    }

    /** What keeps something from going live is let in as what ends it. */
    private Gate gateOfPipeline() {
        return request.operation().ends()
                ? gate().ofEnd(Target.Service.CODE_PIPELINE)
                : gate().of(Target.Service.CODE_PIPELINE, live == null ? new TreeMap<>() : live);
    }

    /** People are asked what {@code awsApproval} would ask them about what waits in the pipeline. */
    private CompletableFuture<Reply> ask(ManualApproval about, int number) {
        String id = UUID.nameUUIDFromBytes((token().token() + about.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
        return StepApproval.answer(
                getContext(),
                stage(),
                "Approval-" + id.substring(0, 13),
                number,
                Messages.CodePipelineStep_question(about.path(), about.pipeline()),
                about);
    }

    @Override
    protected PreparedJob<PipelineSnapshot> prepare(Connected<PipelineSnapshot> at) {
        prepared = AwsConnections.get()
                .engine()
                .codePipeline()
                .prepare(at, request, this::whole, token(), gateOfPipeline(), this::ask, abandons);
        return prepared;
    }

    @Override
    protected void launched() {
        variables = null;
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }

    @Override
    public String stepName() {
        return "codePipeline";
    }

    @Override
    public boolean deploys() {
        return request.operation().deploys();
    }

    @Override
    public Destination destination() {
        return pipeline();
    }

    @NonNull
    private Destination pipeline() {
        return new Destination(stageName(), request.pipeline(), request.pipeline());
    }

    @Override
    public String revision() {
        return revision == null ? request.revision() : revision;
    }

    @Override
    public String archive() {
        return null; // each source action may bring one
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.pipelineExecution(session.region(), request.pipeline(), id);
    }

    @Override
    public Outcome outcome(AwsSession session, List<PipelineSnapshot> executions) {
        PreparedJob<PipelineSnapshot> watched =
                Objects.requireNonNull(prepared, "only what was watched has an outcome");
        PipelineResult result = (PipelineResult) watched.result(executions);
        revision = result.exactly();
        return new Outcome(pipeline(), remembered(result), result.exactly(), result.getCause());
    }

    private static DeploymentVerdict remembered(PipelineResult result) {
        if (result.getCause() == null) {
            return DeploymentVerdict.SUCCESS;
        }
        if (!"Failed".equals(result.getStatus())) {
            return DeploymentVerdict.ABORTED;
        }
        return "Succeeded".equals(result.getRollbackStatus())
                ? DeploymentVerdict.ROLLED_BACK
                : DeploymentVerdict.FAILURE;
    }
}
