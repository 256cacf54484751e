package io.jenkins.plugins.awscicd.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives from outside are unpacked into their directory and nowhere else. */
class ArtifactArchiveTest {

    private static final int FILE = 0100644;
    private static final int LINK = 0120777;

    @TempDir
    private Path temp;

    private Path into() throws IOException {
        return Files.createDirectories(temp.resolve("workspace/source"));
    }

    /** Name, content and mode of each entry. */
    private Path zip(Object... entries) throws IOException {
        Path zip = temp.resolve("artifact.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream stream = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 3) {
                ZipEntry entry = new ZipEntry((String) entries[i]);
                entry.setUnixMode((Integer) entries[i + 2]);
                stream.putNextEntry(entry);
                stream.write(((String) entries[i + 1]).getBytes(StandardCharsets.UTF_8));
                stream.closeEntry();
            }
        }
        return zip;
    }

    private int unpack(Path zip) throws IOException {
        return new ArtifactArchive(into(), 1 << 20).unpack(zip);
    }

    private void refused(Path zip) {
        assertThrows(IOException.class, () -> unpack(zip));
        assertFalse(Files.exists(temp.resolve("evil")));
        assertFalse(Files.exists(temp.resolve("workspace/evil")));
    }

    @Test
    void filesModesAndLinksAreAsTheyWere() throws IOException {
        assertEquals(
                4,
                unpack(zip(
                        "index.html",
                        "tea",
                        FILE,
                        "bin/run",
                        "#!/bin/sh",
                        0100755,
                        "lib/deep/a",
                        "a",
                        FILE,
                        "lib/deep/up",
                        "../../index.html",
                        LINK)));
        assertEquals("tea", Files.readString(into().resolve("lib/deep/up")));
        assertTrue(Files.isExecutable(into().resolve("bin/run")));
        assertFalse(Files.isExecutable(into().resolve("index.html")));
    }

    /** Git runs what a repository's configuration and hooks say, whenever the workspace is checked out again. */
    @Test
    void noRepositoryOfGitIsMadeOrChanged() throws IOException {
        Path directory = into();
        Path hooks = Files.createDirectories(directory.resolve(".git/hooks"));
        assertEquals(
                2,
                unpack(zip(
                        ".git/config",
                        "evil",
                        FILE,
                        ".GIT/hooks/post-checkout",
                        "evil",
                        0100755,
                        ".git. /config",
                        "evil",
                        FILE,
                        "GIT~1/config",
                        "evil",
                        FILE,
                        "lib/.git",
                        "gitdir: ../evil",
                        FILE,
                        "lib/.git/hooks/",
                        "",
                        FILE,
                        "module/.git",
                        "../evil",
                        LINK,
                        ".gitignore",
                        "*.o",
                        FILE,
                        "index.html",
                        "tea",
                        FILE)));
        try (Stream<Path> all = Files.walk(into())) {
            assertEquals(
                    List.of("", ".git", ".git/hooks", ".gitignore", "index.html"),
                    all.map(it -> directory.relativize(it).toString()).sorted().toList());
        }
        Files.createSymbolicLink(into().resolve("link"), hooks);
        assertThrows(IOException.class, () -> unpack(zip("link/post-checkout", "evil", 0100755)));
        assertEquals(0, Objects.requireNonNull(hooks.toFile().list()).length);
    }

    @Test
    void whatIsThereIsReplacedAndNotWrittenThrough() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside"), "keep");
        Files.createSymbolicLink(into().resolve("index.html"), outside);
        unpack(zip("index.html", "tea", FILE));
        assertEquals("keep", Files.readString(outside));
        assertEquals("tea", Files.readString(into().resolve("index.html")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "..\\evil", "C:/evil", "a/../../../evil"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        refused(zip(name, "x", FILE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../../evil",
                "d/../../evil",
                "d/..",
                "../..",
                "..\\x",
                "../source/../../x",
                ".../../evil",
                "./.../../../x"
            })
    void linksThatLeadOutAreRefused(String target) throws IOException {
        refused(zip("link", target, LINK));
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Files.createSymbolicLink(into().resolve("out"), temp);
        refused(zip("out/evil", "x", FILE));
        refused(zip("out/evil", "target", LINK));
        refused(zip("out/evil/", "", 040755));
    }

    /** A step up leads from where a link is, and that is elsewhere if its directory has become a link. */
    @Test
    void noLinkIsMadeThroughAnotherOne() throws IOException {
        Path zip = zip("a/b/p/child", "../../../index.html", LINK, "index.html", "tea", FILE, "a/b/p", "../..", LINK);
        assertThrows(IOException.class, () -> unpack(zip));
        Path other = zip("a/b/p", "../..", LINK, "a/b/p/child", "../../../evil", LINK);
        assertThrows(IOException.class, () -> unpack(other));
        assertFalse(Files.exists(into().resolve("child"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aDirectoryIsInTheWorkspace() throws IOException {
        Path workspace = into();
        assertEquals(workspace.toRealPath().resolve("a/b"), ArtifactArchive.directory(workspace, "directory", "a/b"));
        assertEquals(workspace.toRealPath(), ArtifactArchive.directory(workspace, "directory", "."));
        Files.createSymbolicLink(workspace.resolve("out"), temp);
        for (String outside : List.of("..", "/tmp", "out", "out/evil", "out/evil/deep")) {
            assertThrows(IOException.class, () -> ArtifactArchive.directory(workspace, "directory", outside), outside);
        }
    }

    @Test
    void roomIsLimitedWhateverTheArchiveSays() throws IOException {
        Path bomb = zip("zeros", "0".repeat(2 << 20), FILE);
        assertTrue(Files.size(bomb) < 100_000);
        IOException refused = assertThrows(IOException.class, () -> unpack(bomb));
        assertTrue(refused.getMessage().contains("maxMb"), refused.getMessage());
    }

    @Test
    void otherFilesAreNoArchives() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "tea");
        IOException refused = assertThrows(IOException.class, () -> unpack(text));
        assertTrue(refused.getMessage().contains("no zip archive"), refused.getMessage());
    }
}
