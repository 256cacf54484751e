package io.jenkins.plugins.awscicd.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files come whole over connections that are not, and only where they may. */
@Timeout(60)
class FetchTest {

    private static final int SIZE = 1_000_000;

    @TempDir
    private Path temp;

    private final Fetch fetch = new Fetch(new ArtifactTransfer(Duration.ZERO, Duration.ofSeconds(3)));

    private Path workspace() throws IOException {
        return Files.createDirectories(temp.resolve("workspace"));
    }

    private static FileToFetch file(BrokenServer server, String path, long size) {
        return new FileToFetch(path, size, BrokenServer.TAG, null, null, false, server.address());
    }

    private Fetched run(String directory, FileToFetch file) throws IOException, InterruptedException {
        return fetch.run(workspace(), new FetchPlan(directory, List.of(file), SIZE, 0));
    }

    private static void assertWhole(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(SIZE, bytes.length);
        for (int i = 0; i < SIZE; i++) {
            if (bytes[i] != BrokenServer.at(i)) {
                throw new AssertionError("Differs at " + i);
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.filter(Files::isRegularFile)
                    .map(it -> temp.relativize(it).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 150_000, false)) {
            Fetched fetched = run("dist", file(server, "web.zip", SIZE));
            assertEquals(List.of("dist/web.zip"), fetched.paths());
            assertWhole(workspace().resolve("dist/web.zip"));
            assertTrue(server.ranges().size() >= 7, "More breaks than attempts without progress");
            assertEquals("null", server.ranges().get(0));
            assertFalse(server.ranges().subList(1, server.ranges().size()).contains("null"));
            assertEquals(List.of("workspace/dist/web.zip"), files());
        }
    }

    @Test
    void aSilentConnectionIsBroken() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 600_000, true)) {
            run("dist", file(server, "web.zip", SIZE));
            assertWhole(workspace().resolve("dist/web.zip"));
        }
    }

    @Test
    void anotherObjectInItsPlaceIsNotMixedWithIt() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 150_000, false)) {
            server.replaceAfterFirst();
            ArtifactException changed =
                    assertThrows(ArtifactException.class, () -> run("dist", file(server, "web.zip", SIZE)));
            assertEquals("'web.zip': S3 has something else in its place by now", changed.getMessage());
            assertFalse(Files.exists(workspace().resolve("dist/web.zip")));
        }
    }

    @Test
    void whatHasAnotherChecksumIsNotKept() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 0, false)) {
            FileToFetch file = new FileToFetch("web.zip", SIZE, BrokenServer.TAG, "00", null, false, server.address());
            assertThrows(ArtifactException.class, () -> run("dist", file));
            assertEquals(List.of(), files());
        }
    }

    @Test
    void aFileThatWasThereIsThereUntilTheNewOneIsWhole() throws Exception {
        Path there = Files.createDirectories(workspace().resolve("dist")).resolve("web.zip");
        Files.writeString(there, "old");
        try (BrokenServer server = new BrokenServer(SIZE, 0, false)) {
            assertThrows(IOException.class, () -> run("dist", file(server, "web.zip", SIZE - 1)));
            assertEquals("old", Files.readString(there));
            run("dist", file(server, "web.zip", SIZE));
            assertWhole(there);
        }
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 0, false)) {
            for (String name : List.of("../evil", "a/../../evil", "/tmp/evil", "C:evil", "a\\evil", "", "a/..")) {
                assertThrows(ArtifactException.class, () -> run("dist", file(server, name, SIZE)), name);
            }
            assertThrows(IOException.class, () -> run("../dist", file(server, "evil", SIZE)));
            assertThrows(IOException.class, () -> run("/dist", file(server, "evil", SIZE)));
            assertEquals(List.of(), server.ranges());
            assertEquals(List.of(), files());
        }
    }

    @Test
    void whatBelongsToGitIsLeftOut() throws Exception {
        try (BrokenServer server = new BrokenServer(SIZE, 0, false)) {
            for (String name : List.of(".git/config", "lib/.git/hooks/post-checkout", ".GIT/config", ".git")) {
                Fetched fetched = run("dist", file(server, name, SIZE));
                assertEquals(1, fetched.done(), name);
                assertEquals(List.of(), fetched.paths(), name);
            }
            assertEquals(List.of(), server.ranges());
            assertEquals(List.of(), files());
        }
    }

    @Test
    void whatAnAgentSaysOfItsFilesIsChecked() throws Exception {
        FileToFetch file = new FileToFetch("a", 1, "t", null, null, false, new SignedRequest("https://a", Map.of()));
        FetchPlan plan = new FetchPlan("dist", List.of(file, file), SIZE, 5);
        ArrayList<String> good = new ArrayList<>(List.of("dist/a"));
        assertEquals(good, new Fetched(2, good, 7, null).checked(plan).paths());
        assertEquals(good, new Fetched(1, good, 6, "ended").checked(plan).paths());
        assertEquals(
                0, new Fetched(0, new ArrayList<>(), 5, "ended").checked(plan).done());
        for (int done : List.of(-1, 0, 1, 3)) {
            assertThrows(ArtifactException.class, () -> new Fetched(done, good, 7, null).checked(plan), "" + done);
        }
        assertThrows(ArtifactException.class, () -> new Fetched(-1, good, 7, "ended").checked(plan));
        assertThrows(ArtifactException.class, () -> new Fetched(2, null, 7, null).checked(plan));
        assertThrows(ArtifactException.class, () -> new Fetched(2, good, 4, null).checked(plan));
        for (String path : List.of("../a", "/etc/passwd", "a/../../b", "C:/a", "a\\b", "")) {
            ArrayList<String> bad = new ArrayList<>(List.of(path));
            assertThrows(ArtifactException.class, () -> new Fetched(2, bad, 7, null).checked(plan), path);
        }
        ArrayList<String> none = new ArrayList<>();
        none.add(null);
        assertThrows(ArtifactException.class, () -> new Fetched(2, none, 7, null).checked(plan));
        ArrayList<String> many = new ArrayList<>(Collections.nCopies(3, "dist/a"));
        assertThrows(ArtifactException.class, () -> new Fetched(2, many, 7, null).checked(plan));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nothingIsWrittenThroughLinks() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("secret"), "secret");
        Path dist = Files.createDirectories(workspace().resolve("dist"));
        Files.createSymbolicLink(dist.resolve("out"), outside);
        Files.createSymbolicLink(dist.resolve("web.zip"), secret);
        Files.createSymbolicLink(workspace().resolve("link"), outside);
        try (BrokenServer server = new BrokenServer(SIZE, 0, false)) {
            assertThrows(IOException.class, () -> run("dist", file(server, "out/evil", SIZE)));
            assertThrows(IOException.class, () -> run("link", file(server, "evil", SIZE)));
            run("dist", file(server, "web.zip", SIZE));
            assertWhole(dist.resolve("web.zip"));
            assertFalse(Files.isSymbolicLink(dist.resolve("web.zip")));
        }
        assertEquals("secret", Files.readString(secret));
        assertEquals(List.of("outside/secret", "workspace/dist/web.zip"), files());
    }
}
