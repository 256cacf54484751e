package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactTransfer;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.DirectoryBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An output artifact on its way from a workspace, on the agent. */
public final class ArtifactPackage {

    /** S3 takes no more with one request. */
    private static final long MOST = 5L << 30;

    private ArtifactPackage() {}

    /**
     * Sends a directory, packed as a zip archive, or a zip archive as it is.
     *
     * @param path relative to the workspace; empty for the workspace itself
     * @return the archive's bytes
     */
    public static long send(
            @NonNull Path workspace, @NonNull String name, @NonNull String path, @NonNull SignedRequest to)
            throws IOException, InterruptedException {
        Path base = workspace.toRealPath();
        Path file = base.resolve(path).normalize();
        if (Files.isRegularFile(file)) {
            if (!file.toRealPath().startsWith(base)) {
                throw new IOException("path: '" + path + "' is outside the workspace");
            }
            return put(name, file, to);
        }
        DirectoryBundle bundle =
                new DirectoryBundle(base, new BundleSpec(path.isEmpty() ? null : path, null, null, MOST).named("path"));
        bundle.scan(); // fails where there is nothing to pack
        Path archive = Files.createTempFile("codepipeline", ".zip");
        try {
            try (OutputStream out = Files.newOutputStream(archive)) {
                bundle.write(out);
            }
            return put(name, archive, to);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static long put(String name, Path archive, SignedRequest to) throws IOException, InterruptedException {
        long bytes = Files.size(archive);
        if (bytes > MOST) {
            throw new IOException("Output artifact '" + name + "' has more than " + (MOST >> 30) + " GB");
        }
        new ArtifactTransfer().put(name, archive, to);
        return bytes;
    }
}
