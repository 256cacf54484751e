package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a delivery tells, line by line, secrets masked. The delivery's thread and the engine's both write to it. */
public final class Console {

    private static final String MASK = "****";

    private final PrintStream out;
    private Consumer<String> listener = line -> {};
    private final Set<String> reported = new HashSet<>();
    /** The longest first: a secret that is part of another must not spoil the other's masking. */
    private final SortedSet<String> secrets =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    public Console(PrintStream out) {
        this.out = out;
    }

    /** Has each line told to somebody besides, secrets masked. */
    public synchronized void listener(Consumer<String> to) {
        listener = to;
    }

    /** Prints a line. */
    public synchronized void line(String text) {
        String masked = masked(text);
        out.println(masked);
        masked.lines().forEach(listener);
        out.flush();
    }

    /** Prints lines as one piece, each as it is but for a missing line end. */
    public synchronized void lines(List<String> parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            all.append(masked(part));
            if (!part.endsWith("\n")) {
                all.append('\n');
            }
        }
        out.print(all);
        all.toString().lines().forEach(listener);
        out.flush();
    }

    /** Says how a rehearsal differs from the real thing, once. */
    public synchronized void note(String text) {
        if (reported.add(text)) {
            line("[Rehearsal] " + text);
        }
    }

    /** Hides these words in all that is printed from now on: what went wrong with them is told again at the very end. */
    public synchronized void mask(Collection<String> words) {
        // What is printed comes in lines, and so must a secret that has several.
        words.stream().flatMap(String::lines).filter(line -> !line.isBlank()).forEach(secrets::add);
    }

    /** The text with secrets hidden. */
    public synchronized String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
