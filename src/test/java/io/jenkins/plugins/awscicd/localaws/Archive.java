package io.jenkins.plugins.awscicd.localaws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarInputStream;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipFile;
import org.apache.tools.zip.ZipOutputStream;

/** Archives with the permission bits and symbolic links that the JDK's own ZIP classes do not know. */
public final class Archive {

    private static final int OWNER_EXECUTES = 0100;
    private static final int FILE_TYPE = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;

    private Archive() {}

    /** What becomes of the symbolic links of an archive. */
    @FunctionalInterface
    public interface Links {
        /**
         * Where a link is to lead on this machine.
         *
         * @param target as the archive has it
         */
        String target(Path link, String target) throws IOException;
    }

    /** Unpacks below a directory. An entry or a link that leads out of it is an error. */
    public static void unpack(Path zip, Path directory) throws IOException {
        unpack(zip, directory, within(directory));
    }

    private static Links within(Path directory) {
        return (link, target) -> {
            if (!link.getParent().resolve(target).normalize().startsWith(directory)) {
                throw new IOException(
                        "A symbolic link of the archive leads out of its directory: " + link.getFileName());
            }
            return target;
        };
    }

    /** Unpacks below a directory. An entry that leads out of it is an error. */
    public static void unpack(Path zip, Path directory, Links links) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8.name())) {
            for (ZipEntry entry : Collections.list(file.getEntries())) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("The archive leads out of its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    if ((entry.getUnixMode() & FILE_TYPE) == SYMBOLIC_LINK) {
                        link(target, new String(in.readAllBytes(), StandardCharsets.UTF_8), links);
                    } else {
                        Files.copy(in, target);
                        executable(target, (entry.getUnixMode() & OWNER_EXECUTES) != 0);
                    }
                }
            }
        }
    }

    /** Unpacks a tar file, compressed by gzip or not, below a directory. An entry that leads out of it is an error. */
    public static void unpackTar(Path tar, boolean gzip, Path directory, Links links) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(tar));
                TarInputStream archive =
                        new TarInputStream(gzip ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.name())) {
            for (TarEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("The archive leads out of its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    link(target, entry.getLinkName(), links);
                } else {
                    Files.copy(archive, target);
                    executable(target, (entry.getMode() & OWNER_EXECUTES) != 0);
                }
            }
        }
    }

    private static void link(Path link, String target, Links links) throws IOException {
        Files.createSymbolicLink(link, Path.of(links.target(link, target)));
    }

    private static void executable(Path file, boolean executable) throws IOException {
        if (executable) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    /** The regular files of a directory, by their names within it. */
    public static Map<String, Path> files(Path directory) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file ->
                            files.put(directory.relativize(file).toString().replace('\\', '/'), file));
        }
        return files;
    }

    /** @param files by their names in the archive */
    public static void pack(Map<String, Path> files, Path zip) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream archive = new ZipOutputStream(out)) {
            archive.setEncoding(StandardCharsets.UTF_8.name());
            for (Map.Entry<String, Path> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(Files.getLastModifiedTime(file.getValue()).toMillis());
                entry.setUnixMode(Files.isExecutable(file.getValue()) ? 0100755 : 0100644);
                archive.putNextEntry(entry);
                Files.copy(file.getValue(), archive);
                archive.closeEntry();
            }
        }
    }

    /** A zip of texts, by their paths. */
    public static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
