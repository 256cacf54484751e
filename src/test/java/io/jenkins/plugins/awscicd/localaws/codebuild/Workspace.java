package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders of one build, gone when it is over.
 *
 * @param root of all of them
 * @param home the commands' HOME
 * @param state of the shell
 * @param sources below which every source has its own folder
 */
record Workspace(Path root, Path home, Path state, Path sources) implements AutoCloseable {

    static Workspace create(Path scratch, Build build) throws IOException {
        Path root = scratch.resolve(build.id().replace(':', '-'));
        return new Workspace(
                root,
                Files.createDirectories(root.resolve("home")),
                Files.createDirectories(root.resolve("state")),
                Files.createDirectories(root.resolve("output")));
    }

    /** Where the primary source goes. */
    Path source() {
        return sources.resolve("src").resolve("src");
    }

    Path secondarySource(String identifier) {
        return sources.resolve(identifier).resolve("src");
    }

    @Override
    public void close() throws IOException {
        Trees.delete(root);
    }
}
