package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A directory out of which nothing gets that comes from outside: neither by its name nor through a link, of its own or of the workspace's. Nor
 * does any of it get into a repository of git, whose configuration and hooks would be run when the workspace is checked out again.
 */
final class WithinDirectory {

    private static final Pattern GIT = Pattern.compile("(?i)(?:\\.git|git~\\d+)[. ]*(?::.*)?", Pattern.DOTALL);

    private final Path root;

    /** @param directory made if it is not there */
    WithinDirectory(@NonNull Path directory) throws IOException {
        root = Files.createDirectories(directory).toRealPath();
    }

    @NonNull
    Path root() {
        return root;
    }

    /**
     * A file by its name, which is relative, with slashes.
     *
     * @throws ArtifactException if it would be outside
     */
    @NonNull
    Path path(@NonNull String name) throws ArtifactException {
        Path path = isBelow(name) ? root.resolve(name).normalize() : null;
        if (path == null || !path.startsWith(root)) {
            throw new ArtifactException("'" + name + "' would be put outside of its directory");
        }
        return path;
    }

    /** Whether a name leads nowhere but down. */
    static boolean isBelow(@NonNull String name) {
        boolean bad = name.isEmpty() || isForeign(name);
        for (String part : name.split("/")) {
            bad |= part.equals("..");
        }
        return !bad;
    }

    /** Whether git would take a name for its own, on some system: NTFS ignores what it ends with, and has short names. */
    static boolean isGits(@NonNull String name) {
        for (String part : name.split("[/\\\\]")) {
            if (GIT.matcher(part).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name is absolute on some system, or none. */
    static boolean isForeign(@NonNull String name) {
        return name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.matches("(?s)[A-Za-z]:.*");
    }

    /** Makes the directories above a file, and fails if a link leads out of ours. */
    @NonNull
    Path within(@NonNull Path file) throws IOException {
        Path parent = file.equals(root) ? root : above(file);
        Path existing = parent;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = above(existing);
        }
        Path real = existing.toRealPath();
        if (!real.startsWith(root)) {
            throw new ArtifactException(
                    "'" + root.relativize(file) + "' would be put outside of its directory, through a link");
        }
        if (isGits(root.relativize(real).toString())) {
            throw new ArtifactException(
                    "'" + root.relativize(file) + "' would be put into a repository of git, through a link");
        }
        Files.createDirectories(parent);
        return file;
    }

    @NonNull
    static Path above(@NonNull Path belowRoot) {
        return Objects.requireNonNull(belowRoot.getParent(), "all of it is below a directory");
    }
}
