package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that hooks have left running on instances, such as the deployed app. They are found by the process group of the hook's
 * script, as their parent has gone; one that has made a group of its own, as daemons do, is not found.
 */
final class HostProcesses {

    private static final long PATIENCE_SECONDS = 3;

    private final Set<ProcessHandle> left = new LinkedHashSet<>();

    /** Remembers what is alive in a group whose leader has just ended. */
    void leftBy(long group) throws IOException, InterruptedException {
        List<ProcessHandle> members = members(group);
        synchronized (this) {
            left.removeIf(process -> !process.isAlive());
            left.addAll(members);
        }
    }

    /** The processes of a group. */
    static List<ProcessHandle> members(long group) throws IOException, InterruptedException {
        List<ProcessHandle> members = new ArrayList<>();
        for (long pid : Files.isReadable(Path.of("/proc/self/stat")) ? fromProc(group) : fromPs(group)) {
            ProcessHandle.of(pid).ifPresent(members::add);
        }
        return members;
    }

    private static List<Long> fromProc(long group) throws IOException {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
                    // pid (name) state parent group; the name may have anything in it.
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    if (Long.parseLong(fields[2]) == group) {
                        pids.add(Long.parseLong(process.getFileName().toString()));
                    }
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return pids;
    }

    private static List<Long> fromPs(long group) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-A", "-o", "pid=,pgid=")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ps.waitFor();
        return output.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length == 2 && Long.parseLong(fields[1]) == group)
                .map(fields -> Long.parseLong(fields[0]))
                .toList();
    }

    /** Ends them all: politely, then by force. */
    void end() throws InterruptedException {
        List<ProcessHandle> all;
        synchronized (this) {
            all = left.stream()
                    .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                    .filter(ProcessHandle::isAlive)
                    .toList();
            left.clear();
        }
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
