package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;

/** Stacks on local AWS and stepped time: stack {@code web}. */
abstract class SteppedStacks {

    static final Duration LONG = Duration.ofMinutes(30);

    static final String TWO = template(
            "Parameters:",
            "  Size: {Type: String, Default: small}",
            "Resources:",
            "  Queue:",
            "    Type: AWS::SQS::Queue",
            "    Properties: {VisibilityTimeout: 30}",
            "  Reader:",
            "    Type: AWS::Lambda::Function",
            "    Properties: {MemorySize: !Ref Size, Queue: !GetAtt Queue.Arn}",
            "Outputs:",
            "  Size: {Value: !Ref Size}");

    @AutoClose
    final Bench bench = Bench.stepped();

    @TempDir
    Path workspace;

    private final Uploads uploads = Uploads.of("delivery");
    private int runs;

    static String template(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    /** A step as a controller keeps it. */
    final class Step {

        final KeptStep<StackSnapshot> kept;
        private final Map<String, Object> arguments = new HashMap<>();
        private final Turn turn;
        private Gate gate = Gate.OPEN;
        private Consent<StackResult> consent = Consent.given();
        private CloudFormation door = bench.cloudFormation();

        private Step() {
            runs++;
            turn = new Turn("web #" + runs, runs);
            arguments.put("stack", "web");
            kept = new KeptStep<>(bench, (at, token) -> {
                StackRequest request = new StackRequest(arguments);
                assertEquals(List.of(), request.problems());
                return door.prepare(at, request, token, turn, gate, consent, new StepFiles(workspace, uploads));
            });
        }

        Step with(String name, Object value) {
            arguments.put(name, value);
            return this;
        }

        Step behind(Gate guards) {
            gate = guards;
            return this;
        }

        /** By another controller, which knows nothing of the turns of this one. */
        Step elsewhere() {
            door = new CloudFormation(bench.scheduler(), bench.watcher());
            return this;
        }

        void abort() {
            kept.execution().stop(new RuntimeException("aborted"), null);
        }

        /** Asks for approval. */
        Step asking(Consent<StackResult> people) {
            consent = people;
            return with("approve", true);
        }

        Step begin() {
            kept.begin();
            return this;
        }

        /** To its end. */
        Step run() {
            kept.begin();
            return end();
        }

        Step end() {
            bench.advanceUntil(kept::isOver, LONG);
            return this;
        }

        /** Ends the process that runs it, as a crash does, and goes on in another. */
        Step restart() {
            crash();
            door = new CloudFormation(bench.scheduler(), bench.watcher());
            kept.resume(bench.scheduler(), null, null);
            return this;
        }

        void crash() {
            kept.execution().leave();
        }

        Verdict.End verdict() {
            return kept.outcome().verdict().end();
        }

        String why() {
            Throwable failure = kept.outcome().failure();
            return failure == null
                    ? String.valueOf(kept.outcome().verdict().reason())
                    : String.valueOf(failure.getMessage());
        }

        StackResult result() {
            return (StackResult) kept.outcome().result();
        }

        List<String> lines() {
            return kept.console.lines();
        }

        void says(String part) {
            assertTrue(lines().stream().anyMatch(line -> line.contains(part)), () -> part + " in " + lines());
        }
    }

    final Step step() {
        return new Step();
    }

    /** One that makes the stack of a template. */
    final Step deploy(String template) {
        return step().with("template", Map.of("body", template));
    }

    /** The stack is of this template. */
    final Step deployed(String template) {
        Step step = deploy(template).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines().toString());
        return step;
    }

    final Simulation simulation() {
        return bench.aws().cloudFormation().simulation("web");
    }

    final String status() {
        return bench.aws().cloudFormation().stack("web").status().toString();
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CloudFormation." + operation);
    }
}
