package io.jenkins.plugins.awscicd.config;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Credentials of Jenkins as identities of the engine. A role that the credentials name is assumed by the engine, which keeps the
 * session till shortly before its end; the credentials' own class would ask STS at every call.
 */
final class Identities {

    private Identities() {}

    /** Looks credentials up as the run may: folders, the run's authentication and credential parameters count. */
    @NonNull
    static Identity forRun(@CheckForNull String credentialsId, @NonNull Run<?, ?> run) {
        if (credentialsId == null) {
            return Identity.defaultChain();
        }
        AmazonWebServicesCredentials credentials = find(credentialsId, run);
        CredentialsProvider.track(run, credentials); // the look-up does so for credential parameters only
        return of(credentials);
    }

    @NonNull
    static AmazonWebServicesCredentials find(@NonNull String credentialsId, @NonNull Run<?, ?> run) {
        AmazonWebServicesCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId, AmazonWebServicesCredentials.class, run, List.of());
        if (credentials == null) {
            throw notFound(credentialsId);
        }
        return credentials;
    }

    /** Looks credentials up as a form can: those of the item that is configured, or of the controller. */
    @NonNull
    static Identity forItem(@CheckForNull String credentialsId, @CheckForNull Item item) {
        return credentialsId == null ? Identity.defaultChain() : of(find(credentialsId, item));
    }

    @NonNull
    static AmazonWebServicesCredentials find(@NonNull String credentialsId, @CheckForNull Item item) {
        AmazonWebServicesCredentials credentials = CredentialsMatchers.firstOrNull(
                item == null
                        ? CredentialsProvider.lookupCredentialsInItemGroup(
                                AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                        : CredentialsProvider.lookupCredentialsInItem(
                                AmazonWebServicesCredentials.class, item, authentication(item), List.of()),
                CredentialsMatchers.withId(credentialsId));
        if (credentials == null) {
            throw notFound(credentialsId);
        }
        return credentials;
    }

    /** As whom the item's runs look for credentials. */
    @NonNull
    static Authentication authentication(@NonNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private static IllegalArgumentException notFound(String credentialsId) {
        return new IllegalArgumentException(Messages.Identities_notFound(credentialsId));
    }

    private static Identity of(AmazonWebServicesCredentials credentials) {
        if (!(credentials instanceof AWSCredentialsImpl keys)) {
            return Identity.of(credentials.getId(), credentials); // ids are not unique: other folders may have the same
        }
        if (keys.requiresToken()) {
            throw new IllegalArgumentException(Messages.Identities_mfa(keys.getId()));
        }
        String roleArn = Util.fixEmptyAndTrim(keys.getIamRoleArn());
        Identity.AssumedRole role = roleArn == null
                ? null
                : new Identity.AssumedRole(
                        roleArn, Util.fixEmptyAndTrim(keys.getIamExternalId()), keys.getStsTokenDuration());
        String accessKey = Util.fixEmptyAndTrim(keys.getAccessKey());
        return accessKey == null
                ? Identity.defaultChain().assuming(role)
                : Identity.ofKeys(accessKey, keys.getSecretKey().getPlainText(), role);
    }
}
