package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.ReferenceChange;
import java.util.Collections;
import java.util.Map;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitBranchSCMRevision;
import jenkins.plugins.git.GitTagSCMHead;
import jenkins.plugins.git.GitTagSCMRevision;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;

/** A branch or a tag was made, has moved, or is gone. */
final class ReferenceEvent extends RepositoryHeadEvent<ReferenceChange> {

    private static final String TAGS = "refs/tags/";

    ReferenceEvent(@NonNull ReferenceChange change) {
        super(change);
    }

    @Override
    @NonNull
    Map<SCMHead, SCMRevision> headsOf(@NonNull AbstractGitSCMSource source) {
        ReferenceChange change = getPayload();
        String commit = change.kind() == Kind.REMOVED ? null : change.commit();
        SCMHead head;
        SCMRevisionImpl revision;
        if (change.reference().startsWith(TAGS)) {
            GitTagSCMHead tag = new GitTagSCMHead(change.reference().substring(TAGS.length()), getTimestamp());
            head = tag;
            revision = commit == null ? null : new GitTagSCMRevision(tag, commit);
        } else {
            GitBranchSCMHead branch = new GitBranchSCMHead(CodeCommit.branch(change.reference()));
            head = branch;
            revision = commit == null ? null : new GitBranchSCMRevision(branch, commit);
        }
        return Collections.singletonMap(head, revision);
    }

    @Override
    @NonNull
    public String description() {
        ReferenceChange change = getPayload();
        return Messages.ReferenceEvent_description(change.reference(), change.repository(), change.region());
    }
}
