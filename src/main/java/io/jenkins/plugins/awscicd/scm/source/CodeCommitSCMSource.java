package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.plugins.git.GitTool;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.engine.codecommit.RepositoryMetadata;
import io.jenkins.plugins.awscicd.scm.CodeCommitSource;
import io.jenkins.plugins.awscicd.scm.GitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitRemoteHeadRefAction;
import jenkins.plugins.git.GitSCMBuilder;
import jenkins.plugins.git.GitSCMSourceRequest;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadCategory;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMProbe;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.SCMSourceEvent;
import jenkins.scm.api.metadata.ContributorMetadataAction;
import jenkins.scm.api.metadata.ObjectMetadataAction;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.api.trait.SCMSourceTraitDescriptor;
import jenkins.scm.api.trait.SCMTrait;
import jenkins.scm.impl.ChangeRequestSCMHeadCategory;
import jenkins.scm.impl.TagSCMHeadCategory;
import jenkins.scm.impl.UncategorizedSCMHeadCategory;
import jenkins.scm.impl.form.NamedArrayList;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import software.amazon.awssdk.regions.Region;

/**
 * A repository of CodeCommit as a branch source. Branches and pull requests are found, and files are read, by CodeCommit's API: nothing is
 * cloned on the controller.
 */
public final class CodeCommitSCMSource extends AbstractGitSCMSource implements CodeCommitSource {

    private final String remote;
    private String credentialsId;
    private List<SCMSourceTrait> traits = new ArrayList<>();
    /** The account that the last scan has found; null before, and after a restart. */
    private transient volatile String account;

    /** @param remote the HTTPS address of the repository */
    @DataBoundConstructor
    public CodeCommitSCMSource(String remote) {
        this.remote = remote.strip();
    }

    @Override
    @NonNull
    public String getRemote() {
        return remote;
    }

    /** Id of credentials "AWS CodeCommit (HTTPS)". */
    @Override
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    @NonNull
    public List<SCMSourceTrait> getTraits() {
        return traits;
    }

    @Override
    @DataBoundSetter
    public void setTraits(@CheckForNull List<SCMSourceTrait> traits) {
        this.traits = SCMTrait.asSetList(traits);
    }

    @Override
    @NonNull
    public GitRepository repository() throws IOException {
        return CodeCommitTelescope.repository(remote);
    }

    private GitCredentials signing() throws IOException {
        repository();
        if (!(getCredentials() instanceof GitCredentials ours)) {
            throw new IOException(
                    credentialsId == null
                            ? Messages.CodeCommitSCMSource_noCredentials()
                            : Messages.CodeCommitSCMSource_otherCredentials(credentialsId));
        }
        return ours;
    }

    @Override
    @NonNull
    public RepositoryConnection connect() throws IOException {
        return signing().connect().orElseThrow();
    }

    @Override
    @NonNull
    public AwsAccess access() throws IOException {
        return signing().access().orElseThrow();
    }

    @Override
    @CheckForNull
    public String pullRequestCommit(@CheckForNull SCMRevision revision) {
        return revision instanceof PullRequestSCMRevision request ? request.getCommit() : null;
    }

    /** The references that git shows with the source's credentials. */
    @NonNull
    RemoteReferences references(@NonNull TaskListener listener) {
        String tool = new CodeCommitSCMSourceContext(null, SCMHeadObserver.none())
                .withTraits(traits)
                .gitTool();
        GitTool git = resolveGitTool(tool, listener);
        return new RemoteReferences(remote, getCredentials(), git == null ? null : git.getGitExe());
    }

    @NonNull
    CodeCommitSCMSourceContext context(@CheckForNull SCMSourceCriteria criteria, @NonNull SCMHeadObserver observer) {
        return new CodeCommitSCMSourceContext(criteria, observer).withTraits(traits);
    }

    /** Whether the repository is in an account, as far as is known without AWS. */
    boolean mayBeIn(@NonNull String other) {
        return account == null || account.equals(other);
    }

