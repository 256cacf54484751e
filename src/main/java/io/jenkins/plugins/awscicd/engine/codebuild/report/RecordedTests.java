package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.codebuild.model.DescribeTestCasesResponse;
import software.amazon.awssdk.services.codebuild.model.Report;

/**
 * Gives all test cases of a build to a {@link TestRecorder}: those of a report's files where its group has them put into S3, else those that AWS
 * lists. They go through files, so that only one page of them is in memory.
 */
final class RecordedTests {

    private static final Logger LOGGER = Logger.getLogger(RecordedTests.class.getName());

    /** Reads a page of a report's test cases. */
    @FunctionalInterface
    interface Pages {
        CompletableFuture<DescribeTestCasesResponse> read(Report report, @CheckForNull String token);
    }

    private final TestRecorder recorder;
    private final Pages pages;
    private final RawFiles raw;
    private final List<String> console;
    /** Test cases that were listed so far, and pages without any. */
    private int listed;

    /** @param console gets lines, one after the other, until they are recorded */
    RecordedTests(
            @NonNull TestRecorder recorder,
            @NonNull Pages pages,
            @NonNull RawFiles raw,
            @NonNull List<String> console) {
        this.recorder = recorder;
        this.pages = pages;
        this.raw = raw;
        this.console = console;
    }

    /** @return done when they are recorded */
    @NonNull
    CompletableFuture<Void> record(@NonNull String build, @NonNull List<Report> reports) {
        Path folder;
        try {
            folder = Files.createTempDirectory("codebuild-tests");
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        int number = 0;
        for (Report report : reports) {
            String prefix = ++number + "-";
            written = written.thenCompose(before -> RawFiles.areExported(report)
                    ? exported(build, report, folder, prefix)
                    : listed(build, report, folder, prefix));
        }
        return written.thenCompose(done -> recorder.record(build, folder))
                .whenComplete((done, failure) -> delete(folder));
    }

    private CompletableFuture<Void> exported(String build, Report report, Path folder, String prefix) {
        return raw.copy(report, build, folder, prefix)
                .thenCompose(cases -> {
                    int all = TestCounts.of(report.testSummary()).getTotal();
                    if (cases < all) {
                        return CompletableFuture.failedFuture(new IOException(String.format(
                                Locale.ROOT, "they have %,d test cases, and the report %,d", cases, all)));
                    }
                    console.add(String.format(
                            Locale.ROOT,
                            "  %s: %,d test %s recorded, from its files in %s",
                            BuildReports.group(report),
                            cases,
                            cases == 1 ? "case is" : "cases are",
                            RawFiles.place(report)));
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .handle((done, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    console.add("  " + BuildReports.group(report) + ": what AWS lists is recorded, not its files in "
                            + RawFiles.place(report) + ": "
                            + AwsCallException.unwrap(failure).getMessage());
                    return deleted(folder, prefix).thenCompose(gone -> listed(build, report, folder, prefix));
                })
                .thenCompose(next -> next);
    }

    private static CompletableFuture<Void> deleted(Path folder, String prefix) {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, prefix + "*")) {
            for (Path copy : copies) {
                Files.delete(copy);
            }
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> listed(String build, Report report, Path folder, String prefix) {
        JUnitXml xml = new JUnitXml(folder, prefix, build, BuildReports.group(report), Truncation.inWords(report));
        return write(report, new PageCount(), null, xml).whenComplete((done, failure) -> close(xml));
    }

    private CompletableFuture<Void> write(Report report, PageCount read, @CheckForNull String token, JUnitXml xml) {
        read.next("codebuild:DescribeTestCases");
        return pages.read(report, token).thenCompose(page -> {
            listed += Math.max(1, page.testCases().size());
            if (listed > RawFiles.MOST_CASES) {
                throw new IllegalStateException(RawFiles.tooMany());
            }
            try {
                for (var test : page.testCases()) {
                    xml.add(RecordedTest.of(test));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return page.nextToken() == null
                    ? CompletableFuture.completedFuture(null)
                    : write(report, read, page.nextToken(), xml);
        });
    }

    private static void close(JUnitXml xml) {
        try {
            xml.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot delete " + folder);
        }
    }
}
