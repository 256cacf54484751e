package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tools.ant.types.selectors.SelectorUtils;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipOutputStream;

/**
 * A directory as a zip file, with executable bits and symbolic links as they are. Runs where the directory is, on an agent, and
 * so uses nothing but the JDK and what Jenkins has on agents.
 */
public final class DirectoryBundle implements Bundle {

    private static final int FILE_MODE = 0100644;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final int LINK_MODE = 0120777;
    private static final int DIRECTORY_MODE = 040755;
    /** More than headers, data descriptor and zip64 fields of an entry take, its name (stored twice) apart. */
    private static final int ENTRY_OVERHEAD = 256;

    private static final long LARGEST_TEXT = 1 << 20;

    private final Path root;
    private final BundleSpec spec;
    private final Path placed;

    /**
     * @param workspace the workspace's root
     * @throws IOException if the directory is not there, or not in the workspace
     */
    public DirectoryBundle(@NonNull Path workspace, @NonNull BundleSpec spec) throws IOException {
        Path base = Files.exists(workspace)
                ? workspace.toRealPath()
                : workspace.toAbsolutePath().normalize();
        String named = spec.directory();
        Path directory = named == null ? base : FileNames.resolve(base, named, spec.argument());
        if (Files.exists(directory)) {
            directory = directory.toRealPath(); // a link could lead anywhere, and would not be walked through
        }
        if (!directory.startsWith(base)) {
            throw new BundleException(spec.argument() + ": '" + spec.directory()
                    + "' is outside the workspace; name a directory inside it");
        }
        if (!Files.isDirectory(directory)) {
            throw new BundleException(spec.argument() + ": '" + (spec.directory() == null ? "." : spec.directory())
                    + "' " + spec.noDirectory(Files.isRegularFile(directory)));
        }
        this.root = directory;
        this.spec = spec;
        String file = spec.placedFile();
        this.placed = file == null ? null : placed(base, file);
    }

    private static Path placed(Path base, String file) throws IOException {
        Path placed = FileNames.resolve(base, file, "appspec");
        if (!placed.startsWith(base)
                || !Files.isRegularFile(placed)
                || !placed.toRealPath().startsWith(base)) {
            throw new BundleException("appspec: '" + file
                    + "' does not exist in the workspace or is not a file; name it relative to the workspace");
        }
        return placed.toRealPath(); // a link would lead elsewhere from where it is placed
    }

    /**
     * A text file as it is going to be in the bundle.
     *
     * @param name its name in the bundle
     * @return null if there is none, or only a link that leads out of the bundle
     * @throws IOException also if it is larger than anybody writes by hand
     */
    @CheckForNull
    public String text(@NonNull String name) throws IOException {
        Path file = entries().get(name);
        if (file == null || !Files.isRegularFile(file)) {
            return null;
        }
        if (!file.equals(placed) && !file.toRealPath().startsWith(root)) {
            return null;
        }
        if (Files.size(file) > LARGEST_TEXT) {
            throw new BundleException(name + " has more than " + megabytes(LARGEST_TEXT) + " MB");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BundleException(name + " is not UTF-8 text");
        }
    }

    /** What is going to be in the bundle. */
    @NonNull
    public Tree tree() throws IOException {
        return new Tree(entries());
    }

