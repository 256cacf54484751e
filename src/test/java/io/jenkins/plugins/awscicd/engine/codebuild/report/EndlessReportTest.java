package io.jenkins.plugins.awscicd.engine.codebuild.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codebuild.model.DescribeTestCasesResponse;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.TestCase;

/** An endpoint that never comes to the last page of a report fills no disk. */
@Timeout(60)
class EndlessReportTest {

    private static final TestRecorder RECORDER = new TestRecorder() {
        @Override
        public TestResults mode() {
            return TestResults.RECORD;
        }

        @Override
        public CompletableFuture<Void> record(String build, Path folder) {
            throw new AssertionError("There is no end of it");
        }

        @Override
        public void unstable(String why) {
            throw new AssertionError(why);
        }
    };

    @Test
    void itIsGivenUp() {
        TestCase test = TestCase.builder().name("a").status("SUCCEEDED").build();
        AtomicInteger pages = new AtomicInteger();
        RecordedTests tests = new RecordedTests(
                RECORDER,
                (report, token) -> CompletableFuture.supplyAsync(() -> {
                    if (pages.incrementAndGet() > 1_000) {
                        throw new AssertionError("asked for " + pages + " pages");
                    }
                    return DescribeTestCasesResponse.builder()
                            .testCases(Collections.nCopies(500, test))
                            .nextToken("more")
                            .build();
                }),
                new RawFiles(null, () -> true),
                List.of());
        Report report = Report.builder()
                .arn("arn:aws:codebuild:eu-west-1:123456789012:report/web-unit:4c9b3f1e")
                .build();
        CompletableFuture<Void> recorded = tests.record("web:1", List.of(report));
        assertEquals(
                "the build has more than 200,000 test cases",
                assertThrows(CompletionException.class, recorded::join)
                        .getCause()
                        .getMessage());
    }
}
