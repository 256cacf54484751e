package io.jenkins.plugins.awscicd.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.awscicd.engine.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes a request and then says nothing. */
class SilentServerTest {

    @TempDir
    private Path directory;

    @Test
    void countsAsBrokenAfterTheLongestSilence() {
        try (Relay relay = new Relay(null, (request, onward) -> null)) {
            SignedRequest from = new SignedRequest(relay.address() + "/web.zip", Map.of());
            ArtifactTransfer transfer = new ArtifactTransfer(Duration.ofMillis(1), Duration.ofMillis(200));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(15),
                    () -> assertThrows(
                            IOException.class, () -> transfer.get("web", from, directory.resolve("web.zip"), 1 << 20)));
        }
    }
}
