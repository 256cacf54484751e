package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.codebuild.model.DescribeTestCasesResponse;
import software.amazon.awssdk.services.codebuild.model.Report;

/** Gives all test cases that AWS lists of a build to a {@link TestRecorder}, through a file, so that only one page of them is in memory. */
final class RecordedTests {

    private static final Logger LOGGER = Logger.getLogger(RecordedTests.class.getName());

    /** Reads a page of a report's test cases. */
    @FunctionalInterface
    interface Pages {
        CompletableFuture<DescribeTestCasesResponse> read(Report report, @CheckForNull String token);
    }

    private final TestRecorder recorder;
    private final Pages pages;

    RecordedTests(@NonNull TestRecorder recorder, @NonNull Pages pages) {
        this.recorder = recorder;
        this.pages = pages;
    }

    /** @return done when they are recorded */
    @NonNull
    CompletableFuture<Void> record(@NonNull String build, @NonNull List<Report> reports) {
        Path folder;
        JUnitXml xml;
        Path file;
        try {
            folder = Files.createTempDirectory("codebuild-tests");
            file = folder.resolve("tests.xml");
            xml = new JUnitXml(file, build);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        for (Report report : reports) {
            written = written.thenCompose(before -> begin(report, xml)).thenCompose(before -> write(report, null, xml));
        }
        return written.whenComplete((done, failure) -> close(xml))
                .thenCompose(done -> recorder.record(build, file))
                .whenComplete((done, failure) -> delete(file, folder));
    }

    private static CompletableFuture<Void> begin(Report report, JUnitXml xml) {
        try {
            xml.begin(BuildReports.group(report), Truncation.inWords(report));
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> write(Report report, @CheckForNull String token, JUnitXml xml) {
        return pages.read(report, token).thenCompose(page -> {
            try {
                for (var test : page.testCases()) {
                    xml.add(test);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return page.nextToken() == null
                    ? CompletableFuture.completedFuture(null)
                    : write(report, page.nextToken(), xml);
        });
    }

    private static void close(JUnitXml xml) {
        try {
            xml.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file, Path folder) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot delete " + folder);
        }
    }
}
