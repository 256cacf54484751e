package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.S3Place;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** The log of a build that has none in CloudWatch Logs: one in S3, where it is only when the build has ended, or none at all. */
final class S3Log {

    private static final String ACTION = "s3:GetObject";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of text: a log that is longer is better read where it is. */
    private static final int MOST = 8 << 20;

    private final AwsSession session;
    private final JobConsole console;
    private final LogMode mode;
    private final BooleanSupplier wanted;

    /** @param wanted whether somebody still waits for it */
    S3Log(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull LogMode mode,
            @NonNull BooleanSupplier wanted) {
        this.session = session;
        this.console = console;
        this.mode = mode;
        this.wanted = wanted;
    }

    /** @return done when it is printed, or cannot be; never fails */
    @NonNull
    CompletableFuture<Void> print(@NonNull BuildSnapshot last) {
        S3Place place = S3Place.of(last.s3Log());
        boolean silent = mode == LogMode.NONE || mode == LogMode.FAILED && !last.failed();
        if (last.isInCloudWatch() || silent || !wanted.getAsBoolean()) {
            return CompletableFuture.completedFuture(null);
        }
        if (place == null) {
            console.line("The build has no log, neither in CloudWatch Logs nor in S3");
            return CompletableFuture.completedFuture(null);
        }
        if (mode == LogMode.LINK) {
            console.line("Log: " + place);
            return CompletableFuture.completedFuture(null);
        }
        return session.callWhile(wanted, ACTION, PATIENCE, RetryListener.NONE, () -> read(place))
                .handle((text, failure) -> {
                    if (!wanted.getAsBoolean()) {
                        return null;
                    }
                    if (failure == null) {
                        console.raw(lines(text));
                        console.line("The log is in S3 alone: " + place);
                    } else {
                        console.line("The log could not be read: "
                                + AwsCallException.of(ACTION, place.toString(), failure)
                                        .getMessage());
                    }
                    return null;
                });
    }

    private String read(S3Place place) {
        S3Client s3 = session.client(S3Client.class, S3Client::builder);
        try (InputStream object = new BufferedInputStream(
                s3.getObject(get -> get.bucket(place.bucket()).key(place.key())))) {
            object.mark(2);
            boolean packed = object.read() == 0x1f && object.read() == 0x8b;
            object.reset();
            byte[] text;
            try (InputStream plain = packed ? new GZIPInputStream(object) : object) {
                text = plain.readNBytes(MOST + 1);
            }
            String all = new String(text, 0, Math.min(text.length, MOST), StandardCharsets.UTF_8);
            return text.length > MOST ? all + "\n… the rest of the log is in S3 alone\n" : all;
        } catch (ZipException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw SdkClientException.create("The connection broke: " + e.getMessage(), e); // tried again
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(line -> line + "\n").toList();
    }
}
