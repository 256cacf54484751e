package io.jenkins.plugins.awscicd.rehearsal.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a person types. A thread of its own reads it, since reading from a terminal cannot be interrupted. */
public final class Answers {

    private final InputStream in;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean reading;

    public Answers(InputStream in) {
        this.in = in;
    }

    /** The next line; empty if there is nobody to type one. */
    public Optional<String> next() throws InterruptedException {
        if (!reading) {
            reading = true;
            Thread reader = new Thread(this::read, "Answers");
            reader.setDaemon(true);
            reader.start();
        }
        Optional<String> line = lines.take();
        if (line.isEmpty()) {
            lines.add(line); // the end stays the end
        }
        return line;
    }

    private void read() {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // as if nobody was there
        }
        lines.add(Optional.empty());
    }
}
