package io.jenkins.plugins.awscicd.scm;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.Belonging;
import io.jenkins.plugins.awscicd.config.UsedIdentity;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * AWS credentials with which git reaches repositories of CodeCommit. They have no password that could be kept: git gets one that is
 * signed for the repository it asks for ({@link GitCredentials}, which {@link CodeCommitCredentialsProvider} makes of these).
 */
public final class CodeCommitCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private String credentialsId;
    private String role;
    private String externalId;
    private String url;

    @DataBoundConstructor
    public CodeCommitCredentials(
            @CheckForNull CredentialsScope scope, @CheckForNull String id, @CheckForNull String description) {
        super(scope, id, description);
    }

    /** With what is left open taken from the configuration page, in the region of the repository. */
    @NonNull
    AwsAccess access(@NonNull GitRepository repository) {
        return access(repository.region());
    }

    private AwsAccess access(String region) {
        return own().orElse(AwsCicdConfiguration.get().access()).withRegion(region);
    }

    /**
     * Connects to the repositories of a region, as an item that sees these credentials.
     *
     * @param id of credentials of this kind
     * @throws IOException if the item has none of that id, or they may not be used here
     */
    @NonNull
    public static RepositoryConnection connect(@CheckForNull Item item, @CheckForNull String id, @NonNull String region)
            throws IOException {
        CodeCommitCredentials found = find(item, Util.fixNull(id)).orElse(null);
        if (found == null) {
            throw new IOException(Messages.CodeCommitCredentials_notFound(Util.fixNull(id)));
        }
        return RepositoryConnection.of(() -> found.open(found.access(region), item));
    }

    /** The credentials of that id that an item sees; none if there are none, or they are of another kind. */
    @NonNull
    public static Optional<CodeCommitCredentials> find(@CheckForNull Item item, @NonNull String id) {
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                item == null
                        ? CredentialsProvider.lookupCredentialsInItemGroup(
                                CodeCommitCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                        : CredentialsProvider.lookupCredentialsInItem(
                                CodeCommitCredentials.class, item, ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id)));
    }

    /** Opens a session in which git, or what is done instead of git, may be done. */
    @NonNull
    AwsSession open(@NonNull AwsAccess access, @CheckForNull Item item) {
        for (Belonging belonging : Belonging.of(item, UsedIdentity.of(access, item))) {
            throw new IllegalStateException(
                    Messages.SigningGit_belongs(getId(), belonging.what(), String.join(", ", belonging.stages())));
        }
        return AwsConnections.get().open(access, item, sessionName(item));
    }

    /** What AWS calls the session of a role. Comments and approvals are its own: it is the same for all that an item does. */
    @NonNull
    static String sessionName(@CheckForNull Item item) {
        return item == null ? "jenkins-git" : item.getFullName() + "-git";
    }

    private AwsAccess own() {
        return new AwsAccess(null, credentialsId, role, externalId, null, null);
    }

    /** Id of the AWS credentials; null for those of the configuration page. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** ARN of the role to assume; null for none of its own. */
    @CheckForNull
    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(@CheckForNull String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    /** The role's external id; null for none. */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    /** The repository that is meant where nobody says which, as {@code withCredentials} does not; null for none. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    /** The repository at an address, if it is one of CodeCommit's. */
    @NonNull
    public static Optional<GitRepository> repository(@NonNull String url) {
        AwsAccess general = AwsCicdConfiguration.get().access();
        String endpoint = general.endpoint();
        return GitRepository.at(url, endpoint == null ? null : URI.create(endpoint), general.region());
    }

    /** Its form. */
    @Extension
    @Symbol("codeCommit")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeCommitCredentials_displayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-git-branch-outline plugin-ionicons-api";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return AccessForm.credentials(item, credentialsId);
        }

        @POST
        public FormValidation doCheckRole(@AncestorInPath Item item, @QueryParameter String value) {
            return AccessForm.mayConfigure(item) ? AccessForm.checkRole(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckExternalId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String role) {
            return AccessForm.mayConfigure(item) ? AccessForm.checkExternalId(value, role) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            String url = Util.fixEmptyAndTrim(value);
            return url == null
                            || !AccessForm.mayConfigure(item)
                            || repository(url).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.CodeCommitCredentials_url());
        }
    }
}
