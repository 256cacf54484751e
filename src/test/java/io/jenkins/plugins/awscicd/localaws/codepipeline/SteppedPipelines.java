package io.jenkins.plugins.awscicd.localaws.codepipeline;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionSummary;

/** A local AWS on stepped time with a bucket for artifacts, and a commit on the branch {@code main} of {@code acme/web}. */
abstract class SteppedPipelines {

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    CodePipelineClient client;

    @BeforeEach
    final void start() {
        aws = LocalAws.builder().time(time).start();
        aws.s3().createBucket("artifacts", true);
        aws.codePipeline().commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"));
        client = Clients.of(aws).codePipeline();
    }

    @AfterEach
    final void stop() {
        client.close();
        aws.close();
    }

    final String begin(String pipeline) {
        return client.startPipelineExecution(it -> it.name(pipeline)).pipelineExecutionId();
    }

    final void pass(long seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(Duration.ofSeconds(1));
        }
    }

    final String status(String pipeline, String id) {
        return client.getPipelineExecution(it -> it.pipelineName(pipeline).pipelineExecutionId(id))
                .pipelineExecution()
                .statusAsString();
    }

    final List<PipelineExecutionSummary> executions(String pipeline) {
        return client.listPipelineExecutions(it -> it.pipelineName(pipeline)).pipelineExecutionSummaries();
    }

    final List<ActionExecutionDetail> actions(String pipeline, String id) {
        return client.listActionExecutions(it -> it.pipelineName(pipeline)
                        .filter(filter -> filter.latestInPipelineExecution(
                                latest -> latest.pipelineExecutionId(id).startTimeRange("Latest"))))
                .actionExecutionDetails();
    }
}
