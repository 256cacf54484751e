package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMNavigatorDescriptor;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceObserver;
import jenkins.scm.api.trait.SCMNavigatorContext;
import jenkins.scm.api.trait.SCMNavigatorRequest;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.api.trait.SCMTrait;
import jenkins.scm.api.trait.SCMTraitDescriptor;
import jenkins.scm.impl.form.NamedArrayList;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The repositories of an account and region, by name and tag, as an organization folder. */
public final class CodeCommitSCMNavigator extends SCMNavigator {

    private final String region;
    private String credentialsId;
    private String pattern;
    private String tag;
    private List<SCMTrait<? extends SCMTrait<?>>> traits = new ArrayList<>();
    /** The account that the last scan has found; null before. */
    private String account;

    @DataBoundConstructor
    public CodeCommitSCMNavigator(@NonNull String region) {
        this.region = region.strip();
    }

    @NonNull
    public String getRegion() {
        return region;
    }

    /** Id of credentials "AWS CodeCommit (HTTPS)". */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** A regular expression that names match as a whole; null for all. */
    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    /** @throws PatternSyntaxException if it is not one */
    @DataBoundSetter
    public void setPattern(@CheckForNull String pattern) {
        this.pattern = Util.fixEmptyAndTrim(pattern);
        if (this.pattern != null) {
            Pattern.compile(this.pattern);
        }
    }

    /** A tag that repositories have, {@code key=value}, or {@code key} for any value; null for all. */
    @CheckForNull
    public String getTag() {
        return tag;
    }

    @DataBoundSetter
    public void setTag(@CheckForNull String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    @Override
    @NonNull
    public List<SCMTrait<? extends SCMTrait<?>>> getTraits() {
        return traits;
    }

    @Override
    @DataBoundSetter
    public void setTraits(@CheckForNull List<SCMTrait<? extends SCMTrait<?>>> traits) {
        this.traits = traits == null ? new ArrayList<>() : new ArrayList<>(traits);
    }

    @Override
    @NonNull
    protected String id() {
        return "codecommit::" + region + "::" + credentialsId; // not what is chosen there: jobs would be others then
    }

    /** Whether a repository may be one of this, as far as is known without AWS. */
    boolean has(@NonNull String ofAccount, @NonNull String ofRegion, @NonNull String repository) {
        return region.equals(ofRegion) && (account == null || account.equals(ofAccount)) && isNamed(repository);
    }

    private boolean isNamed(String repository) {
        return pattern == null || Pattern.matches(pattern, repository);
    }

    @Override
    public void visitSources(@NonNull SCMSourceObserver observer) throws IOException, InterruptedException {
        try (RepositoryConnection connection =
                        CodeCommitCredentials.connect(observer.getContext(), credentialsId, region);
                SCMNavigatorRequest request = new Context().withTraits(traits).newRequest(this, observer)) {
            CodeCommit aws = connection.aws();
            int count = 0;
            for (String name : RepositoryConnection.answer(aws.repositories())) {
                if (!isNamed(name) || !isWanted(observer, name) || !isTagged(aws, name)) {
                    continue;
                }
                count++;
                if (request.process(
                        name,
                        this::source,
                        null,
                        (project, match) -> observer.getListener()
                                .getLogger()
                                .println((match ? "  Proposing " : "  Ignoring ") + project))) {
                    break;
                }
            }
            observer.getListener().getLogger().println(count + " repositories were processed");
        }
    }

    private static boolean isWanted(SCMSourceObserver observer, String name) {
        Set<String> included = observer.getIncludes();
        return included == null || included.contains(name);
    }

    private boolean isTagged(CodeCommit aws, String name) throws IOException, InterruptedException {
        if (tag == null && account != null) {
            return true;
        }
        var found = RepositoryConnection.answer(aws.repository(name));
        account = found.account();
        if (tag == null) {
            return true;
        }
        Map<String, String> tags = RepositoryConnection.answer(aws.tags(found.arn()));
        int equals = tag.indexOf('=');
        return equals < 0
                ? tags.containsKey(tag)
                : tag.substring(equals + 1).equals(tags.get(tag.substring(0, equals)));
    }

    private SCMSource source(String name) {
        CodeCommitSCMSource source = new CodeCommitSCMSource(GitRepository.url(
                region, name, AwsCicdConfiguration.get().access().endpoint()));
        source.setId(getId() + "::" + name);
        source.setCredentialsId(credentialsId);
        source.setTraits(traits.stream()
                .filter(SCMSourceTrait.class::isInstance)
                .map(SCMSourceTrait.class::cast)
                .toList());
        return source;
    }

    private static final class Context extends SCMNavigatorContext<Context, Request> {
        @Override
        @NonNull
        public Request newRequest(@NonNull SCMNavigator navigator, @NonNull SCMSourceObserver observer) {
            return new Request(navigator, this, observer);
        }
    }

    private static final class Request extends SCMNavigatorRequest {
        Request(SCMNavigator navigator, Context context, SCMSourceObserver observer) {
            super(navigator, context, observer);
        }
    }

    /** Its form. */
    @Extension(optional = true)
    @Symbol("codeCommit")
    public static final class DescriptorImpl extends SCMNavigatorDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeCommitSCMNavigator_displayName();
        }

        @Override
        @NonNull
        public String getDescription() {
            return Messages.CodeCommitSCMNavigator_description();
        }

        @Override
        public String getPronoun() {
            return Messages.CodeCommitSCMNavigator_pronoun();
        }

        @Override
        public String getIconClassName() {
            return "symbol-git-branch-outline plugin-ionicons-api";
        }

        /** Which region is to be said. */
        @Override
        @CheckForNull
        public SCMNavigator newInstance(@CheckForNull String name) {
            return null;
        }

        @POST
        public ListBoxModel doFillRegionItems(@AncestorInPath Item item, @QueryParameter String region) {
            return AccessForm.regions(item, region); // checks the permission itself
        }

        @POST
        public FormValidation doCheckRegion(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null && AccessForm.mayConfigure(item)
                    ? FormValidation.error(Messages.CodeCommitSCMNavigator_noRegion())
                    : FormValidation.ok();
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
        public FormValidation doCheckPattern(@AncestorInPath Item item, @QueryParameter String value) {
            if (!AccessForm.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                Pattern.compile(Util.fixNull(value).strip());
                return FormValidation.ok();
            } catch (PatternSyntaxException e) {
                return FormValidation.error(Messages.CodeCommitSCMNavigator_pattern(e.getDescription()));
            }
        }

        @POST
        public FormValidation doCheckTag(@AncestorInPath Item item, @QueryParameter String value) {
            String tag = Util.fixEmptyAndTrim(value);
            return tag == null || !AccessForm.mayConfigure(item) || !tag.startsWith("=")
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.CodeCommitSCMNavigator_tag());
        }

        /** For the form: those of the sources. */
        @NonNull
        public List<NamedArrayList<? extends SCMTraitDescriptor<?>>> getTraitsDescriptorLists() {
            return new ArrayList<>(source().getTraitsDescriptorLists());
        }

        @Override
        @NonNull
        public List<SCMTrait<? extends SCMTrait<?>>> getTraitsDefaults() {
            return new ArrayList<>(source().getTraitsDefaults());
        }

        private static CodeCommitSCMSource.DescriptorImpl source() {
            return (CodeCommitSCMSource.DescriptorImpl) Jenkins.get().getDescriptorOrDie(CodeCommitSCMSource.class);
        }
    }
}
