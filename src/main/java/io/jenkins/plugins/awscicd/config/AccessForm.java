package io.jenkins.plugins.awscicd.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Caller;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** The fields that say who we are to AWS, wherever they stand in a form. AWS is called by a test of the connection alone. */
public final class AccessForm {

    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::\\d{12}:role/.+");

    private AccessForm() {}

    /** Whether whoever asks may configure this, and so see what can be chosen. */
    public static boolean mayConfigure(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Fails unless whoever asks may have AWS called with the item's credentials. */
    public static void checkMayConnect(@CheckForNull Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    /** The regions that this version of the SDK knows, and the one that is set; that alone for who may not configure this. */
    @NonNull
    public static ListBoxModel regions(@CheckForNull Item item, @CheckForNull String current) {
        ListBoxModel items = new ListBoxModel();
        String set = Util.fixEmptyAndTrim(current);
        if (!mayConfigure(item)) {
            items.add(Util.fixNull(set));
            return items;
        }
        items.add(Messages.AccessForm_defaultRegion(), "");
        Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .sorted(Comparator.comparing(Region::id))
                .forEach(region -> {
                    RegionMetadata metadata = RegionMetadata.of(region);
                    items.add(
                            metadata == null ? region.id() : region.id() + "  " + metadata.description(), region.id());
                });
        if (set != null && items.stream().noneMatch(known -> known.value.equals(set))) {
            items.add(set, set);
        }
        return items;
    }

    /** The credentials that can be chosen by whoever asks. */
    @NonNull
    public static ListBoxModel credentials(@CheckForNull Item item, @CheckForNull String current) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!mayConfigure(item)) {
            return model.includeCurrentValue(Util.fixNull(current));
        }
        model.add(Messages.AccessForm_defaultCredentials(), "");
        if (item == null) {
            model.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    AmazonWebServicesCredentials.class,
                    List.of(),
                    // Those are for the controller's own use: no step finds them.
                    CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM)));
        } else {
            model.includeMatchingAs(
                    Identities.authentication(item),
                    item,
                    AmazonWebServicesCredentials.class,
                    List.of(),
                    CredentialsMatchers.always());
        }
        return model.includeCurrentValue(Util.fixNull(current));
    }

    /** A role is named by its ARN. */
    @NonNull
    public static FormValidation checkRole(@CheckForNull String role) {
        String set = Util.fixEmptyAndTrim(role);
        return set == null || set.contains("$") || ROLE.matcher(set).matches()
                ? FormValidation.ok()
                : FormValidation.error(Messages.AccessForm_badRole());
    }

    /** An external id is only of use with a role. */
    @NonNull
    public static FormValidation checkExternalId(@CheckForNull String externalId, @CheckForNull String role) {
        return Util.fixEmptyAndTrim(externalId) != null && Util.fixEmptyAndTrim(role) == null
                ? FormValidation.warning(Messages.AccessForm_externalIdWithoutRole())
                : FormValidation.ok();
    }

    /** An endpoint is an http or https URL. */
    @NonNull
    public static FormValidation checkEndpoint(@CheckForNull String endpoint) {
        String set = Util.fixEmptyAndTrim(endpoint);
        if (set == null || set.contains("$")) {
            return FormValidation.ok();
        }
        try {
            URI uri = URI.create(set);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return FormValidation.ok();
            }
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e, Messages.AccessForm_badEndpoint());
        }
        return FormValidation.error(Messages.AccessForm_badEndpoint());
    }

    /** Asks AWS who we are with what the form of the configuration page says, and waits for the answer. */
    @NonNull
    static FormValidation testConnection(@NonNull AwsAccess access) {
        checkMayConnect(null);
        return tellCaller(null, access);
    }

    /** The same for another form; null for one of the controller. */
    @NonNull
    static FormValidation testConnection(@CheckForNull Item item, @NonNull FormAccess access) {
        checkMayConnect(item);
        try {
            return tellCaller(item, access.usable(item));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation tellCaller(@CheckForNull Item item, AwsAccess access) {
        try (AwsSession session = AwsConnections.get().open(access, item)) {
            Caller caller = Caller.of(session).join();
            return FormValidation.ok(Messages.AwsCicdConfiguration_connected(
                    caller.arn(), caller.account(), session.region().id()));
        } catch (CompletionException e) {
            return FormValidation.error(AwsCallException.unwrap(e).getMessage());
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
