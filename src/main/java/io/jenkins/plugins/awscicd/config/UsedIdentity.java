package io.jenkins.plugins.awscicd.config;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who an access really is: credentials that a parameter names are those that it stands for, and a role may be named by credentials too.
 *
 * @param credentialsId null for the SDK's default chain
 * @param roles all that are assumed on the way
 */
public record UsedIdentity(
        @CheckForNull String credentialsId, @NonNull Set<String> roles) {

    /**
     * Of a run.
     *
     * @throws IllegalArgumentException if there are no such credentials that the run may use
     */
    @NonNull
    public static UsedIdentity of(@NonNull AwsAccess access, @NonNull Run<?, ?> run) {
        String id = access.credentialsId();
        return of(access, id == null ? null : Identities.find(id, run));
    }

    /**
     * Of a form, or of what an item does outside of its runs.
     *
     * @param item null for the controller
     * @throws IllegalArgumentException if there are no such credentials
     */
    @NonNull
    public static UsedIdentity of(@NonNull AwsAccess access, @CheckForNull Item item) {
        String id = access.credentialsId();
        return of(access, id == null ? null : Identities.find(id, item));
    }

    /** The roles of an access as far as they can be found out here: credentials that are out of reach have none that is known. */
    @NonNull
    static Set<String> roles(@NonNull AwsAccess access, @CheckForNull Item item) {
        try {
            return of(access, item).roles();
        } catch (IllegalArgumentException e) {
            return access.role() == null ? Set.of() : Set.of(access.role());
        }
    }

    /** The same by what its credentials are to the item, to each folder that it is in, and to Jenkins: nearer ones hide others. */
    @NonNull
    static Set<String> rolesAnywhere(@NonNull AwsAccess access, @CheckForNull Item item) {
        Set<String> all = new LinkedHashSet<>(roles(access, null));
        Item each = item;
        while (each != null) {
            all.addAll(roles(access, each));
            each = each.getParent() instanceof Item folder ? folder : null;
        }
        return all;
    }

    private static UsedIdentity of(AwsAccess access, @CheckForNull AmazonWebServicesCredentials credentials) {
        Set<String> roles = new LinkedHashSet<>();
        if (access.role() != null) {
            roles.add(access.role());
        }
        String own = credentials instanceof AWSCredentialsImpl keys ? Util.fixEmptyAndTrim(keys.getIamRoleArn()) : null;
        if (own != null) {
            roles.add(own);
        }
        return new UsedIdentity(credentials == null ? null : credentials.getId(), roles);
    }
}
