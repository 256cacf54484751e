package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.FolderEntry;
import io.jenkins.plugins.awscicd.engine.codecommit.RepositoryFile;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMRevision;

/** The files of a commit, one at a time by CodeCommit's API. */
class CodeCommitFileSystem extends SCMFileSystem {

    private final RepositoryConnection connection;
    private final String repository;
    private final String commit;
    /** By path; each is asked for once. */
    private final Map<String, List<FolderEntry>> folders = new HashMap<>();

    /** @param connection closed with this */
    CodeCommitFileSystem(
            @NonNull RepositoryConnection connection,
            @NonNull String repository,
            @NonNull String commit,
            @CheckForNull SCMRevision revision) {
        super(revision);
        this.connection = connection;
        this.repository = repository;
        this.commit = commit;
    }

    @Override
    public long lastModified() throws IOException, InterruptedException {
        return RepositoryConnection.answer(connection.aws().committed(repository, commit))
                .toEpochMilli();
    }

    @Override
    @NonNull
    public SCMFile getRoot() {
        return new CodeCommitFile(this);
    }

    /** What is in a folder; nothing also if there is none. */
    @NonNull
    synchronized List<FolderEntry> folder(@NonNull String path) throws IOException, InterruptedException {
        List<FolderEntry> known = folders.get(path);
        if (known == null) {
            known = RepositoryConnection.answer(connection.aws().folder(repository, commit, path))
                    .orElse(List.of());
            folders.put(path, known);
        }
        return known;
    }

    /** A file; nothing if there is none. */
    @NonNull
    Optional<byte[]> content(@NonNull String path) throws IOException, InterruptedException {
        return file(commit, path).map(RepositoryFile::content);
    }

    @NonNull
    final Optional<RepositoryFile> file(@NonNull String of, @NonNull String path)
            throws IOException, InterruptedException {
        return RepositoryConnection.answer(connection.aws().file(repository, of, path));
    }

    @Override
    public void close() {
        connection.close();
    }
}
