package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What is in a folder of a commit (<a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetFolder.html">GetFolder</a>).
 *
 * @param name within the folder
 */
public record FolderEntry(@NonNull String name, @NonNull Kind kind) {

    /** What it is. */
    public enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        SUBMODULE
    }
}
