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

    /** @return why it was given up */
    private static String givenUp(int cases, int most) {
        TestCase test = TestCase.builder().name("a").status("SUCCEEDED").build();
        AtomicInteger pages = new AtomicInteger();
        RecordedTests tests = new RecordedTests(
                RECORDER,
                (report, token) -> CompletableFuture.supplyAsync(() -> {
                    if (pages.incrementAndGet() > most) {
                        throw new AssertionError("asked for " + pages + " pages");
                    }
                    return DescribeTestCasesResponse.builder()
                            .testCases(Collections.nCopies(cases, test))
                            .nextToken("more")
                            .build();
                }),
                new RawFiles(null, () -> true),
                List.of());
        Report report = Report.builder()
                .arn("arn:aws:codebuild:eu-west-1:123456789012:report/web-unit:4c9b3f1e")
                .build();
        CompletableFuture<Void> recorded = tests.record("web:1", List.of(report));
        return assertThrows(CompletionException.class, recorded::join)
                .getCause()
                .getMessage();
    }

    @Test
    void itIsGivenUp() {
        assertEquals("the build has more than 200,000 test cases", givenUp(500, 1_000));
    }

    @Test
    void oneWithNothingOnItsPagesIsGivenUpSooner() {
        assertEquals(
                "codebuild:DescribeTestCases has no last page: given up after 5,000 answers; check the endpoint",
                givenUp(0, 10_000));
    }
}
