package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs are worked on exactly once, whatever happens to the worker and its calls, and however AWS goes about nonces. */
class ExactlyOnceTest extends SteppedActions {

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
        String id = executeAndBegin();
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
        String id = executeAndBegin();
        bench.advance(100);
        one.running.clear(); // deleted
        one.restart(30);
        untilEnded(id);
        assertEquals("Failed", status(id));
        assertTrue(failure(id).contains("The run is lost"), failure(id));
        assertTrue(one.disk.isEmpty());
    }
}
