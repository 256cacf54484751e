package io.jenkins.plugins.awscicd.engine.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Directories made and bundles opened, for tests. */
final class Trees {

    private Trees() {}

    static Path write(Path root, String name, String content) throws IOException {
        return write(root, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path root, String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** Bytes that cannot be compressed. */
    static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static BundleSpec spec(String includes, String excludes) {
        return new BundleSpec(null, includes, excludes, Long.MAX_VALUE);
    }

    static byte[] zip(Path root, BundleSpec spec) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DirectoryBundle(root, spec).write(out);
        return out.toByteArray();
    }

    /** A bundle's entries as the JDK sees them, folders with a slash behind their names. */
    static TreeMap<String, byte[]> unzip(byte[] zip) throws IOException {
        TreeMap<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    static Set<String> names(Path root, String includes, String excludes) throws IOException {
        return new TreeSet<>(unzip(zip(root, spec(includes, excludes))).keySet());
    }
}
