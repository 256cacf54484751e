package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The web process of an instance, with its children. */
final class WebProcess {

    private static final int CONNECT_MILLIS = 200;
    private static final long PATIENCE_SECONDS = 3;

    private final Process process;
    private final int port;

    private WebProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param log to which its output is added */
    static WebProcess start(String command, Path directory, int port, Map<String, String> variables, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the application may see of this machine is in its settings; the host's own may be secret.
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(variables);
        builder.environment().put("PORT", Integer.toString(port));
        return new WebProcess(builder.start(), port);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether something takes connections at its port. */
    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits in real time until it answers, has ended, or there has been time enough. */
    void await(long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline && !process.waitFor(20, TimeUnit.MILLISECONDS)) {
            if (answers()) {
                return;
            }
        }
    }

    /** Ends it: politely, then by force. */
    void end() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
