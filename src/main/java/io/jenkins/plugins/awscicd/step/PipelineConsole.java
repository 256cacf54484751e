package io.jenkins.plugins.awscicd.step;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A step's console. Our own lines carry the service's name, so that they stand out from the job's log. */
final class PipelineConsole implements JobConsole {

    private final TaskListener listener;
    private final String prefix;

    PipelineConsole(TaskListener listener, String service) {
        this.listener = listener;
        this.prefix = "[" + service + "] ";
    }

    @Override
    public void line(String text) {
        listener.getLogger().println(prefix + text);
    }

    /** The bare address is the link's text: views that know no console notes make a link of it all the same. */
    @Override
    public void link(String text, String url) {
        String address = url.startsWith("https://") ? HyperlinkNote.encodeTo(url, url) : url;
        listener.getLogger().println(prefix + text + ": " + address);
    }

    /** In one write: each write to a build's log is synchronized, and can start a new section of it. Pipeline's logs are in UTF-8. */
    @Override
    public void raw(List<String> parts) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            page.writeBytes(bytes);
            if (!part.endsWith("\n")) {
                page.write('\n');
            }
        }
        PrintStream logger = listener.getLogger();
        logger.write(page.toByteArray(), 0, page.size());
    }

    @Override
    public void flush() {
        listener.getLogger().flush();
    }
}
