package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What of a directory goes into a bundle. Sent to the agent.
 */
public final class BundleSpec implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String includes;
    private final String excludes;
    private final long maxBytes;
    private final String placedName;
    private final String placedFile;
    private final String archive;
    private final String argument;

    /**
     * @param directory relative to the workspace; null for the workspace itself
     * @param includes Ant patterns, separated by commas; null for everything
     * @param excludes Ant patterns, separated by commas; {@code .git} folders are left out unless an include names them
     * @param maxBytes how much the files may have together
     */
    public BundleSpec(
            @CheckForNull String directory,
            @CheckForNull String includes,
            @CheckForNull String excludes,
            long maxBytes) {
        this(directory, includes, excludes, maxBytes, null, null, null, "directory");
    }

    private BundleSpec(
            @CheckForNull String directory,
            @CheckForNull String includes,
            @CheckForNull String excludes,
            long maxBytes,
            @CheckForNull String placedName,
            @CheckForNull String placedFile,
            @CheckForNull String archive,
            @NonNull String argument) {
        this.directory = directory;
        this.includes = includes;
        this.excludes = excludes;
        this.maxBytes = maxBytes;
        this.placedName = placedName;
        this.placedFile = placedFile;
        this.archive = archive;
        this.argument = argument;
    }

    /**
     * A file that is sent as it is, such as an archive.
     *
     * @param file relative to the workspace
     * @param maxBytes how much it may have
     */
    @NonNull
    public static BundleSpec archive(@NonNull String file, long maxBytes) {
        return new BundleSpec(null, null, null, maxBytes, null, null, file, "bundle");
    }

    /**
     * The same with one file under another name, instead of the one that has that name otherwise.
     *
     * @param file relative to the workspace, also if the bundle is made of a directory below
     */
    @NonNull
    public BundleSpec placing(@NonNull String file, @NonNull String name) {
        return new BundleSpec(directory, includes, excludes, maxBytes, name, file, null, argument);
    }

    /** The same for a step that names the directory or the file with another argument than {@code directory} or {@code bundle}. */
    @NonNull
    public BundleSpec named(@NonNull String byArgument) {
        return new BundleSpec(directory, includes, excludes, maxBytes, placedName, placedFile, archive, byArgument);
    }

    /** The argument that names the directory or the file. */
    @NonNull
    String argument() {
        return argument;
    }

    /**
     * What to say of the directory if it is none.
     *
     * @param file whether it is a file
     */
    @NonNull
    String noDirectory(boolean file) {
        if (file) {
            return argument.equals("directory")
                    ? "is a file; name its directory, and select the file with includes"
                    : "is a file, but not a .zip, .war or .jar; use one of these, or name a directory to pack";
        }
        return "does not exist in the workspace; "
                + ("workspace".equals(directory)
                        ? "use " + argument + ": '.' for the whole workspace"
                        : "check out or build before this step");
    }

    /** The file that is an archive already; null if one is to be made. */
    @CheckForNull
    String archive() {
        return archive;
    }

    /** What the archive's name ends with. */
    @NonNull
    String suffix() {
        if (archive == null) {
            return ".zip";
        }
        int dot = archive.lastIndexOf('.');
        return dot < archive.lastIndexOf('/') || dot < 0 ? "" : archive.substring(dot);
    }

    @CheckForNull
    String placedName() {
        return placedName;
    }

    @CheckForNull
    String placedFile() {
        return placedFile;
    }

    @CheckForNull
    public String directory() {
        return directory;
    }

    @NonNull
    List<String> includes() {
        return includes == null ? List.of("**") : patterns(includes);
    }

    @NonNull
    List<String> excludes() {
        return excludes == null ? List.of() : patterns(excludes);
    }

    long maxBytes() {
        return maxBytes;
    }

    /** As Ant has it: a pattern that ends with a slash means everything below. */
    private static List<String> patterns(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> pattern.replace('\\', '/'))
                .map(pattern -> pattern.endsWith("/") ? pattern + "**" : pattern)
                .toList();
    }
}
