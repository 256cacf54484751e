package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import java.util.List;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitSCMBuilder;
import jenkins.plugins.git.MergeWithGitSCMExtension;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;

/** Checks a branch, a tag or a pull request out with git. Of a pull request the source branch is fetched, as CodeCommit has no other reference. */
public final class CodeCommitSCMBuilder extends GitSCMBuilder<CodeCommitSCMBuilder> {

    CodeCommitSCMBuilder(
            @NonNull SCMHead head,
            @CheckForNull SCMRevision revision,
            @NonNull String remote,
            @CheckForNull String credentialsId) {
        super(head, revision, remote, credentialsId);
        if (head instanceof PullRequestSCMHead request) {
            withoutRefSpecs();
            withRefSpec("+refs/heads/" + request.getOriginName() + ":refs/remotes/@{remote}/" + head.getName());
        }
    }

    @Override
    @NonNull
    public GitSCM build() {
        SCMHead head = head();
        SCMRevision revision = revision();
        withSubmodules();
        if (!(head instanceof PullRequestSCMHead request)) {
            return super.build();
        }
        PullRequestSCMRevision known = revision instanceof PullRequestSCMRevision it ? it : null;
        try {
            if (request.isMerge()) {
                String target = request.getTarget().getName();
                String local = "remotes/" + remoteName() + "/upstream-" + target;
                withRefSpec("+refs/heads/" + target + ":refs/" + local);
                withExtension(new MergeWithGitSCMExtension(local, known == null ? null : known.targetCommit()));
            }
            if (known != null) {
                withRevision(new SCMRevisionImpl(head, known.getCommit()));
            }
            return super.build();
        } finally {
            withHead(head);
            withRevision(revision);
        }
    }

    private void withSubmodules() {
        for (GitSCMExtension extension : List.copyOf(extensions())) {
            if (extension instanceof SubmoduleOption option) {
                withExtension(new SubmoduleCredentials());
                withExtension(SubmoduleCredentials.withoutParents(option)); // behind it, in the place of the other
            }
        }
    }
}
