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
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A file of lines that is only ever added to, until it holds far more lines than there is to tell and is written anew. A crash can tear
 * the last line, which is passed over then. Not for several threads at once.
 */
public final class LineFile {

    private static final Logger LOGGER = Logger.getLogger(LineFile.class.getName());

    /** A file below so many lines is not wordy. */
    static final int FEW = 1_000;

    private final Supplier<Path> place;
    /** How many lines the file has. */
    private int lines;
    /** Whether the file may end with half a line. */
    private boolean torn;
    /** Whether everything in it is known, so that it may be written anew. */
    private boolean known;

    /** @param place where the file is at this moment, in a folder that somebody else makes */
    public LineFile(@NonNull Supplier<Path> place) {
        this.place = place;
    }

    /**
     * Tells all lines, from the first to the last.
     *
     * @param reader throws an {@link IllegalArgumentException} for a line that is to be passed over
     * @return whether there is such a file
     */
    public boolean read(@NonNull Consumer<String> reader) {
        Path file = place.get();
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
                report(file, line, reader);
            }
            torn = endsTorn(file);
            return true;
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "No " + file + " yet");
            return false;
        } catch (IOException e) {
            known = false; // what cannot be read now may be read some day
            torn = true;
            LOGGER.log(Level.WARNING, e, () -> "Cannot read " + file);
            return true;
        }
    }

    private void report(Path file, String line, Consumer<String> reader) {
        if (line.isBlank()) {
            return;
        }
        try {
            reader.accept(line);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "Passed over line " + lines + " of " + file);
        }
    }

    private static boolean endsTorn(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return false;
            }
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    /**
     * Adds lines at the end, at once: a crash loses all of them, or what comes after a certain one.
     *
     * @throws NoSuchFileException if there is no such folder
     */
    public void append(@NonNull List<String> more) throws IOException {
        StringBuilder text = new StringBuilder(torn ? "\n" : "");
        more.forEach(line -> text.append(line).append('\n'));
        torn = true; // if this fails half way
        Files.write(
                place.get(),
                text.toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        torn = false;
        lines += more.size();
    }

    /** Whether the file has far more lines than are needed. */
    public boolean isWordy(int needed) {
        return hasMoreThan(Math.max(FEW, 3 * needed));
    }

    /** Whether the file has more lines than are needed, and may be written anew. */
    public boolean hasMoreThan(int needed) {
        return known && lines > needed;
    }

    /** Writes the file anew, with these lines alone. */
    public void rewrite(@NonNull Collection<String> all) throws IOException {
        Path file = place.get();
        Path next = file.resolveSibling(file.getFileName() + ".next"); // written first, then moved over
        try (BufferedWriter writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            for (String line : all) {
                writer.write(line);
                writer.write('\n');
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = all.size();
        torn = false;
    }
}
