package io.jenkins.plugins.awscicd.engine.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code bin/bench artifact}: fetches an artifact of some GB over connections that break, in a process whose heap is small. S3 is in the same
 * process.
 */
public final class BigArtifact {

    private static final long SIZE = 2L << 30;

    private BigArtifact() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Path.of(args[0]), "artifact");
        long began = System.nanoTime();
        try (BrokenServer server = new BrokenServer(SIZE, 300 << 20, false)) {
            FileToFetch file = new FileToFetch("web.zip", SIZE, BrokenServer.TAG, null, null, false, server.address());
            Fetch fetch = new Fetch(new ArtifactTransfer(Duration.ZERO, Duration.ofMinutes(1)));
            fetch.run(directory, new FetchPlan("", new ArrayList<>(List.of(file)), SIZE, 0));
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes in %d connections and %.1f s; the heap may have %d MB%n",
                    Files.size(directory.resolve("web.zip")),
                    server.ranges().size(),
                    (System.nanoTime() - began) / 1e9,
                    Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            Files.deleteIfExists(directory.resolve("web.zip"));
            Files.delete(directory);
        }
    }
}
