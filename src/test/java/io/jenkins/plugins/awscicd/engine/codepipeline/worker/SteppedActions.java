package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;

/** Actions of pipelines of local AWS on stepped time, with a controller that works for them. */
abstract class SteppedActions {

    static final Duration LONG = Duration.ofMinutes(30);

    @AutoClose
    final Bench bench = Bench.stepped();

    @AutoClose
    final CodePipelineClient client = Clients.of(bench.aws()).codePipeline();

    final Workers one = new Workers(bench, "one", false);

    static Stream<Set<Dialect>> dialects() {
        return Stream.of(
                Set.of(),
                Set.of(Dialect.POLLED_JOBS_HIDDEN),
                Set.of(Dialect.LAST_NONCE_ALONE),
                Set.of(Dialect.POLLED_JOBS_HIDDEN, Dialect.LAST_NONCE_ALONE),
                Set.of(Dialect.ACKNOWLEDGED_ONCE),
                Set.of(
                        Dialect.POLLED_JOBS_HIDDEN,
                        Dialect.LAST_NONCE_ALONE,
                        Dialect.ACKNOWLEDGED_ONCE,
                        Dialect.HOUR_OF_EACH_JOB));
    }

    /** Source, Build by Jenkins, and what uses its variable. */
    static PipelineSpec web() {
        return PipelineSpec.named("web")
                .mode("PARALLEL")
                .source("acme/web")
                .stage("Build")
                .custom("Compile", "Build", "Jenkins")
                .set("ProjectName", "web")
                .in("Source")
                .out("Built")
                .namespace("built")
                .stage("Ship")
                .action("Ship", "Invoke", "Lambda")
                .set("FunctionName", "#{built.version}");
    }

    /** The action type, a commit, and where artifacts are. */
    static void declare(Bench bench) throws Exception {
        bench.aws().s3().createBucket("artifacts", true);
        bench.aws().codePipeline().jobs().types().create((ObjectNode) new ObjectMapper().readTree("""
                {"category": "Build", "provider": "Jenkins", "version": "1",
                 "settings": {"executionUrlTemplate": "https://jenkins.example.com/run?of={ExternalExecutionId}"},
                 "configurationProperties": [{"name": "ProjectName", "required": true, "key": true, "secret": false}],
                 "inputArtifactDetails": {"minimumCount": 0, "maximumCount": 5},
                 "outputArtifactDetails": {"minimumCount": 0, "maximumCount": 5}}"""));
        bench.aws().codePipeline().commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"));
    }

    @BeforeEach
    final void declare() throws Exception {
        declare(bench);
        bench.aws().codePipeline().pipeline(web());
    }

    final void speak(Set<Dialect> dialects) {
        dialects.forEach(bench.aws().codePipeline()::speak);
    }

    final String execute() {
        return client.startPipelineExecution(it -> it.name("web")).pipelineExecutionId();
    }

    final String status(String id) {
        return bench.aws().codePipeline().executions("web").stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow()
                .status();
    }

    final void untilQueued(Workers worker) {
        bench.advanceUntil(() -> !worker.queue.isEmpty(), LONG);
    }

    /** An execution whose action's turn has come in the first worker. */
    final String executeAndBegin() {
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        return id;
    }

    /** What waits for its turn asks for it again after a restart. */
    final void beginUnlessBegun(Workers worker) {
        if (worker.running.isEmpty()) {
            worker.begin();
            bench.advanceUntil(() -> !worker.running.isEmpty(), LONG);
        }
    }

    final void untilEnded(String id) {
        bench.advanceUntil(() -> !status(id).equals("InProgress"), LONG);
    }

    /** The message of the only failed action. */
    final String failure(String id) {
        return client.listActionExecutions(it -> it.pipelineName("web")
                        .filter(filter -> filter.latestInPipelineExecution(
                                latest -> latest.pipelineExecutionId(id).startTimeRange("Latest"))))
                .actionExecutionDetails()
                .get(0)
                .output()
                .executionResult()
                .errorDetails()
                .message();
    }

    /** The next call is carried out, and its answer lost. */
    final void cutAfterwards(String operation) {
        bench.aws()
                .faults()
                .on("CodePipeline." + operation)
                .cutConnection()
                .times(1)
                .afterExecution();
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CodePipeline." + operation);
    }
}
