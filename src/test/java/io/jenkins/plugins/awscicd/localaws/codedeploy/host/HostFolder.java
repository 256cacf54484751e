package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * An instance that is a folder: an absolute path of the instance is a path below it. What the agent keeps is where the real one keeps
 * it, in {@code /opt/codedeploy-agent/deployment-root}.
 */
record HostFolder(Path root) {

    /** A port of this machine on which what is deployed here may listen, always the same, as an instance would have all of its own. */
    int port() throws IOException {
        Path kept =
                Files.createDirectories(root.resolve("opt/codedeploy-agent")).resolve("local-port");
        if (Files.exists(kept)) {
            return Integer.parseInt(Files.readString(kept).strip());
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(kept, free.getLocalPort() + "\n");
            return free.getLocalPort();
        }
    }

    /** Where a path of the instance is on this machine. */
    Path at(String path) throws HostException {
        // A drive of Windows is a folder here.
        String plain = path.replaceFirst("^([A-Za-z]):", "$1").replaceFirst("^/+", "");
        Path found = root.resolve(plain).normalize();
        if (!found.startsWith(root)) {
            throw new HostException("The path leads out of the instance: " + path);
        }
        return found;
    }

    /** Where a link of an archive leads: an absolute one begins at the instance's root. */
    String linked(Path link, String target) throws IOException {
        String here = target.startsWith("/") ? root + target : target;
        if (!link.getParent().resolve(here).normalize().startsWith(root)) {
            throw new IOException("A symbolic link leads out of the instance: " + link.getFileName());
        }
        return here;
    }

    private Path deployments() {
        return root.resolve("opt/codedeploy-agent/deployment-root");
    }

    /** What belongs to one deployment. */
    Path deployment(String groupId, String deploymentId) {
        return deployments().resolve(groupId).resolve(deploymentId);
    }

    /** The unpacked revision of a deployment. */
    static Path archive(Path deployment) {
        return deployment.resolve("deployment-archive");
    }

    private Path instructions(String groupId, String name) throws IOException {
        return Files.createDirectories(deployments().resolve("deployment-instructions"))
                .resolve(groupId + "-" + name);
    }

    /** The deployment whose files and scripts are the group's current ones here; {@code null} when there is none. */
    Path lastSuccessful(String groupId) throws IOException {
        List<String> lines = read(instructions(groupId, "last-successful-install"));
        return lines.isEmpty() ? null : Path.of(lines.get(0));
    }

    void lastSuccessful(String groupId, Path deployment) throws IOException {
        Files.writeString(instructions(groupId, "last-successful-install"), deployment + "\n");
    }

    /** What the last installation has put here, and the next one therefore takes away first. */
    List<Path> installed(String groupId) throws IOException {
        return read(instructions(groupId, "cleanup")).stream().map(Path::of).toList();
    }

    void installed(String groupId, List<Path> files) throws IOException {
        Files.write(
                instructions(groupId, "cleanup"),
                files.stream().map(Path::toString).toList());
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
