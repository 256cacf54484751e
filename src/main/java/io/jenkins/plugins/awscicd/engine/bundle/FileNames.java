package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as this machine's Java reads them: in the encoding of its locale, where what that does not know becomes one
 * and the same letter. An agent that was started with the locale C or POSIX knows ASCII alone.
 */
final class FileNames {

    private FileNames() {}

    /** Where a path that somebody has written leads from a directory. */
    @NonNull
    static Path resolve(@NonNull Path directory, @NonNull String path, @NonNull String argument)
            throws BundleException {
        try {
            return directory.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new BundleException(argument + ": " + doesNotSurvive(path));
        }
    }

    /** Fails if a path's text is not what its name is. */
    static void check(@NonNull Path path, @NonNull String name) throws BundleException {
        if (!survives(path)) {
            throw new BundleException("directory: " + doesNotSurvive(name) + ", or leave it out with excludes");
        }
    }

    private static boolean survives(Path path) {
        FileSystem files = path.getFileSystem();
        try {
            return files.getPath(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String doesNotSurvive(String name) {
        return "the name of '" + name + "' cannot be represented in this agent's locale ("
                + System.getProperty("sun.jnu.encoding")
                + "); start the agent with a UTF-8 locale, such as LC_ALL=C.UTF-8";
    }
}
