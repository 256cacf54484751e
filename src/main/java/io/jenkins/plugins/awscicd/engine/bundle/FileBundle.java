package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is sent as it is, such as {@code target/web.war}. */
final class FileBundle implements Bundle {

    private final Path file;
    private final String name;
    private final long maxBytes;
    private final String argument;

    /**
     * @param name relative to the workspace
     * @param argument that names it
     * @throws IOException if it is not there, or not in the workspace
     */
    FileBundle(@NonNull Path workspace, @NonNull String name, long maxBytes, @NonNull String argument)
            throws IOException {
        Path base = Files.exists(workspace)
                ? workspace.toRealPath()
                : workspace.toAbsolutePath().normalize();
        Path wanted = FileNames.resolve(base, name, argument);
        if (!Files.isRegularFile(wanted) || !wanted.toRealPath().startsWith(base)) {
            throw new BundleException(
                    argument + ": '" + name + "' does not exist in the workspace; check out or build before this step");
        }
        this.file = wanted.toRealPath();
        this.name = name;
        this.maxBytes = maxBytes;
        this.argument = argument;
    }

    @Override
    public Manifest scan() throws IOException {
        long bytes = Files.size(file);
        if (bytes > maxBytes) {
            throw new BundleException(argument + ": '" + name + "' has " + DirectoryBundle.megabytes(bytes)
                    + " MB, more than the " + DirectoryBundle.megabytes(maxBytes) + " MB allowed");
        }
        return new Manifest(1, bytes, Math.max(bytes, 1), copy(OutputStream.nullOutputStream()));
    }

    @Override
    public String write(@NonNull OutputStream out) throws IOException {
        String digest = copy(out);
        out.flush();
        return digest;
    }

    private String copy(OutputStream out) throws IOException {
        Sha256 digest = new Sha256();
        byte[] buffer = new byte[65_536];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.add(buffer, read);
                out.write(buffer, 0, read);
            }
        }
        return digest.end();
    }
}
