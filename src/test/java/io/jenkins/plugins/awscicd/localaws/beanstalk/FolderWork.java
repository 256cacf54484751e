package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Instances that are folders, in which versions are really unpacked and their web process started. */
final class FolderWork implements InstanceWork {

    private static final Logger LOGGER = Logger.getLogger(FolderWork.class.getName());

    private final Path directory;
    private final S3 s3;
    private final Timeline timeline;
    private final Supplier<Map<String, String>> variables;
    private final Deque<Integer> ports;
    private final Map<String, FolderInstance> folders = new ConcurrentHashMap<>();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    /** Changes whenever what was begun before is broken off; guarded by the timeline. */
    private int generation;

    /**
     * @param directory in which every instance has its folder
     * @param variables of the application, as they are set now
     * @param ports of the first instances; later ones get any free port
     */
    FolderWork(
            Path directory,
            S3 s3,
            Timeline timeline,
            Supplier<Map<String, String>> variables,
            Collection<Integer> ports) {
        this.directory = directory;
        this.s3 = s3;
        this.timeline = timeline;
        this.variables = variables;
        this.ports = new ArrayDeque<>(ports);
    }

    Path folder(Instance instance) {
        try {
            return Files.createDirectories(directory.resolve(instance.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FolderInstance at(Instance instance) {
        return folders.computeIfAbsent(instance.id(), id -> new FolderInstance(folder(instance), nextPort(), s3));
    }

    private int nextPort() {
        Integer given = ports.poll();
        if (given != null) {
            return given;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beginDeployment(Version version) {
        // The bundle says all.
    }

    @Override
    public void deploy(Command command, Consumer<CommandResult> over) {
        FolderInstance folder = at(command.instance());
        Map<String, String> settings = variables.get();
        int begun = generation;
        run(() -> {
            CommandResult result = folder.deploy(command.version(), settings);
            timeline.run(() -> {
                if (begun == generation) {
                    over.accept(result);
                }
            });
        });
    }

    /** What takes its time, and may be interrupted. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void run(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        LOGGER.log(Level.WARNING, "An instance failed", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        working.remove(Thread.currentThread());
                    }
                },
                "local-aws-beanstalk-instance");
        thread.setDaemon(true);
        working.add(thread);
        thread.start();
    }

    @Override
    public void breakOff() {
        generation++;
        working.forEach(Thread::interrupt);
    }

    @Override
    public void restart() {
        folders.values().forEach(folder -> run(folder::restart));
    }

    @Override
    public Health health(Instance instance, String versionLabel) {
        return at(instance).health();
    }

    @Override
    public String log(Instance instance) {
        return at(instance).tail();
    }

    @Override
    public String address(Instance instance) {
        return "127.0.0.1:" + at(instance).port();
    }

    @Override
    public void terminate(Instance instance) {
        FolderInstance gone = folders.remove(instance.id());
        if (gone != null) {
            run(gone::delete);
        }
    }

    /** Waits for whatever is under way. The timeline must not be held. */
    @Override
    public void close() {
        try {
            for (Thread thread : working) {
                thread.join();
            }
            for (FolderInstance folder : folders.values()) {
                folder.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
