package io.jenkins.plugins.awscicd.localaws.codebuild;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Follows a file to which commands write, line by line. A file, not a pipe: a process that a command leaves in the background keeps a
 * pipe open for ever.
 */
final class OutputTail {

    /** CloudWatch Logs takes events of 256 KB, 26 bytes of them its own. */
    private static final int LONGEST_LINE = 256 * 1024 - 27;

    private final Path file;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;

    OutputTail(Path file, Consumer<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Passes on the whole lines that have been added since. */
    void follow() throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == position) {
                return;
            }
            in.seek(position);
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                position += count;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n' || line.size() >= LONGEST_LINE) {
                        pass();
                    }
                    if (buffer[i] != '\n') {
                        line.write(buffer[i]);
                    }
                }
            }
        }
    }

    /** Passes on everything, also a last line without end. */
    void end() throws IOException {
        follow();
        if (line.size() > 0) {
            pass();
        }
    }

    private void pass() {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }
}
