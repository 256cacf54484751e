package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipFile;

/**
 * An artifact's zip archive, unpacked on the agent. It is content from outside: nothing of it gets out of its directory, neither by its
 * name nor through a link, of the archive's or of the workspace's, and it takes no more room than it may. What belongs to git is left out.
 */
public final class ArtifactArchive {

    private static final int LINK = 0120000;
    private static final int KIND = 0170000;
    private static final int EXECUTABLE = 0111;
    static final int MOST_ENTRIES = 500_000;
    private static final int LONGEST_LINK = 4096;

    private final WithinDirectory within;
    private final Path root;
    private final long most;
    private long written;
    private int made;
    private final List<Path> files = new ArrayList<>();

    /**
     * @param directory into which it is unpacked; made if it is not there
     * @param most bytes that all files may have together
     */
    public ArtifactArchive(@NonNull Path directory, long most) throws IOException {
        this(directory, most, 0);
    }

    /** @param before bytes that others have already of what all may have together */
    ArtifactArchive(@NonNull Path directory, long most, long before) throws IOException {
        within = new WithinDirectory(directory);
        root = within.root();
        this.most = most;
        written = before;
    }

    /**
     * A directory of a workspace, by its real name; it need not be there.
     *
     * @param argument what it was given as
     * @param directory relative to the workspace
     * @throws ArtifactException if it is outside, also through a link, or can be none
     */
    @NonNull
    public static Path directory(@NonNull Path workspace, @NonNull String argument, @NonNull String directory)
            throws IOException {
        Path base = workspace.toRealPath();
        Path into = base.resolve(directory).normalize();
        if (!into.startsWith(base)) {
            throw new ArtifactException(argument + ": '" + directory + "' is outside the workspace");
        }
        Path existing = into;
        while (!Files.exists(existing)) { // what is made below a link is where that leads
            existing = WithinDirectory.above(existing);
        }
        if (!existing.toRealPath().startsWith(base)) {
            throw new ArtifactException(argument + ": '" + directory + "' leads out of the workspace");
        }
        if (!Files.isDirectory(existing)) {
            throw new ArtifactException(argument + ": '" + directory + "' is no directory");
        }
        return into;
    }

    /**
     * Unpacks an archive.
     *
     * @return how many files and links there were
     * @throws IOException saying what is wrong with it
     */
    public int unpack(@NonNull Path archive) throws IOException {
        Map<Path, String> links = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile(), "UTF-8")) {
            int entries = 0;
            for (ZipEntry entry : Collections.list(zip.getEntries())) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("The archive has more than " + MOST_ENTRIES + " entries");
                }
                unpack(zip, entry, links);
            }
        } catch (ZipException e) {
            throw new IOException("It is no zip archive: " + e.getMessage(), e);
        }
        for (Map.Entry<Path, String> link : links.entrySet()) { // last, so that nothing is written through them
            Files.deleteIfExists(below(link.getKey()));
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
            made++;
        }
        return made;
    }

    /** Bytes that its files have, and those that others had before. */
    long written() {
        return written;
    }

    /** The files that were in it, without its links. */
    @NonNull
    List<Path> unpacked() {
        return List.copyOf(files);
    }

    private void unpack(ZipFile zip, ZipEntry entry, Map<Path, String> links) throws IOException {
        Path file = within.path(entry.getName());
        if (WithinDirectory.isGits(entry.getName())) {
            return;
        }
        if (entry.isDirectory()) {
            within.within(file);
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(file);
                Files.createDirectory(file);
            }
            return;
        }
        int mode = entry.getUnixMode();
        try (InputStream in = zip.getInputStream(entry)) {
            if ((mode & KIND) == LINK) {
                links.put(file, target(entry.getName(), file, in));
                return;
            }
            within.within(file);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("'" + entry.getName() + "' is a directory already");
            }
            Files.deleteIfExists(file);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                copy(in, out);
            }
        }
        files.add(file);
        made++;
        if ((mode & EXECUTABLE) != 0) {
            makeExecutable(file);
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            written += read;
            if (written > most) {
                throw new IOException("Unpacked, there is more than the " + (most >> 20) + " MB allowed; raise maxMb");
            }
            out.write(buffer, 0, read);
        }
    }

    /**
     * Where a link leads to. As its own directory is no link, steps up at its beginning lead where they seem to; others could lead
     * through another link, and out of here.
     */
    private String target(String name, Path link, InputStream in) throws IOException {
        byte[] text = in.readNBytes(LONGEST_LINK + 1);
        String target = new String(text, StandardCharsets.UTF_8);
        boolean bad = text.length > LONGEST_LINK
                || target.isEmpty()
                || WithinDirectory.isForeign(target)
                || stepsUpLater(target);
        if (bad || !WithinDirectory.above(link).resolve(target).normalize().startsWith(root)) {
            throw new IOException("The link '" + name + "' leads out of its directory");
        }
        below(link);
        return target;
    }

    /** Whether it leads down, and up again from there. */
    private static boolean stepsUpLater(String target) {
        boolean down = false;
        for (String part : target.split("/")) {
            if (part.equals("..") && down) {
                return true;
            }
            down |= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        return false;
    }

    /** A link whose own directory is none, as it may have become since. */
    private Path below(Path link) throws IOException {
        Path parent = WithinDirectory.above(within.within(link));
        if (!parent.toRealPath().equals(parent)) {
            throw new IOException("The link '" + root.relativize(link) + "' is below another link");
        }
        return link;
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);
    }
}
