package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.Job;

/** Jobs are worked on exactly once, and end, whatever happens to the worker and its calls. */
class JobWorkerTest {

    private static final Duration LONG = Duration.ofMinutes(30);

    @AutoClose
    private final Bench bench = Bench.stepped();

    @AutoClose
    private final CodePipelineClient client = Clients.of(bench.aws()).codePipeline();

    private final Workers one = new Workers(bench, "one", false);

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

    @BeforeEach
    void declare() throws Exception {
        bench.aws().s3().createBucket("artifacts", true);
        bench.aws().codePipeline().jobs().types().create((ObjectNode) new ObjectMapper().readTree("""
                {"category": "Build", "provider": "Jenkins", "version": "1",
                 "settings": {"executionUrlTemplate": "https://jenkins.example.com/run?of={ExternalExecutionId}"},
                 "configurationProperties": [{"name": "ProjectName", "required": true, "key": true, "secret": false}],
                 "inputArtifactDetails": {"minimumCount": 0, "maximumCount": 5},
                 "outputArtifactDetails": {"minimumCount": 0, "maximumCount": 5}}"""));
        bench.aws().codePipeline().commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"));
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode("PARALLEL")
                        .source("acme/web")
                        .stage("Build")
                        .custom("Compile", "Build", "Jenkins")
                        .set("ProjectName", "web")
                        .in("Source")
                        .namespace("built")
                        .stage("Ship")
                        .action("Ship", "Invoke", "Lambda")
                        .set("FunctionName", "#{built.version}"));
    }

    private void speak(Set<Dialect> dialects) {
        dialects.forEach(bench.aws().codePipeline()::speak);
    }

    private String execute() {
        return client.startPipelineExecution(it -> it.name("web")).pipelineExecutionId();
    }

    private String status(String id) {
        return bench.aws().codePipeline().executions("web").stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private void untilQueued(Workers worker) {
        bench.advanceUntil(() -> !worker.queue.isEmpty(), LONG);
    }

    /** What waits for its turn asks for it again after a restart. */
    private void beginUnlessBegun(Workers worker) {
        if (worker.running.isEmpty()) {
            worker.begin();
            bench.advanceUntil(() -> !worker.running.isEmpty(), LONG);
        }
    }

    private void untilEnded(String id) {
        bench.advanceUntil(() -> !status(id).equals("InProgress"), LONG);
    }

    /** The message of the only failed action. */
    private String failure(String id) {
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
    private void cutAfterwards(String operation) {
        bench.aws()
                .faults()
                .on("CodePipeline." + operation)
                .cutConnection()
                .times(1)
                .afterExecution();
    }

    private long calls(String operation) {
        return bench.aws().calls().count("CodePipeline." + operation);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void jobIsAcknowledgedAtItsTurnShownAndEnded(Set<Dialect> dialects) {
        speak(dialects);
        String id = execute();
        one.start();
        untilQueued(one);
        bench.advance(300);
        assertEquals(1, one.queue.size(), "a job that waits is queued once");
        assertEquals(0, calls("AcknowledgeJob"), "it is anybody's until its turn comes");
        one.begin();
        bench.advanceUntil(() -> calls("AcknowledgeJob") == 2, LONG); // of the job, and of the one that continues it
        bench.advance(60);
        assertEquals("web", one.jobs.get(one.only()).project());
        assertEquals("one", one.source.controller());
        one.end(WorkResult.success("Built", Map.of("version", "1.2"), "c0ffee"));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
        assertTrue(one.disk.isEmpty(), "nothing is left of it");
        assertEquals(
                "1.2",
                client.listActionExecutions(it -> it.pipelineName("web"))
                        .actionExecutionDetails()
                        .get(0)
                        .input()
                        .resolvedConfiguration()
                        .get("FunctionName"));
        assertEquals(
                "https://jenkins.example.com/run?of=web:1",
                client.listActionExecutions(it -> it.pipelineName("web"))
                        .actionExecutionDetails()
                        .get(1)
                        .output()
                        .executionResult()
                        .externalExecutionUrl());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void twoControllersWorkOnEachJobOnce(Set<Dialect> dialects) {
        speak(dialects);
        Workers two = new Workers(bench, "two", false);
        Set<String> executions = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            executions.add(execute());
        }
        one.start();
        two.start();
        for (int i = 0; i < 150; i++) {
            bench.advance(5);
            for (Workers worker : List.of(one, two)) {
                if (!worker.queue.isEmpty()) {
                    worker.begin(List.copyOf(worker.queue.keySet()).get(i % worker.queue.size()));
                }
                if (worker.running.size() > 1) {
                    worker.end(WorkResult.success("", Map.of("version", "1"), null));
                }
            }
            if (i > 120) {
                for (Workers worker : List.of(one, two)) {
                    List.copyOf(worker.running.keySet())
                            .forEach(it -> worker.end(it, WorkResult.success("", Map.of(), null)));
                }
            }
        }
        List<String> done = Stream.concat(one.done.stream(), two.done.stream()).toList();
        assertEquals(12, done.size());
        assertEquals(executions, new HashSet<>(done), "each once");
        executions.forEach(it -> assertEquals("Succeeded", status(it)));
        assertEquals(0, one.queue.size() + two.queue.size());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void fiftyJobsAtOnceAreEachDoneOnce(Set<Dialect> dialects) {
        speak(dialects);
        Set<String> executions = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            executions.add(execute());
        }
        one.start();
        bench.advance(120);
        assertEquals(50, one.queue.size());
        List.copyOf(one.queue.keySet()).forEach(one::begin);
        bench.advance(120);
        assertEquals(50, one.running.size());
        List.copyOf(one.running.keySet()).forEach(it -> one.end(it, WorkResult.success("", Map.of(), null)));
        bench.advance(300);
        executions.forEach(it -> assertEquals("Succeeded", status(it)));
        assertEquals(executions, new HashSet<>(one.done));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void lostAnswersChangeNothing(Set<Dialect> dialects) {
        speak(dialects);
        Workers alone = new Workers(bench, "one", true);
        for (String operation : List.of("AcknowledgeJob", "PutJobSuccessResult")) {
            cutAfterwards(operation);
        }
        String id = execute();
        alone.start();
        untilQueued(alone);
        alone.begin();
        bench.advance(120);
        cutAfterwards("PutJobSuccessResult");
        alone.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
        assertEquals(List.of(), alone.lost);
        bench.advance(120);
        assertTrue(alone.disk.isEmpty());
    }

    @Test
    void jobThatCannotBeToldFromAnothersIsFailedLoudly() {
        speak(Set.of(Dialect.ACKNOWLEDGED_ONCE));
        cutAfterwards("AcknowledgeJob");
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        untilEnded(id);
        assertTrue(one.running.isEmpty(), "it is not run");
        assertTrue(failure(id).contains("answer to AcknowledgeJob was lost"), failure(id));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void workGoesOnOverARestart(Set<Dialect> dialects) {
        speak(dialects);
        String id = execute();
        one.start();
        untilQueued(one);
        one.restart(30);
        bench.advance(30);
        assertEquals(1, one.queue.size());
        one.begin();
        bench.advanceUntil(() -> calls("AcknowledgeJob") > 0, LONG);
        one.restart(30);
        beginUnlessBegun(one);
        bench.advance(100);
        one.restart(30);
        bench.advance(100);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        one.restart(30); // before the worker has heard of it
        untilEnded(id);
        assertEquals("Succeeded", status(id));
        assertEquals(List.of(), one.lost);
    }

    @Test
    void restartAtEachSecondLosesNothing() {
        for (int second = 0; second < 20; second += 2) {
            Workers controller = new Workers(bench, "c" + second, false);
            String id = execute();
            controller.start();
            untilQueued(controller);
            controller.begin();
            bench.advance(second);
            controller.restart(7);
            beginUnlessBegun(controller);
            bench.advance(60);
            controller.end(WorkResult.success("", Map.of("version", "1"), null));
            untilEnded(id);
            assertEquals("Succeeded", status(id), "restarted after " + second + " s");
            controller.worker.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void runThatIsLostIsReportedAsAFailure(Set<Dialect> dialects) {
        speak(dialects);
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advance(100);
        one.running.clear(); // deleted
        one.restart(30);
        untilEnded(id);
        assertEquals("Failed", status(id));
        assertTrue(failure(id).contains("The run is lost"), failure(id));
        assertTrue(one.disk.isEmpty());
    }

    @Test
    void continuationOfAnUnknownRunIsReportedAsAFailure() {
        String id = execute();
        bench.advance(30);
        Job job = client.pollForJobs(it -> it.actionTypeId(one.source.type().id()))
                .jobs()
                .get(0);
        client.acknowledgeJob(it -> it.jobId(job.id()).nonce(job.nonce()));
        client.putJobSuccessResult(it -> it.jobId(job.id()).continuationToken("jenkins two 1234"));
        one.start();
        bench.advance(300);
        assertEquals("InProgress", status(id), "another controller's is left alone");
        new Workers(bench, "two", false).start(); // what it had kept is lost
        untilEnded(id);
        assertTrue(failure(id).contains("does not know the run any more"), failure(id));
    }

    @Test
    void failureHasItsWords() {
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advance(60);
        one.end(WorkResult.failed("The run web #1 was aborted by alice."));
        untilEnded(id);
        assertEquals("The run web #1 was aborted by alice.", failure(id));
    }

    @Test
    void jobCancelledInTheQueueIsFailed() {
        String id = execute();
        one.start();
        untilQueued(one);
        String claim = one.queue.keySet().iterator().next();
        one.worker.end(claim, WorkResult.failed("Cancelled in Jenkins' queue."));
        one.queue.clear();
        untilEnded(id);
        assertEquals("Cancelled in Jenkins' queue.", failure(id));
        bench.advance(60);
        assertTrue(one.queue.isEmpty(), "and is not queued again");
    }

    @Test
    void unknownProjectIsLeftToOthersUnlessThereAreNone() {
        one.answer = WorkHost.Answer.UNKNOWN;
        String id = execute();
        one.start();
        bench.advance(60);
        assertEquals(List.of("web"), one.worker.status().unknown());
        assertEquals("InProgress", status(id));
        Workers alone = new Workers(bench, "alone", true);
        alone.answer = WorkHost.Answer.UNKNOWN;
        alone.start();
        untilEnded(id);
        assertTrue(failure(id).contains("no job 'web'"), failure(id));
    }

    @Test
    void hourOfAnActionIsAwssAndNotOurs() {
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advanceUntil(() -> status(id).equals("Failed"), Duration.ofMinutes(70));
        one.end(WorkResult.success("", Map.of(), null));
        bench.advance(60);
        assertTrue(one.disk.isEmpty());
        bench.aws().codePipeline().speak(Dialect.HOUR_OF_EACH_JOB);
        String other = execute();
        untilQueued(one);
        one.begin();
        bench.advance(3 * 3600);
        assertEquals("InProgress", status(other), "continued before each hour was over");
        one.end(WorkResult.success("", Map.of(), null));
        untilEnded(other);
        assertEquals("Succeeded", status(other));
    }

    @Test
    void accessToArtifactsIsRenewedAndNeverKept() throws Exception {
        execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advance(1);
        var details = one.worker.details(one.only());
        bench.advanceUntil(details::isDone, LONG);
        assertNotNull(details.get().credentials());
        String secret = details.get().credentials().secretAccessKey();
        assertFalse(details.get().toString().contains(secret));
        assertFalse(one.disk.toString().contains(secret));
        assertEquals(1, details.get().inputs().size());
        one.end(WorkResult.success("", Map.of(), null));
        var late = one.worker.details(one.done.isEmpty() ? "" : "gone");
        bench.advance(10);
        assertTrue(late.isCompletedExceptionally());
    }

    @Test
    void faultsOfPollsAreShownAndPassed() {
        bench.aws().faults().on("CodePipeline.PollForJobs").accessDenied();
        one.start();
        bench.advance(600);
        assertTrue(one.worker.status().error().contains("codepipeline:PollForJobs"), one.worker.status()::error);
        assertTrue(calls("PollForJobs") < 10, "it asks less and less often");
        bench.aws().faults().clear();
        execute();
        untilQueued(one);
        assertEquals(null, one.worker.status().error());
    }

    @Test
    void idleWorkerMakesFourCallsAMinute() {
        one.start();
        bench.advance(60);
        long before = calls("PollForJobs");
        bench.advance(600);
        assertEquals(40, calls("PollForJobs") - before, 1);
    }

    @Test
    void variablesThatAwsRefusesFailTheAction() {
        String id = execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advance(60);
        one.end(WorkResult.success("", Map.of("version", "x".repeat(200_000)), null));
        untilEnded(id);
        assertTrue(failure(id).contains("AWS refuses its result"), failure(id));
    }
}
