package io.jenkins.plugins.awscicd.scm;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.UsernameCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.HostnamePortRequirement;
import com.cloudbees.plugins.credentials.domains.HostnameRequirement;
import com.cloudbees.plugins.credentials.domains.PathRequirement;
import com.cloudbees.plugins.credentials.domains.SchemeRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;

/**
 * Offers {@link CodeCommitCredentials} as user and password for the very repository that is asked for: git-plugin looks credentials up
 * with the repository's address, for builds as for scans. Others are not offered them.
 */
@Extension(ordinal = 1000) // before the stores, which have those of the same ids that cannot sign
public final class CodeCommitCredentialsProvider extends CredentialsProvider {

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CodeCommitCredentials_displayName();
    }

    @Override
    public String getIconClassName() {
        return "symbol-git-branch-outline plugin-ionicons-api";
    }

    @Override
    @NonNull
    public <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> requirements) {
        return isForGit(type)
                ? of(
                        type,
                        item,
                        requirements,
                        lookupCredentialsInItem(CodeCommitCredentials.class, item, authentication, requirements))
                : List.of();
    }

    @Override
    @NonNull
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @CheckForNull ItemGroup group,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> requirements) {
        return isForGit(type)
                ? of(
                        type,
                        group instanceof Item item ? item : null,
                        requirements,
                        lookupCredentialsInItemGroup(CodeCommitCredentials.class, group, authentication, requirements))
                : List.of();
    }

    /** {@code withCredentials} looks for an id, and for user and password afterwards. Who looks for any others finds those that are stored. */
    private static boolean isForGit(Class<?> type) {
        return type == IdCredentials.class
                || UsernameCredentials.class.isAssignableFrom(type) && type.isAssignableFrom(GitCredentials.class);
    }

    private static <C extends Credentials> List<C> of(
            Class<C> type,
            @CheckForNull Item item,
            List<DomainRequirement> requirements,
            List<CodeCommitCredentials> stored) {
        if (stored.isEmpty()) {
            return List.of();
        }
        Optional<String> url = url(requirements);
        Optional<GitRepository> asked = url.flatMap(CodeCommitCredentials::repository);
        if (url.isPresent() && asked.isEmpty()) {
            return List.of();
        }
        return stored.stream()
                .map(it -> type.cast(new GitCredentials(
                        it,
                        new SigningGit(
                                it,
                                asked.or(() -> Optional.ofNullable(it.getUrl())
                                                .flatMap(CodeCommitCredentials::repository))
                                        .orElse(null),
                                item))))
                .toList();
    }

    /** The address that the credentials are for, if there is one. */
    private static Optional<String> url(List<DomainRequirement> requirements) {
        Optional<HostnameRequirement> host = of(requirements, HostnameRequirement.class);
        return host.map(it -> of(requirements, SchemeRequirement.class)
                        .map(SchemeRequirement::getScheme)
                        .orElse("https")
                + "://"
                + it.getHostname()
                + of(requirements, HostnamePortRequirement.class)
                        .map(port -> ":" + port.getPort())
                        .orElse("")
                + of(requirements, PathRequirement.class)
                        .map(PathRequirement::getPath)
                        .orElse(""));
    }

    private static <R> Optional<R> of(List<DomainRequirement> requirements, Class<R> type) {
        return Stream.ofNullable(requirements)
                .flatMap(List::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
