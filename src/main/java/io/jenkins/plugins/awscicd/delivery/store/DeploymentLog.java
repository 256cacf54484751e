package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The deployments on disk: a file of lines that is only ever added to, until it holds far more lines than deployments and is written
 * anew. A crash can tear the last line, which is passed over then. Not for several threads at once.
 */
final class DeploymentLog {

    private static final Logger LOGGER = Logger.getLogger(DeploymentLog.class.getName());

    /** A file below so many lines is never written anew. */
    static final int FEW = 1_000;

    private final Path file;
    /** The file as it is going to be: written first, then moved over. */
    private final Path next;
    /** How many lines the file has. */
    private int lines;
    /** Whether the file ends with half a line. */
    private boolean torn;
    /** Whether everything in it is known, so that it may be written anew. */
    private boolean known;

    DeploymentLog(@NonNull Path file) {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".next");
    }

    /** Tells all lines, from the first to the last. */
    void read(@NonNull Consumer<DeploymentLine> reader) {
        lines = 0;
        torn = false;
        known = true;
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), utf8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                tell(line, reader);
            }
            torn = endsTorn();
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, "No deployments yet", e);
        } catch (IOException e) {
            known = false; // what cannot be read now may be read some day
            LOGGER.log(Level.WARNING, e, () -> "Cannot read " + file);
        }
    }

    private void tell(String line, Consumer<DeploymentLine> reader) {
        if (line.isBlank()) {
            return;
        }
        try {
            reader.accept(DeploymentLine.parse(line));
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "Passed over line " + lines + " of " + file);
        }
    }

    private boolean endsTorn() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return false;
            }
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    /** Adds lines at the end, at once: a crash loses all of them, or what comes after a certain one. */
    void append(@NonNull List<DeploymentLine> more) throws IOException {
        StringBuilder text = new StringBuilder(torn ? "\n" : "");
        more.forEach(line -> text.append(line.toJson()).append('\n'));
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        torn = true; // if this fails half way
        Files.write(
                file,
                text.toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        torn = false;
        lines += more.size();
    }

    /** Whether the file has far more lines than there are deployments. */
    boolean isWordy(int deployments) {
        return known && lines > Math.max(FEW, 3 * deployments);
    }

    /** Writes the file anew, with a line for each of these. */
    void rewrite(@NonNull Collection<Deployment> all) throws IOException {
        List<Deployment> kept = new ArrayList<>(all);
        try (BufferedWriter writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            for (Deployment deployment : kept) {
                writer.write(new DeploymentLine.Told(deployment).toJson());
                writer.write('\n');
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = kept.size();
        torn = false;
    }
}
