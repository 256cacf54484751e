package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.ReportExportConfigType;
import software.amazon.awssdk.services.codebuild.model.S3ReportExportConfig;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The files that a report was made of, where its group has them put into S3
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_S3ReportExportConfig.html">S3ReportExportConfig</a>). Which keys they
 * get there is not published: those that have the report's own id in them are its own.
 */
final class RawFiles {

    /** Of a report's group in S3, which may have years of reports. */
    private static final int MOST_PAGES = 20;

    private static final int MOST_FILES = 2_000;
    /** Of bytes that all files of a report have together, packed or unpacked. */
    private static final long MOST_BYTES = 200L << 20;

    /** Of test cases that all reports of a build have together: whoever records them has them in memory. */
    static final int MOST_CASES = 200_000;

    /** Shorter ones might be in the key of anything. */
    private static final int SHORTEST_ID = 16;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AwsSession session;
    private final BooleanSupplier wanted;
    /** Test cases of all reports so far. */
    private int all;

    static String tooMany() {
        return String.format(Locale.ROOT, "the build has more than %,d test cases", MOST_CASES);
    }

    /** @param wanted whether somebody still waits for them */
    RawFiles(@NonNull AwsSession session, @NonNull BooleanSupplier wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    /** Whether a report's group has its files put into S3. */
    static boolean areExported(@NonNull Report report) {
        return report.exportConfig() != null
                && report.exportConfig().exportConfigType() == ReportExportConfigType.S3
                && report.exportConfig().s3Destination() != null
                && report.exportConfig().s3Destination().bucket() != null;
    }

    /** Where they are, for people. */
    @NonNull
    static String place(@NonNull Report report) {
        S3ReportExportConfig to = report.exportConfig().s3Destination();
        String path = to.path() == null ? "" : to.path().replaceAll("^/+|/+$", "");
        return "s3://" + to.bucket() + (path.isEmpty() ? "" : "/" + path);
    }

    /**
     * Copies the test cases of a report's files.
     *
     * @param prefix of the names that the copies get; what has such a name is written anew
     * @return how many test cases there were; fails with what a person may read, after which some copies may be there
     */
    @NonNull
    CompletableFuture<Integer> copy(
            @NonNull Report report, @NonNull String build, @NonNull Path folder, @NonNull String prefix) {
        return find(report, prefixes(report), 0).thenCompose(objects -> {
            Copies copies = new Copies(report, build, folder, prefix);
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (S3Object object : objects) {
                done = done.thenCompose(before -> copies.copy(object));
            }
            return done.thenApply(copied -> {
                all += copies.cases;
                return copies.cases;
            });
        });
    }

    private static String id(Report report) {
        return report.arn().substring(report.arn().lastIndexOf(':') + 1);
    }

    /** The likeliest first: a group may have many reports. */
    private static List<String> prefixes(Report report) {
        String path = report.exportConfig().s3Destination().path();
        Set<String> bases = new LinkedHashSet<>();
        bases.add(path == null ? "" : path.replaceAll("^/+|/+$", ""));
        bases.add(path == null ? "" : path.replaceAll("/+$", "")); // whether AWS takes a slash off, nobody says
        List<String> prefixes = new ArrayList<>();
        for (String base : bases) {
            String below = base.isEmpty() ? "" : base + "/";
            prefixes.add(below + id(report));
            prefixes.add(below + BuildReports.group(report) + "/" + id(report));
        }
        prefixes.addAll(bases);
        return prefixes;
    }

    private CompletableFuture<List<S3Object>> find(Report report, List<String> prefixes, int next) {
        if (next == prefixes.size()) {
            return CompletableFuture.failedFuture(
                    new IOException("no object there has the report's id in its key, " + id(report)));
        }
        return list(report, prefixes.get(next), null, 1, new ArrayList<>())
                .thenCompose(found ->
                        found.isEmpty() ? find(report, prefixes, next + 1) : CompletableFuture.completedFuture(found));
    }

    private CompletableFuture<List<S3Object>> list(
            Report report, String prefix, @CheckForNull String token, int page, List<S3Object> found) {
        String bucket = report.exportConfig().s3Destination().bucket();
        String id = id(report);
        if (id.length() < SHORTEST_ID) {
            return CompletableFuture.failedFuture(new IOException("the report has no id of its own"));
        }
        return call(
                        "s3:ListBucket",
                        report,
                        () -> s3().listObjectsV2(list ->
                                list.bucket(bucket).prefix(prefix).continuationToken(token)))
                .thenCompose(answer -> {
                    answer.contents().stream()
                            .filter(object ->
                                    object.key().contains(id) && !object.key().endsWith("/"))
                            .forEach(found::add);
                    if (found.size() > MOST_FILES) {
                        return CompletableFuture.failedFuture(
                                new IOException("there are more than " + MOST_FILES + " of them"));
                    }
                    if (!Boolean.TRUE.equals(answer.isTruncated())) {
                        return CompletableFuture.completedFuture(found);
                    }
                    if (page < MOST_PAGES) {
                        return list(report, prefix, answer.nextContinuationToken(), page + 1, found);
                    }
                    return !found.isEmpty() // whether they are all, the number of their test cases says
                            ? CompletableFuture.completedFuture(found)
                            : CompletableFuture.failedFuture(new IOException("there are more than " + MOST_PAGES
                                    + " pages of objects, among which those of the report, whose id is " + id
                                    + ", were not looked for any further; give its report group a path of its own"));
                });
    }

    private <T> CompletableFuture<T> call(String action, Report report, Supplier<T> call) {
        return session.callWhile(wanted, action, PATIENCE, RetryListener.NONE, call)
                .exceptionally(failure -> {
                    throw AwsCallException.of(action, place(report) + ", the report's files", failure);
                });
    }

    private S3Client s3() {
        return session.client(S3Client.class, S3Client::builder);
    }

    /** Of all files of one report. */
    private final class Copies {

        private final Report report;
        private final String build;
        private final Path folder;
        private final String prefix;
        private int objects;
        private int cases;
        private long bytes;

        Copies(Report report, String build, Path folder, String prefix) {
            this.report = report;
            this.build = build;
            this.folder = folder;
            this.prefix = prefix;
        }

        CompletableFuture<Void> copy(S3Object object) {
            if (object.size() > MOST_BYTES - bytes) {
                return CompletableFuture.failedFuture(
                        new IOException("the files have more than " + (MOST_BYTES >> 20) + " MB"));
            }
            String name = prefix + ++objects + "-";
            return call("s3:GetObject", report, () -> read(object, name)).thenCompose(read -> {
                cases += read.cases;
                bytes += Math.max(object.size(), read.bytes); // what is no file of an archive was fetched as well
                return read.problem == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(new IOException(object.key() + ": " + read.problem));
            });
        }

        private Read read(S3Object object, String name) {
            Path raw = folder.resolve(name + "raw");
            try {
                fetch(object, raw);
            } catch (IOException e) {
                throw SdkClientException.create("The connection broke: " + e.getMessage(), e); // tried again
            }
            try (JUnitXml to = new JUnitXml(folder, name, build, BuildReports.group(report), null)) {
                JUnitFile file = new JUnitFile(to, MOST_BYTES - bytes, MOST_CASES - all - cases);
                file.read(raw);
                Files.delete(raw); // if it cannot be read, it goes with its folder
                return new Read(file.cases(), file.bytes(), null);
            } catch (IOException e) {
                return new Read(0, 0, String.valueOf(e.getMessage()));
            }
        }

        private void fetch(S3Object object, Path raw) throws IOException {
            String bucket = report.exportConfig().s3Destination().bucket();
            try (ResponseInputStream<GetObjectResponse> in = s3().getObject(
                                    get -> get.bucket(bucket).key(object.key()).ifMatch(object.eTag()));
                    OutputStream out = Files.newOutputStream(raw)) {
                in.transferTo(out);
            }
        }
    }

    /** What has come of a file. */
    private record Read(int cases, long bytes, @CheckForNull String problem) {}
}