    @Override
    protected void retrieve(
            @CheckForNull SCMSourceCriteria criteria,
            @NonNull SCMHeadObserver observer,
            @CheckForNull SCMHeadEvent<?> event,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        CodeCommitSCMSourceContext context = context(criteria, observer);
        try (RepositoryConnection connection = connect();
                GitSCMSourceRequest request = context.newRequest(this, listener)) {
            new RepositoryScan(this, connection, context, request, observer.getIncludes(), listener).run(event != null);
        }
    }

    @Override
    @CheckForNull
    protected SCMRevision retrieve(@NonNull SCMHead head, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        if (!(head instanceof PullRequestSCMHead request)) {
            return super.retrieve(head, listener);
        }
        try (RepositoryConnection connection = connect()) {
            PullRequest now = RepositoryConnection.answer(connection.aws().pullRequest(request.getId()));
            return now.open() ? PullRequests.revision(connection, now, request) : null;
        }
    }

    @Override
    @NonNull
    protected List<Action> retrieveActions(@CheckForNull SCMSourceEvent event, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        GitRepository repository = repository();
        List<Action> all = new ArrayList<>();
        try (RepositoryConnection connection = connect()) {
            RepositoryMetadata found =
                    RepositoryConnection.answer(connection.aws().repository(repository.name()));
            account = found.account();
            String branch = found.defaultBranch();
            if (branch != null) {
                all.add(new GitRemoteHeadRefAction(remote, branch));
            }
        }
        String page = AwsConsole.repository(Region.of(repository.region()), repository.name());
        all.add(new ObjectMetadataAction(repository.name(), null, page));
        return all;
    }

    @Override
    @NonNull
    protected List<Action> retrieveActions(
            @NonNull SCMHead head, @CheckForNull SCMHeadEvent event, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        if (!(head instanceof PullRequestSCMHead request)) {
            return super.retrieveActions(head, event, listener);
        }
        GitRepository repository = repository();
        try (RepositoryConnection connection = connect()) {
            PullRequest now = RepositoryConnection.answer(connection.aws().pullRequest(request.getId()));
            String author = now.author().substring(now.author().lastIndexOf('/') + 1);
            String page = AwsConsole.pullRequest(Region.of(repository.region()), repository.name(), now.id());
            return List.of(
                    new ObjectMetadataAction(now.title(), null, page),
                    new ContributorMetadataAction(author, author, null));
        }
    }

    @Override
    @NonNull
    protected SCMProbe createProbe(@NonNull SCMHead head, @CheckForNull SCMRevision revision) throws IOException {
        try {
            SCMProbe probe = fromSCMFileSystem(head, revision);
            if (probe == null) {
                throw new IOException(Messages.CodeCommitSCMSource_remote(remote));
            }
            return probe;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    protected GitSCMBuilder<?> newBuilder(@NonNull SCMHead head, @CheckForNull SCMRevision revision) {
        return new CodeCommitSCMBuilder(head, revision, remote, credentialsId);
    }

    /** Its form. */
    @Extension(optional = true)
    @Symbol("codeCommit")
    public static final class DescriptorImpl extends SCMSourceDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeCommitSCMSource_displayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-git-branch-outline plugin-ionicons-api";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return SourceForm.credentials(item, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return SourceForm.checkCredentials(item, value);
        }

        @POST
        public FormValidation doCheckRemote(@AncestorInPath Item item, @QueryParameter String value) {
            return SourceForm.checkRemote(item, value);
        }

        /** For the form: traits, each under what it is about. */
        @NonNull
        public List<NamedArrayList<? extends SCMSourceTraitDescriptor>> getTraitsDescriptorLists() {
            return SourceForm.traits(this);
        }

        /** For the form. */
        @Override
        @NonNull
        public List<SCMSourceTrait> getTraitsDefaults() {
            return List.of(new BranchDiscoveryTrait(), new PullRequestDiscoveryTrait(null));
        }

        @Override
        @NonNull
        protected SCMHeadCategory[] createCategories() {
            return new SCMHeadCategory[] {
                UncategorizedSCMHeadCategory.DEFAULT, ChangeRequestSCMHeadCategory.DEFAULT, TagSCMHeadCategory.DEFAULT
            };
        }
    }
}
