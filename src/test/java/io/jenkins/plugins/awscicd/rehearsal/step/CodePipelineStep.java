package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineConsent;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineResult;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code codePipeline}. */
public final class CodePipelineStep extends AwsStep {

    private final AwsApprovalStep approval;

    public CodePipelineStep(Delivery delivery, AwsSessions aws, Admission admission, AwsApprovalStep approval) {
        super(delivery, aws, admission, "codePipeline", "pipeline", "CodePipeline");
        this.approval = approval;
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        boolean abandons = "abandon".equals(String.valueOf(rest.get("onAbort")));
        StepStage stage = StepStage.takenFrom(rest, admission);
        JobArguments job = JobArguments.takenFrom(rest, List.of("stop", "abandon", "leave"));
        PipelineRequest request = new PipelineRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        StartToken token = token();
        Target target =
                stage.target(Target.Service.CODE_PIPELINE, job.access(), request.pipeline(), request.pipeline());
        boolean leaves = job.leaves() || request.operation().leaves();
        return run(stage, token, request.timeout(), job, leaves, new RehearsedJob.Kind<PipelineSnapshot>() {
            @Override
            public AwsSession open() {
                return aws.open(access, request);
            }

            @Override
            public void admit() {
                stage.admitBeginning(request.deploys() ? List.of(target) : List.of(), request.deploys());
            }

            @Override
            public PreparedJob<PipelineSnapshot> prepare(Connected<PipelineSnapshot> at) {
                Gate gate = stage.gate(Target.Service.CODE_PIPELINE, job.access());
                PipelineConsent consent = (about, number) -> approval.reply(
                        "Approve " + about.path() + " of pipeline " + about.pipeline() + "?", stage.name(), about);
                return aws.engine().codePipeline().prepare(at, request, () -> request, token, gate, consent, abandons);
            }

            @Override
            public void ended(JobResult result) {
                PipelineResult made = (PipelineResult) result;
                if (!request.operation().deploys()) {
                    return;
                }
                stage.deployed(target, made.exactly(), made.getCause() == null ? null : made.summary());
            }
        });
    }
}
