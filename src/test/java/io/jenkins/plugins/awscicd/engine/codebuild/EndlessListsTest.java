package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.engine.Bench;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;

/** What a step may have started before is looked for among so many, and no more: where there is no end of them, nothing is started. */
@Timeout(60)
class EndlessListsTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    private final AtomicInteger pages = new AtomicInteger();

    /** The page with nothing on it; 0 for none. */
    private int empty;

    /** @param markedOn the page that has the step's own; 0 for none */
    private Marked<BuildBatch> batches(int markedOn, int last) {
        Marked.Kind<BuildBatch> kind = new Marked.Kind<>(
                "batch",
                "codebuild:ListBuildBatchesForProject",
                "codebuild:BatchGetBuildBatches",
                next -> {
                    int page = pages.incrementAndGet();
                    if (page > 1_000) {
                        throw new AssertionError("asked for " + page + " pages");
                    }
                    return new Marked.Page(
                            IntStream.range(0, page == empty ? 0 : 100)
                                    .mapToObj(i -> "web:" + page + "-" + i)
                                    .toList(),
                            page == last ? null : "more " + page);
                },
                ids -> asked(ids).stream()
                        .map(id -> batch(id, id.equals("web:" + markedOn + "-7")))
                        .toList(),
                BuildBatch::id,
                BuildBatch::startTime,
                BuildBatch::environment,
                false);
        return new Marked<>(bench.session(), kind, "web", "token", bench.now());
    }

    /** AWS takes at least one. */
    private static List<String> asked(List<String> ids) {
        assertFalse(ids.isEmpty());
        return ids;
    }

    private static BuildBatch batch(String id, boolean marked) {
        List<EnvironmentVariable> variables = marked ? List.of(Marked.mark("token")) : List.of();
        return BuildBatch.builder()
                .id(id)
                .startTime(Instant.EPOCH)
                .environment(it -> it.environmentVariables(variables))
                .build();
    }

    @Test
    void theyAreGivenUp() {
        IllegalStateException why =
                assertThrows(IllegalStateException.class, () -> batches(0, 0).first(batch -> true));
        assertEquals(
                "The batch that may have been started before was not found: among more than 20,000 of project 'web' in"
                        + " eu-west-1 it was not looked for any further. No other is started, and none is stopped: if AWS has"
                        + " it, it goes on; if not, run the step again",
                why.getMessage());
    }

    /** Where another one is named, a page with nothing on it is not the end: else it would be started twice. */
    @Test
    void anEmptyPageIsNotTheLast() {
        empty = 2;
        assertEquals(Optional.of("web:3-7"), batches(3, 3).first(batch -> true));
    }

    @Test
    void theLastOfManyIsFound() {
        assertEquals(Optional.of("web:200-7"), batches(200, 200).first(batch -> true));
    }
}
