package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Execution;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** Pipelines on local AWS and stepped time, with a commit on the branch {@code main} of {@code acme/web}. */
abstract class SteppedPipelines {

    static final Duration LONG = Duration.ofMinutes(30);
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @AutoClose
    final Bench bench = Bench.stepped();

    @BeforeEach
    final void commit() {
        bench.aws().s3().createBucket("artifacts", true);
        bench.aws().codePipeline().commit("acme/web", "main", COMMIT, "Serve tea", Map.of("index.html", "tea"));
    }

    /** A pipeline of whose stage Deploy the condition at the entry is not met, so that executions fail there. */
    final void pipelineWithCondition() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .condition("beforeEntry", "FAIL", "InTheWeek"));
        bench.aws().codePipeline().simulation("web").rule("InTheWeek", true);
    }

    /** An execution that somebody has started by hand. */
    final String begun() {
        return PipelineService.client(bench.session())
                .startPipelineExecution(it -> it.name("web"))
                .pipelineExecutionId();
    }

    final Step operation(String operation, String execution) {
        return step().with("operation", operation).with("execution", execution);
    }

    /** Source, Build, Deploy. */
    final void pipeline(String mode) {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode(mode)
                        .variable("TEA", "green")
                        .source("acme/web")
                        .simulated("Build", "Compile")
                        .simulated("Deploy", "Ship"));
    }

    final Step step() {
        return new Step();
    }

    /** A step as a controller keeps it. */
    final class Step {

        final KeptStep<PipelineSnapshot> kept;
        private final Map<String, Object> arguments = new HashMap<>(Map.of("pipeline", "web"));
        private boolean abandons;
        private Gate gate = Gate.OPEN;
        private PipelineConsent consent;

        private Step() {
            kept = new KeptStep<>(bench, (at, token) -> {
                PipelineRequest request = new PipelineRequest(arguments);
                assertEquals(List.of(), request.problems());
                // an engine of its own, as after a restart
                return new CodePipeline(bench.scheduler(), bench.watcher(), bench.followers())
                        .prepare(at, request.withoutVariables(), () -> request, token, gate, consent, abandons);
            });
        }

        Step with(String name, Object value) {
            arguments.put(name, value);
            return this;
        }

        Step abandoning() {
            abandons = true;
            return this;
        }

        /** People are asked. */
        Step asking(PipelineConsent people) {
            consent = people;
            return with("approvals", "ask");
        }

        Step guarded(Gate guard) {
            gate = guard;
            return this;
        }

        Step begin() {
            kept.begin();
            return this;
        }

        /** The controller goes down, and comes up after a while. */
        Step restart(long seconds) {
            kept.execution().leave();
            bench.advance(seconds);
            kept.resume(bench.scheduler(), null, null);
            return this;
        }

        Step untilOver() {
            bench.advanceUntil(kept::isOver, LONG);
            return this;
        }

        Verdict.End end() {
            return kept.outcome().verdict().end();
        }

        PipelineResult result() {
            return (PipelineResult) kept.outcome().result();
        }

        List<String> lines() {
            return kept.console.lines();
        }
    }

    final List<Execution> executions() {
        return bench.aws().codePipeline().executions("web");
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CodePipeline." + operation);
    }

    /** AWS carries the next call out, and its answer does not arrive. */
    final void loseAnswerTo(String operation) {
        bench.loseAnswerTo("CodePipeline." + operation);
    }
}
