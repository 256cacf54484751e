package io.jenkins.plugins.awscicd.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The figures: each is printed when it is known, for whoever waits, and all of them are written as one Markdown file. */
public final class Report {

    /** Lets bin/bench tell the bench's lines from all that Maven and Jenkins print. */
    private static final String MARK = "bench| ";

    private final PrintStream out;
    private final StringBuilder markdown = new StringBuilder();
    private final Instant begin = Instant.now();

    public Report(PrintStream out) {
        this.out = out;
    }

    /** Says what is being done. */
    public void progress(String text) {
        Duration since = Duration.between(begin, Instant.now());
        print(String.format(Locale.ROOT, "%2d:%02d  %s", since.toMinutes(), since.toSecondsPart(), text));
    }

    public void heading(String text) {
        line("");
        line("## " + text);
        line("");
    }

    public void text(String text) {
        line(text);
    }

    public void header(String... cells) {
        row(cells);
        line("|" + "---|".repeat(cells.length));
    }

    public void row(String... cells) {
        line("| " + String.join(" | ", List.of(cells)) + " |");
    }

    private void line(String line) {
        markdown.append(line).append('\n');
        print(line);
    }

    private void print(String line) {
        out.println(MARK + line);
        out.flush();
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown.toString().stripLeading());
        progress("Written to " + file);
    }
}
