package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards learn which revisions an operation lets go live, whoever has started the execution. */
class PipelineContentTest extends SteppedPipelines {

    private record Passed(
            @CheckForNull String revision, @CheckForNull String content) {}

    private final List<Passed> passed = new ArrayList<>();

    private final Gate gate = new Gate() {
        @Override
        public void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision) {
            throw new IllegalStateException("more is known");
        }

        @Override
        public void pass(@NonNull Where where, @NonNull What what) {
            passed.add(new Passed(what.revision(), what.content().get()));
        }

        @Override
        public boolean isGuarded() {
            return true;
        }
    };

    /** A push has started it: nobody in Jenkins has approved it. */
    private String pushed() {
        return PipelineService.client(bench.session())
                .startPipelineExecution(it -> it.name("web"))
                .pipelineExecutionId();
    }

    private void isAskedAbout(String content) {
        assertEquals(1, passed.size(), passed::toString);
        assertNotNull(passed.get(0).revision());
        assertEquals(content, passed.get(0).content());
    }

    @Test
    void ofARetryThatIsWhatTheExecutionHas() {
        pipeline("SUPERSEDED");
        bench.aws().codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String id = pushed();
        bench.advance(60);
        step().with("operation", "retry")
                .with("execution", id)
                .guarded(gate)
                .begin()
                .untilOver();
        isAskedAbout("Source @ " + COMMIT);
    }

    @Test
    void ofARollbackThatIsWhatItGoesBackTo() {
        pipeline("SUPERSEDED");
        String id = pushed();
        bench.advance(60);
        bench.aws().codePipeline().commit("acme/web", "main", "c0ffee", "Serve coffee", Map.of("index.html", "coffee"));
        pushed();
        bench.advance(60);
        step().with("operation", "rollback")
                .with("execution", id)
                .with("pipelineStage", "Deploy")
                .guarded(gate)
                .begin()
                .untilOver();
        isAskedAbout("Source @ " + COMMIT);
    }

    @Test
    void ofAnOpenedTransitionThatIsWhatWaitsThere() {
        pipeline("SUPERSEDED");
        close();
        pushed();
        bench.advance(60);
        open();
        isAskedAbout("Source @ " + COMMIT);
    }

    @Test
    void ofATransitionAtWhichNothingWaitsThatIsNothing() {
        pipeline("SUPERSEDED");
        close();
        open();
        assertEquals(List.of(new Passed(null, null)), passed);
    }

    private void close() {
        PipelineService.client(bench.session())
                .disableStageTransition(it -> it.pipelineName("web")
                        .stageName("Deploy")
                        .transitionType("INBOUND")
                        .reason("Tea time"));
    }

    private void open() {
        step().with("operation", "enableTransition")
                .with("pipelineStage", "Deploy")
                .guarded(gate)
                .begin()
                .untilOver();
    }

    @Test
    void ofAnAnswerThatIsWhatTheExecutionHas() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual"));
        String id = pushed();
        step().with("operation", "watch")
                .with("execution", id)
                .asking((about, number) -> CompletableFuture.completedFuture(new Reply(true, List.of("bob"), null)))
                .guarded(gate)
                .begin()
                .untilOver();
        isAskedAbout("Source @ " + COMMIT);
    }

    private void start(String type) {
        step().with("sourceRevisions", List.of(Map.of("action", "Source", "type", type, "value", COMMIT)))
                .guarded(gate)
                .begin();
        bench.advance(60);
    }

    @Test
    void ofAStartThatIsWhatWasNamed() {
        pipeline("SUPERSEDED");
        start("COMMIT_ID");
        isAskedAbout("Source @ " + COMMIT);
    }

    /** Under a key there is something else tomorrow. */
    @Test
    void anObjectsKeyPinsNothing() {
        pipeline("SUPERSEDED");
        start("S3_OBJECT_KEY");
        isAskedAbout(null);
    }

    /** What the other one brings, nobody knows. */
    @Test
    void nothingIsPinnedUnlessAllSourcesAre() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .action("Config", "Source", "CodeCommit")
                        .simulated("Deploy", "Ship"));
        start("COMMIT_ID");
        isAskedAbout(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "rollback", "override"})
    void whatIsApprovedOfAnOperationIsNotApprovedOfAnother(String operation) {
        PipelineRequest one = new PipelineRequest(Map.of("pipeline", "web", "operation", operation, "execution", "a"));
        PipelineRequest two = new PipelineRequest(Map.of("pipeline", "web", "operation", operation, "execution", "b"));
        assertEquals(operation, one.live(it -> it).get("operation"));
        assertEquals("a", one.live(it -> it).get("execution"));
        assertEquals("b", two.live(it -> it).get("execution"));
        assertNull(new PipelineRequest(Map.of("pipeline", "web", "operation", "watch", "execution", "a"))
                .live(it -> it)
                .get("execution"));
    }

    /** What people approve of is one request and no other, whatever becomes of that. */
    @Test
    void noTextOfAVariableIsThatOfParts() {
        for (List<Object> two : List.<List<Object>>of(
                List.of("{type=SECRET}", Map.of("type", "SECRET")),
                List.of("[a, b]", List.of("a", "b")),
                List.of("{}", Map.of()))) {
            List<String> texts = two.stream()
                    .map(value -> new PipelineRequest(Map.of("pipeline", "web", "variables", Map.of("TEA", value)))
                            .live(it -> it)
                            .get("variables TEA"))
                    .toList();
            assertNotEquals(texts.get(0), texts.get(1));
        }
    }
}
