package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.logs.LogEvent;
import io.jenkins.plugins.awscicd.localaws.logs.LogSection;
import io.jenkins.plugins.awscicd.localaws.logs.LogStream;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes a build's log as CodeBuild's agent does: the commands' lines as they are, its own framed by {@code [Container]} and the time. */
final class BuildLog {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyy/MM/dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SimulatedTime time;
    private final LogStream stream;

    /** Opens the stream of a build. A build whose log does not go to CloudWatch Logs writes into nowhere. */
    BuildLog(Logs logs, SimulatedTime time, LogLocation location) {
        this.time = time;
        if (location.cloudWatch()) {
            stream = logs.stream(location.group(), location.stream());
        } else {
            stream = location.s3() == null ? null : LogStream.apart(location.stream());
        }
    }

    /** A line of the agent. */
    void container(String text) {
        Instant now = time.now();
        write("[Container] " + STAMP.format(now) + " " + text, now);
    }

    /** A line of a command, without its line end. */
    void line(String text) {
        write(text, time.now());
    }

    void section(LogSection section) {
        if (stream != null) {
            stream.append(section);
        }
    }

    void phaseComplete(PhaseType phase, Status status, Phase.Context context) {
        container("Phase complete: " + phase + " State: " + (status == Status.SUCCEEDED ? "SUCCEEDED" : "FAILED"));
        container("Phase context status code: " + context.statusCode() + " Message: " + context.message());
    }

    /**
     * Puts the whole log into S3, gzipped.
     *
     * @param location bucket and key; {@code null} when it is not wanted there
     */
    void archive(S3 s3, String location) throws IOException {
        int slash = location == null ? -1 : location.indexOf('/');
        if (stream == null || slash < 0 || !s3.exists(location.substring(0, slash))) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            for (LogEvent event : stream.events(0, stream.size(Long.MAX_VALUE))) {
                out.write(event.message());
            }
        }
        s3.put(location.substring(0, slash), location.substring(slash + 1), bytes.toByteArray());
    }

    private void write(String text, Instant now) {
        if (stream != null) {
            stream.append(new LogEvent(now.toEpochMilli(), now.toEpochMilli(), text + "\n"));
        }
    }
}
