package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryBundleTest {

    @TempDir
    Path root;

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String digest() throws IOException {
        return new DirectoryBundle(root, Trees.spec(null, null)).scan().digest();
    }

    private IOException refused(BundleSpec spec) {
        return assertThrows(IOException.class, () -> new DirectoryBundle(root, spec).scan());
    }

    @Test
    void aTextThatIsNoUtf8IsRefusedInWords() throws IOException {
        Trees.write(root, "appspec.yml", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        IOException why = assertThrows(
                BundleException.class, () -> new DirectoryBundle(root, Trees.spec(null, null)).text("appspec.yml"));
        assertEquals("appspec.yml is not UTF-8 text", why.getMessage());
    }

    @Test
    void allFilesAreInTheBundleAsTheyAre() throws IOException {
        byte[] binary = Trees.noise(1, 300_000);
        Trees.write(root, "a.txt", "A\r\n");
        Trees.write(root, "deep/er/b.bin", binary);
        Trees.write(root, "empty.txt", "");
        Trees.write(root, "naïve ☃/spaced name.txt", "snow");
        Trees.write(root, ".hidden/.file", "h");
        Files.createDirectories(root.resolve("void/inner"));

        TreeMap<String, byte[]> entries = Trees.unzip(Trees.zip(root, Trees.spec(null, null)));
        assertEquals(
                Set.of(
                        "a.txt",
                        "deep/er/b.bin",
                        "empty.txt",
                        "naïve ☃/spaced name.txt",
                        ".hidden/.file",
                        "void/inner/"),
                entries.keySet());
        assertEquals("A\r\n", text(entries.get("a.txt")));
        assertArrayEquals(binary, entries.get("deep/er/b.bin"));
        assertEquals(0, entries.get("empty.txt").length);
        assertEquals("snow", text(entries.get("naïve ☃/spaced name.txt")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void executableBitsAndLinksAreKept(@TempDir Path out) throws IOException {
        assertTrue(Trees.write(root, "bin/run", "#!/bin/sh\n").toFile().setExecutable(true));
        Trees.write(root, "plain.txt", "p");
        Files.createSymbolicLink(root.resolve("link"), Path.of("bin/run"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("bin"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("../nowhere"));

        Path zip = Files.write(out.resolve("bundle.zip"), Trees.zip(root, Trees.spec(null, null)));
        Map<String, Integer> modes = new TreeMap<>();
        Map<String, String> contents = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entries = file.getEntries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                modes.put(entry.getName(), entry.getUnixMode());
                contents.put(entry.getName(), text(file.getInputStream(entry).readAllBytes()));
            }
        }
        assertEquals(
                Map.of(
                        "bin/run",
                        0100755,
                        "plain.txt",
                        0100644,
                        "link",
                        0120777,
                        "folder",
                        0120777,
                        "dangling",
                        0120777),
                modes);
        assertEquals("bin/run", contents.get("link"));
        assertEquals("bin", contents.get("folder"));
        assertEquals("../nowhere", contents.get("dangling"));
    }

    @Test
    void gitsOwnFilesAreLeftOutUnlessTheyAreNamed() throws IOException {
        Trees.write(root, ".git/HEAD", "ref");
        Trees.write(root, "module/.git", "gitdir: ../.git/modules/module");
        Trees.write(root, ".gitignore", "target");
        Trees.write(root, ".github/workflows/ci.yml", "on: push");
        Trees.write(root, "a.txt", "A");
        assertEquals(Set.of(".gitignore", ".github/workflows/ci.yml", "a.txt"), Trees.names(root, null, null));
        assertEquals(Set.of(".git/HEAD", "a.txt"), Trees.names(root, ".git/**, a.txt", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | - | a.js b.txt lib/c.js lib/deep/d.js node_modules/x/e.js",
                "**/*.js | - | a.js lib/c.js lib/deep/d.js node_modules/x/e.js",
                "*.js | - | a.js",
                "lib/ | - | lib/c.js lib/deep/d.js",
                "lib/*, b.txt | - | b.txt lib/c.js",
                "lib\\deep\\*.js | - | lib/deep/d.js",
                "- | node_modules/ | a.js b.txt lib/c.js lib/deep/d.js",
                "- | **/node_modules/** | a.js b.txt lib/c.js lib/deep/d.js",
                "- | **/deep/**, *.txt | a.js lib/c.js node_modules/x/e.js",
                "**/*.js | lib/** | a.js node_modules/x/e.js",
                "?.js | - | a.js"
            })
    void includesAndExcludesAreAntsPatterns(String includes, String excludes, String expected) throws IOException {
        for (String name : List.of("a.js", "b.txt", "lib/c.js", "lib/deep/d.js", "node_modules/x/e.js")) {
            Trees.write(root, name, name);
        }
        assertEquals(new TreeSet<>(List.of(expected.split(" "))), Trees.names(root, includes, excludes));
    }

    /** What a pattern means, said another way: as a regular expression. */
    private static Pattern meaning(String pattern) {
        StringBuilder regex = new StringBuilder();
        String[] parts = pattern.split("/");
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("**")) {
                // Any number of folders; at the end also whatever is in them. "a/**" takes "a" as well.
                regex.append(last ? ".*" : "(?:[^/]+/)*");
            } else {
                regex.append(parts[i].replace(".", "\\.").replace("*", "[^/]*").replace("?", "[^/]"));
                boolean onlyStarsFollow = i == parts.length - 2 && parts[i + 1].equals("**");
                if (onlyStarsFollow) {
                    regex.append("(?:/.*)?");
                    break;
                }
                regex.append(last ? "" : "/");
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Test
    void anyPatternsMeanWhatTheySay() throws IOException {
        Random random = new Random(42);
        List<String> folders = List.of("", "a/", "b/", "a/b/", "a/b/a/", "ab/");
        List<String> names = new ArrayList<>();
        for (String folder : folders) {
            for (String file : List.of("x.js", "y.ts", "ab.js")) {
                names.add(folder + file);
                Trees.write(root, folder + file, folder + file);
            }
        }
        List<String> parts = List.of("**", "*", "a", "b", "?", "a*", "ab");
        List<String> files = List.of("**", "*", "*.js", "x.*", "?.ts", "ab.js", "a*");
        int nothing = 0;
        for (int round = 0; round < 300; round++) {
            String includes = pattern(random, parts, files);
            String excludes = random.nextBoolean() ? pattern(random, parts, files) : null;
            Set<String> expected = names.stream()
                    .filter(name -> meaning(includes).matcher(name).matches())
                    .filter(name ->
                            excludes == null || !meaning(excludes).matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> actual = Trees.names(root, includes, excludes);
            assertEquals(expected, actual, "includes " + includes + ", excludes " + excludes);
            nothing += expected.isEmpty() ? 1 : 0;
        }
        assertTrue(nothing < 200, "Most patterns matched nothing, which shows nothing");
    }

    private static String pattern(Random random, List<String> parts, List<String> files) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            pattern.append(parts.get(random.nextInt(parts.size()))).append('/');
        }
        return pattern.append(files.get(random.nextInt(files.size()))).toString();
    }

    @Test
    void equalTreesHaveEqualDigestsWheneverAndWhereverTheyLie(@TempDir Path other) throws IOException {
        for (Path tree : List.of(root, other)) {
            Trees.write(tree, "b/c.txt", "C");
            Trees.write(tree, "a.txt", "A");
        }
        Files.setLastModifiedTime(other.resolve("a.txt"), FileTime.from(Instant.EPOCH));
        assertEquals(
                digest(),
                new DirectoryBundle(other, Trees.spec(null, null)).scan().digest());
    }

    @Test
    void anyDifferenceIsAnotherDigest() throws IOException {
        Set<String> digests = new TreeSet<>();
        Trees.write(root, "a.txt", "A");
        Trees.write(root, "b.txt", "");
        digests.add(digest());
        Trees.write(root, "a.txt", "a");
        digests.add(digest());
        Trees.write(root, "a.txt", "");
        Trees.write(root, "b.txt", "a"); // the same content, elsewhere
        digests.add(digest());
        Files.move(root.resolve("b.txt"), root.resolve("c.txt"));
        digests.add(digest());
        Files.createDirectory(root.resolve("empty"));
        digests.add(digest());
        assertTrue(root.resolve("c.txt").toFile().setExecutable(true));
        digests.add(digest());
        assertEquals(6, digests.size());
    }

    @Test
    void whatIsWrittenIsWhatWasScanned() throws IOException {
        Trees.write(root, "a.txt", "A");
        DirectoryBundle bundle = new DirectoryBundle(root, Trees.spec(null, null));
        Manifest manifest = bundle.scan();
        assertEquals(manifest.digest(), bundle.write(OutputStream.nullOutputStream()));
        Trees.write(root, "a.txt", "B");
        assertNotEquals(manifest.digest(), bundle.write(OutputStream.nullOutputStream()));
    }

    @Test
    void noZipIsLargerThanForetold() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            Trees.write(
                    root,
                    "d" + i % 7 + "/ü" + "n".repeat(random.nextInt(100)) + i,
                    Trees.noise(i, random.nextInt(20_000)));
            Files.createDirectories(root.resolve("empty" + i));
        }
        Manifest manifest = new DirectoryBundle(root, Trees.spec(null, null)).scan();
        int actual = Trees.zip(root, Trees.spec(null, null)).length;
        assertEquals(200, manifest.files());
        assertTrue(actual <= manifest.largestZip(), actual + " bytes, and " + manifest.largestZip() + " foretold");
    }

    /** AWS limits the bundle, not what is in it. */
    @Test
    void theArchiveCountsAsItIsSent() throws IOException {
        Trees.write(root, "a.log", new byte[30 << 20]);
        BundleSpec spec = new BundleSpec(null, null, null, 2 << 20);
        assertEquals(30 << 20, new DirectoryBundle(root, spec).scan().bytes());
        assertTrue(Trees.zip(root, spec).length < 1 << 20);
        Trees.write(root, "b.bin", Trees.noise(1, 3 << 20));
        assertEquals(
                "maxUploadMb: the archive of 2 files, which have 33 MB before they are compressed, has more than the 2 MB allowed; exclude files, or raise the limit",
                refused(spec).getMessage());
        assertEquals(
                "maxUploadMb: the archive is larger than the 2 MB allowed; exclude files, or raise the limit",
                assertThrows(IOException.class, () -> Trees.zip(root, spec)).getMessage());
    }

    /** As an agent with an ASCII locale has it with all letters beyond ASCII: here with bytes that are no UTF-8 either. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void namesThatBecomeOneInTheLocaleFailTheUpload() throws Exception {
        Process made = new ProcessBuilder(
                        "bash", "-c", "printf 1 >$'\\xe9.txt'; printf 2 >$'\\xe8.txt'; printf 3 >fine.txt")
                .directory(root.toFile())
                .start();
        assertEquals(0, made.waitFor());
        for (BundleSpec spec : List.of(Trees.spec(null, null), Trees.spec("*.txt", null))) {
            String message = refused(spec).getMessage();
            assertTrue(
                    message.matches(
                            "directory: the name of '.\\.txt' cannot be represented in this agent's locale \\(\\S+\\); start the"
                                    + " agent with a UTF-8 locale, such as LC_ALL=C.UTF-8, or leave it out with excludes"),
                    message);
        }
        assertEquals(Set.of("fine.txt"), Trees.names(root, "fine.txt", null));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatALinkNamesHasToSurviveTheLocaleToo() throws Exception {
        Process made = new ProcessBuilder("bash", "-c", "ln -s $'\\xe9' link")
                .directory(root.toFile())
                .start();
        assertEquals(0, made.waitFor());
        String message = refused(Trees.spec(null, null)).getMessage();
        assertTrue(message.startsWith("directory: the name of 'what link links to' cannot be represented"), message);
    }

    @Test
    void whatIsNoDirectoryIsToldWithWhatIsMeant() throws IOException {
        Trees.write(root, "a.tar.gz", "A");
        assertEquals(
                "bundle: 'a.tar.gz' is a file, but not a .zip, .war or .jar; use one of these, or name a directory to pack",
                refused(new BundleSpec("a.tar.gz", null, null, 10).named("bundle"))
                        .getMessage());
        assertEquals(
                "directory: 'a.tar.gz' is a file; name its directory, and select the file with includes",
                refused(new BundleSpec("a.tar.gz", null, null, 10)).getMessage());
        assertEquals(
                "bundle: 'workspace' does not exist in the workspace; use bundle: '.' for the whole workspace",
                refused(new BundleSpec("workspace", null, null, 10).named("bundle"))
                        .getMessage());
    }

    @Test
    void nothingToBundleIsSaid() {
        assertTrue(refused(Trees.spec("*.none", null)).getMessage().startsWith("includes: nothing in "));
    }

    @ParameterizedTest
    @CsvSource({"..", "../other", "a/../../other", "/"})
    void aDirectoryOutsideOfTheWorkspaceIsRefused(String directory) {
        String message = refused(new BundleSpec(directory, null, null, 1)).getMessage();
        assertTrue(message.startsWith("directory: '" + directory + "' is outside the workspace"), message);
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() {
        assertEquals(
                "directory: 'dist' does not exist in the workspace; check out or build before this step",
                refused(new BundleSpec("dist", null, null, 1)).getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkThatLeadsOutOfTheWorkspaceIsOutside(@TempDir Path secrets) throws IOException {
        Trees.write(secrets, "key.pem", "secret");
        Files.createSymbolicLink(root.resolve("app"), secrets);
        assertTrue(refused(new BundleSpec("app", null, null, 1000)).getMessage().contains("is outside the workspace"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aWorkspaceOrDirectoryBehindALinkIsBundled(@TempDir Path elsewhere) throws IOException {
        Trees.write(root, "dist/a.txt", "A");
        Files.createSymbolicLink(root.resolve("latest"), Path.of("dist"));
        assertEquals(
                Set.of("a.txt"),
                Trees.unzip(Trees.zip(root, new BundleSpec("latest", null, null, 1000)))
                        .keySet());
        Path workspace = Files.createSymbolicLink(elsewhere.resolve("workspace"), root);
        assertEquals(
                Set.of("a.txt"),
                Trees.unzip(Trees.zip(workspace, new BundleSpec("dist", null, null, 1000)))
                        .keySet());
        assertEquals(
                Set.of("dist/a.txt", "latest"),
                Trees.unzip(Trees.zip(workspace, Trees.spec(null, null))).keySet());
    }

    private static BundleSpec placing(String directory, String includes, String file) {
        return new BundleSpec(directory, includes, null, 1000).placing(file, "appspec.yml");
    }

    @Test
    void oneFileCanTakeThePlaceOfAnother() throws IOException {
        Trees.write(root, "appspec.yml", "usual");
        Trees.write(root, "deploy/prod.yml", "for prod");
        Trees.write(root, "dist/a.txt", "A");
        TreeMap<String, byte[]> entries = Trees.unzip(Trees.zip(root, placing(null, null, "deploy/prod.yml")));
        assertEquals(Set.of("appspec.yml", "deploy/prod.yml", "dist/a.txt"), entries.keySet());
        assertEquals("for prod", text(entries.get("appspec.yml")));

        entries = Trees.unzip(Trees.zip(root, placing("dist", "*.txt", "deploy/prod.yml")));
        assertEquals(
                Set.of("a.txt", "appspec.yml"), entries.keySet(), "named relative to the workspace, and not matched");
    }

    @Test
    void aFileThatIsPlacedCountsAsAnyOther() throws IOException {
        Trees.write(root, "a.txt", "A");
        Trees.write(root, "deploy/prod.yml", "for prod");
        DirectoryBundle bundle = new DirectoryBundle(root, placing(null, "*.txt", "deploy/prod.yml"));
        Manifest manifest = bundle.scan();
        assertEquals(2, manifest.files());
        assertEquals("Afor prod".length(), manifest.bytes());
        assertEquals(manifest.digest(), bundle.write(OutputStream.nullOutputStream()));
        assertEquals("for prod", bundle.text("appspec.yml"));
        Trees.write(root, "deploy/prod.yml", "For prod");
        assertNotEquals(manifest.digest(), bundle.scan().digest());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ofALinkInTheWorkspaceTheFileIsPlaced() throws IOException {
        Trees.write(root, "deploy/prod-2.yml", "for prod");
        Files.createSymbolicLink(root.resolve("deploy/prod.yml"), Path.of("prod-2.yml"));
        TreeMap<String, byte[]> entries = Trees.unzip(Trees.zip(root, placing(null, null, "deploy/prod.yml")));
        assertEquals("for prod", text(entries.get("appspec.yml")));
    }

    @ParameterizedTest
    @CsvSource({"deploy/none.yml", "deploy", "../prod.yml", "/etc/hostname"})
    void aFileThatIsNoneOfTheWorkspaceIsNotPlaced(String file) throws IOException {
        Trees.write(root, "deploy/prod.yml", "for prod");
        assertEquals(
                "appspec: '" + file
                        + "' does not exist in the workspace or is not a file; name it relative to the workspace",
                refused(placing(null, null, file)).getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToElsewhereIsNotPlaced(@TempDir Path secrets) throws IOException {
        Trees.write(secrets, "key.pem", "secret");
        Files.createSymbolicLink(root.resolve("prod.yml"), secrets.resolve("key.pem"));
        assertTrue(refused(placing(null, null, "prod.yml"))
                .getMessage()
                .startsWith("appspec: 'prod.yml' does not exist in"));
    }

    @Test
    void textsAreReadAsTheyAreInTheBundle() throws IOException {
        Trees.write(root, "dist/a.txt", "naïve");
        Trees.write(root, "dist/large.txt", new byte[(1 << 20) + 1]);
        DirectoryBundle bundle = new DirectoryBundle(root, new BundleSpec("dist", null, "*.none", 10 << 20));
        assertEquals("naïve", bundle.text("a.txt"));
        assertNull(bundle.text("b.txt"));
        assertNull(bundle.text("dist/a.txt"));
        assertEquals(
                "large.txt has more than 1 MB",
                assertThrows(IOException.class, () -> bundle.text("large.txt")).getMessage());
        assertNull(new DirectoryBundle(root, new BundleSpec("dist", null, "a.*", 10)).text("a.txt"), "it is left out");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aTextBehindALinkIsReadNowhereElse(@TempDir Path secrets) throws IOException {
        Trees.write(secrets, "key.pem", "secret");
        Files.createSymbolicLink(root.resolve("appspec.yml"), secrets.resolve("key.pem"));
        assertNull(new DirectoryBundle(root, Trees.spec(null, null)).text("appspec.yml"));
    }

    @Test
    void whatIsAbsentIsNeitherFileNorFolderOfTheBundle() throws IOException {
        Trees.write(root, "app/lib/a.jar", "A");
        Trees.write(root, "app/b.map", "B");
        DirectoryBundle bundle = new DirectoryBundle(root, Trees.spec(null, "*.map, **/*.map"));
        List<String> absent = new ArrayList<>();
        for (String name : List.of("app", "app/lib", "app/lib/a.jar", "app/b.map", "ap", "lib")) {
            if (bundle.tree().at(name).kind() == Tree.Kind.ABSENT) {
                absent.add(name);
            }
        }
        assertEquals(List.of("app/b.map", "ap", "lib"), absent);
    }
}
