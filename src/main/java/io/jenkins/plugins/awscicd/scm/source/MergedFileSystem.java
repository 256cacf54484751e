package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.FolderEntry;
import io.jenkins.plugins.awscicd.engine.codecommit.RepositoryFile;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;

/**
 * The files of a pull request merged with its destination, each merged by itself when it is read: what git will make of it when it
 * merges the branches, without either of them being cloned.
 */
final class MergedFileSystem extends CodeCommitFileSystem {

    private final String base;
    private final String target;
    private final CodeCommitFileSystem destination;
    private final CodeCommitFileSystem before;

    /** @param base the commit that both have in common */
    MergedFileSystem(
            @NonNull RepositoryConnection connection,
            @NonNull String repository,
            @NonNull PullRequestSCMRevision revision,
            @NonNull String base) {
        super(connection, repository, revision.getCommit(), revision);
        this.base = base;
        this.target = revision.targetCommit();
        this.destination = new CodeCommitFileSystem(connection, repository, target, revision);
        this.before = new CodeCommitFileSystem(connection, repository, base, revision);
    }

    /** What either has, but for what the other has removed. */
    @Override
    @NonNull
    synchronized List<FolderEntry> folder(@NonNull String path) throws IOException, InterruptedException {
        List<FolderEntry> ours = destination.folder(path);
        List<FolderEntry> theirs = super.folder(path);
        List<FolderEntry> both = before.folder(path);
        Map<String, FolderEntry> all = new LinkedHashMap<>();
        for (FolderEntry entry : theirs) {
            if (ours.contains(entry) || !both.contains(entry)) {
                all.put(entry.name(), entry);
            }
        }
        for (FolderEntry entry : ours) {
            if (!both.contains(entry)) {
                all.putIfAbsent(entry.name(), entry);
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    @NonNull
    Optional<byte[]> content(@NonNull String path) throws IOException, InterruptedException {
        Optional<RepositoryFile> theirs =
                file(((PullRequestSCMRevision) Objects.requireNonNull(getRevision())).getCommit(), path);
        Optional<RepositoryFile> ours = file(target, path);
        if (isSame(theirs, ours)) {
            return theirs.map(RepositoryFile::content);
        }
        Optional<RepositoryFile> both = file(base, path);
        if (isSame(both, ours)) {
            return theirs.map(RepositoryFile::content);
        }
        if (isSame(both, theirs)) {
            return ours.map(RepositoryFile::content);
        }
        if (theirs.isEmpty() || ours.isEmpty()) {
            throw new IOException(Messages.MergedFileSystem_conflict(path, target));
        }
        return Optional.of(merge(path, both, ours.get(), theirs.get()));
    }

    private static boolean isSame(Optional<RepositoryFile> one, Optional<RepositoryFile> other) {
        return one.map(RepositoryFile::blobId).equals(other.map(RepositoryFile::blobId));
    }

    private byte[] merge(String path, Optional<RepositoryFile> both, RepositoryFile ours, RepositoryFile theirs)
            throws IOException {
        RawText common = new RawText(both.map(RepositoryFile::content).orElse(new byte[0]));
        MergeResult<RawText> merged = new MergeAlgorithm()
                .merge(RawTextComparator.DEFAULT, common, new RawText(ours.content()), new RawText(theirs.content()));
        if (merged.containsConflicts()) {
            throw new IOException(Messages.MergedFileSystem_conflict(path, target));
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        new MergeFormatter().formatMerge(content, merged, List.of("", "", ""), StandardCharsets.UTF_8);
        return content.toByteArray();
    }
}
