package io.jenkins.plugins.awscicd.scm.source;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.GitSCMExtensionDescriptor;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import io.jenkins.plugins.awscicd.scm.GitCredentials;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.gitclient.GitClient;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Has git reach submodules in other repositories of CodeCommit: each with a password of its own, by the credentials that the checkout has.
 * It comes before {@link SubmoduleOption}, which updates them.
 */
public final class SubmoduleCredentials extends GitSCMExtension {

    private static final String FILE = ".gitmodules";
    private static final String SECTION = "submodule";
    /** In bytes: whoever may push must not fill the controller's memory. */
    private static final long LARGEST = 1024 * 1024;

    @DataBoundConstructor
    public SubmoduleCredentials() {
        // has no settings
    }

    /** The same updates of submodules, without the parent's credentials: they are good for the parent alone. */
    @NonNull
    static SubmoduleOption withoutParents(@NonNull SubmoduleOption option) {
        SubmoduleOption own = new SubmoduleOption(
                option.isDisableSubmodules(),
                option.isRecursiveSubmodules(),
                option.isTrackingSubmodules(),
                option.getReference(),
                option.getTimeout(),
                false);
        own.setShallow(option.getShallow());
        own.setDepth(option.getDepth());
        own.setThreads(option.getThreads());
        return own;
    }

    /** Says what would have git use other passwords. */
    @Override
    public void beforeCheckout(GitSCM scm, Run<?, ?> build, GitClient git, TaskListener listener)
            throws AbortException {
        boolean first = false;
        for (GitSCMExtension extension : scm.getExtensions()) {
            first |= extension == this;
            if (extension instanceof SubmoduleOption option && (!first || option.isParentCredentials())) {
                throw new AbortException(
                        first
                                ? Messages.SubmoduleCredentials_parentCredentials()
                                : Messages.SubmoduleCredentials_order());
            }
        }
    }

    @Override
    public void onCheckoutCompleted(GitSCM scm, Run<?, ?> build, GitClient git, TaskListener listener)
            throws IOException, InterruptedException {
        FilePath file = git.getWorkTree().child(FILE);
        if (!file.exists()) {
            return;
        }
        if (file.length() > LARGEST) {
            throw new AbortException(FILE + " is larger than " + LARGEST / 1024 + " KiB");
        }
        Config modules = new Config();
        try {
            modules.fromText(file.readToString());
        } catch (ConfigInvalidException e) {
            throw new IOException(FILE + ": " + e.getMessage(), e);
        }
        EnvVars environment = build.getEnvironment(listener);
        for (UserRemoteConfig remote : scm.getUserRemoteConfigs()) {
            String id = Util.fixEmpty(remote.getCredentialsId());
            String parent = environment.expand(remote.getUrl());
            for (String name : modules.getSubsections(SECTION)) {
                String url = absolute(parent, modules.getString(SECTION, name, "url"));
                if (id != null && url != null && signing(id, url, build) instanceof GitCredentials ours) {
                    git.addCredentials(url, ours);
                }
            }
        }
    }

    /** Only ours sign for another repository, and only for one of CodeCommit. */
    @CheckForNull
    private static StandardUsernameCredentials signing(String id, String url, Run<?, ?> build) {
        return CredentialsProvider.findCredentialById(
                id,
                StandardUsernameCredentials.class,
                build,
                URIRequirementBuilder.fromUri(url).build());
    }

    /** As git resolves it: a relative one is beside the parent's. */
    @CheckForNull
    static String absolute(@CheckForNull String parent, @CheckForNull String url) {
        if (url == null || parent == null || !url.startsWith("./") && !url.startsWith("../")) {
            return url;
        }
        try {
            return URI.create(parent.replaceFirst("/*$", "/")).resolve(url).toString();
        } catch (IllegalArgumentException e) {
            return null; // git says what is wrong with it
        }
    }

    /** Its form. */
    @Extension(optional = true)
    @Symbol("codeCommitSubmodules")
    public static final class DescriptorImpl extends GitSCMExtensionDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.SubmoduleCredentials_displayName();
        }
    }
}
