package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.FolderEntry;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMFile;

/** A file or folder of a commit. */
final class CodeCommitFile extends SCMFile {

    private final CodeCommitFileSystem files;

    /** All of the commit. */
    CodeCommitFile(@NonNull CodeCommitFileSystem files) {
        this.files = files;
        type(Type.DIRECTORY);
    }

    private CodeCommitFile(CodeCommitFile parent, String name) {
        super(parent, name);
        this.files = parent.files;
    }

    @Override
    @NonNull
    protected SCMFile newChild(@NonNull String name, boolean assumeIsDirectory) {
        return new CodeCommitFile(this, name);
    }

    @Override
    @NonNull
    public Iterable<SCMFile> children() throws IOException, InterruptedException {
        List<SCMFile> all = new ArrayList<>();
        for (FolderEntry entry : files.folder(getPath())) {
            CodeCommitFile child = new CodeCommitFile(this, entry.name());
            child.type(type(entry));
            all.add(child);
        }
        return all;
    }

    private static Type type(FolderEntry entry) {
        return switch (entry.kind()) {
            case FILE -> Type.REGULAR_FILE;
            case FOLDER -> Type.DIRECTORY;
            case SYMBOLIC_LINK -> Type.LINK;
            case SUBMODULE -> Type.OTHER;
        };
    }

    /** CodeCommit does not say it of a file. */
    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    @NonNull
    protected Type type() throws IOException, InterruptedException {
        String path = getPath();
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        return files.folder(folder).stream()
                .filter(entry -> entry.name().equals(getName()))
                .map(CodeCommitFile::type)
                .findFirst()
                .orElse(Type.NONEXISTENT);
    }

    @Override
    @NonNull
    public InputStream content() throws IOException, InterruptedException {
        byte[] content = files.content(getPath()).orElseThrow(() -> new FileNotFoundException(getPath()));
        return new ByteArrayInputStream(content);
    }
}
