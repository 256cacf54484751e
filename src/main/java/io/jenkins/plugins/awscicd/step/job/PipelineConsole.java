package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.log.OutputStreamTaskListener;

/** A step's console. Our own lines carry the service's name, so that they stand out from the job's log. */
public final class PipelineConsole extends JobConsole {

    private static final Logger LOGGER = Logger.getLogger(PipelineConsole.class.getName());

    private final TaskListener listener;
    private final String prefix;
    /** What the next line begins with, once. */
    private final AtomicReference<String> opening = new AtomicReference<>("");

    public PipelineConsole(TaskListener listener, String service) {
        this.listener = listener;
        this.prefix = "[" + service + "] ";
    }

    /** The first line is to name the stage. */
    void open(@NonNull String stage) {
        opening.set("Stage " + stage + ": ");
    }

    @Override
    protected void printLine(String text) {
        printRaw(List.of(prefix + opening.getAndSet("") + text));
    }

    /** The bare address is the link's text: views that know no console notes make a link of it all the same. */
    @Override
    protected void printLink(String text, String url) {
        printLine(text + ": " + (url.startsWith("https://") ? HyperlinkNote.encodeTo(url, url) : url));
    }

    /**
     * Prints a line that ends with a link into Jenkins.
     *
     * @param path within Jenkins, from its root
     */
    public void linkHere(String text, String path, String label) {
        printLine(text + " " + HyperlinkNote.encodeTo(path, label));
    }

    /** In one write: each write to a build's log is synchronized, and can start a new section of it. Pipeline's logs are in UTF-8. */
    @Override
    protected void printRaw(List<String> parts) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (String part : parts) {
            page.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            if (!part.endsWith("\n")) {
                page.write('\n');
            }
        }
        try {
            out().write(page.toByteArray());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot write to the log of a run", e);
        }
    }

    @Override
    public void flush() {
        try {
            out().flush();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot write to the log of a run", e);
        }
    }

    /** Not the logger: it would keep buffers of 24 KB for each step that runs. */
    private OutputStream out() {
        return listener == TaskListener.NULL
                ? OutputStream.nullOutputStream()
                : OutputStreamTaskListener.getOutputStream(listener);
    }
}
