package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are archives already. */
class FileBundleTest {

    @TempDir
    private Path outside;

    @TempDir
    private Path workspace;

    private Bundle bundle(String name, long maxBytes) throws IOException {
        return Bundle.of(workspace, BundleSpec.archive(name, maxBytes));
    }

    @Test
    void anArchiveIsSentAsItIs() throws IOException {
        byte[] content = Trees.noise(1, 100_000);
        Trees.write(workspace, "target/web.war", content);
        Manifest manifest = bundle("target/web.war", 1 << 20).scan();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String digest = bundle("target/web.war", 1 << 20).write(out);

        assertArrayEquals(content, out.toByteArray());
        assertEquals(manifest.digest(), digest);
        assertEquals(100_000, manifest.bytes());
        assertEquals(".war", BundleSpec.archive("target/web.war", 1).suffix());
        Trees.write(workspace, "target/web.war", Trees.noise(2, 100_000));
        assertNotEquals(digest, bundle("target/web.war", 1 << 20).scan().digest());
    }

    @Test
    void whatIsMissingTooLargeOrElsewhereIsRefused() throws IOException {
        Trees.write(workspace, "web.war", Trees.noise(1, 3 << 20));
        assertEquals(
                "bundle: 'web.war' has 3 MB, more than the 2 MB allowed",
                assertThrows(
                                BundleException.class,
                                () -> bundle("web.war", 2 << 20).scan())
                        .getMessage());
        Path secret = Trees.write(outside, "secret.zip", "secret");
        Files.createSymbolicLink(workspace.resolve("link.zip"), secret);
        for (String name : new String[] {"none.zip", "../secret.zip", secret.toString(), "link.zip"}) {
            String message =
                    assertThrows(BundleException.class, () -> bundle(name, 10)).getMessage();
            assertTrue(message.startsWith("bundle: '" + name + "' does not exist in the workspace"), message);
        }
        Path nowhere = workspace.resolve("not/made/yet");
        assertThrows(BundleException.class, () -> Bundle.of(nowhere, BundleSpec.archive("web.war", 10)));
    }
}