    @Override
    @NonNull
    public Manifest scan() throws IOException {
        Map<String, Path> entries = entries();
        long bytes = 0;
        long names = 0;
        int files = 0;
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            names += 2L * entry.getKey().getBytes(StandardCharsets.UTF_8).length + ENTRY_OVERHEAD;
            if (!Files.isDirectory(entry.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                files++;
                bytes += Files.readAttributes(entry.getValue(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .size();
            }
        }
        if (files == 0) {
            throw new BundleException(
                    "includes: nothing in " + root + " matches; check directory, includes and excludes");
        }
        // Deflate can make data that cannot be compressed larger, by well under a thousandth.
        long largest = bytes + bytes / 1000 + names + 1024;
        if (largest > spec.maxBytes()) {
            // Only the archive itself tells, and it is better told before it is sent.
            write(
                    OutputStream.nullOutputStream(),
                    "maxUploadMb: the archive of " + files + " files, which have " + megabytes(bytes)
                            + " MB before they are compressed, has more than the ");
        }
        Sha256 digest = new Sha256();
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            copy(entry.getKey(), entry.getValue(), digest, OutputStream.nullOutputStream());
        }
        return new Manifest(files, bytes, largest, digest.end());
    }

    static long megabytes(long bytes) {
        return (bytes + 1_048_575) / 1_048_576;
    }

    @Override
    @NonNull
    public String write(@NonNull OutputStream out) throws IOException {
        return write(out, "maxUploadMb: the archive is larger than the ");
    }

    private String write(OutputStream out, String tooMuch) throws IOException {
        String advice = megabytes(spec.maxBytes()) + " MB allowed; exclude files, or raise the limit";
        Sha256 digest = new Sha256();
        ZipOutputStream zip = new ZipOutputStream(new LimitedStream(out, spec.maxBytes(), tooMuch + advice));
        zip.setEncoding("UTF-8");
        for (Map.Entry<String, Path> entry : entries().entrySet()) {
            Path path = entry.getValue();
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            ZipEntry item = new ZipEntry(attributes.isDirectory() ? entry.getKey() + "/" : entry.getKey());
            item.setUnixMode(mode(path, attributes));
            item.setTime(attributes.lastModifiedTime().toMillis());
            if (attributes.isRegularFile()) {
                item.setSize(attributes.size()); // else Ant takes no file of 4 GB or more
            }
            zip.putNextEntry(item);
            copy(entry.getKey(), path, digest, zip);
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
        return digest.end();
    }

    /** Copies an entry's content, and takes name, mode and content into the digest. */
    private static void copy(String name, Path path, Sha256 digest, OutputStream out) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // A NUL cannot be part of a name, and so no two trees give the same digest.
        digest.add(name + '\0' + mode(path, attributes) + '\0' + attributes.size() + '\0');
        if (attributes.isSymbolicLink()) {
            byte[] target =
                    Files.readSymbolicLink(path).toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8);
            digest.add(target, target.length);
            out.write(target);
        } else if (!attributes.isDirectory()) {
            byte[] buffer = new byte[65_536];
            try (InputStream in = Files.newInputStream(path)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.add(buffer, read);
                    out.write(buffer, 0, read);
                }
            }
        }
    }

    private static int mode(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return LINK_MODE;
        }
        if (attributes.isDirectory()) {
            return DIRECTORY_MODE;
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        Set<PosixFilePermission> permissions =
                posix == null ? Set.of() : posix.readAttributes().permissions();
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? EXECUTABLE_MODE : FILE_MODE;
    }

    /** Files, links and empty directories by their names in the zip, in order. */
    private Map<String, Path> entries() throws IOException {
        List<String> includes = spec.includes();
        List<String> excludes = spec.excludes();
        boolean withGit = includes.stream().anyMatch(pattern -> pattern.contains(".git/") || pattern.endsWith(".git"));
        Map<String, Path> entries = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                if (dir.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                String name = name(dir);
                if (!withGit && dir.endsWith(".git") || excludesAllBelow(excludes, name)) {
                    return FileVisitResult.SKIP_SUBTREE; // an excluded node_modules is not worth a walk
                }
                if (wanted(name, includes, excludes) && isEmpty(dir)) {
                    FileNames.check(dir, name);
                    entries.put(name, dir);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = name(file);
                boolean git = !withGit && file.endsWith(".git"); // a file in submodules and worktrees
                if (!git && !attributes.isOther() && wanted(name, includes, excludes)) {
                    FileNames.check(file, name);
                    if (attributes.isSymbolicLink()) {
                        FileNames.check(Files.readSymbolicLink(file), "what " + name + " links to");
                    }
                    entries.put(name, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (placed != null) {
            entries.put(spec.placedName(), placed);
        }
        return entries;
    }

    private static boolean excludesAllBelow(List<String> excludes, String directory) {
        return excludes.stream()
                .filter(pattern -> pattern.endsWith("/**"))
                .map(pattern -> pattern.substring(0, pattern.length() - "/**".length()))
                .anyMatch(pattern -> matches(List.of(pattern), directory));
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (var files = Files.list(dir)) {
            return files.findAny().isEmpty();
        }
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static boolean wanted(String name, List<String> includes, List<String> excludes) {
        return matches(includes, name) && !matches(excludes, name);
    }

    private static boolean matches(List<String> patterns, String name) {
        // Ant matches with the separator of the platform.
        String path = name.replace('/', File.separatorChar);
        return patterns.stream()
                .anyMatch(pattern -> SelectorUtils.matchPath(pattern.replace('/', File.separatorChar), path));
    }
}
