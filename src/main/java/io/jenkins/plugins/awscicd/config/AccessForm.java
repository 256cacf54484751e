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
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Caller;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import jenkins.model.Jenkins;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** The fields that say who we are to AWS, wherever they stand in a form. AWS is called by a test of the connection alone. */
public final class AccessForm {

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
        return check(role, new AwsAccess(null, null, role, null, null, null));
    }

    /** An external id is only of use with a role. */
    @NonNull
    public static FormValidation checkExternalId(@CheckForNull String externalId, @CheckForNull String role) {
        return Util.fixEmptyAndTrim(externalId) != null && Util.fixEmptyAndTrim(role) == null
                ? FormValidation.warning(Messages.AccessForm_externalIdWithoutRole())
                : check(externalId, new AwsAccess(null, null, null, externalId, null, null));
    }

    /** A region is named as AWS names it. */
    @NonNull
    static FormValidation checkRegion(@CheckForNull String region) {
        return check(region, new AwsAccess(region, null, null, null, null, null));
    }

    /** An endpoint is an http or https URL. */
    @NonNull
    public static FormValidation checkEndpoint(@CheckForNull String endpoint) {
        return check(endpoint, new AwsAccess(null, null, null, null, null, endpoint));
    }

    /** An endpoint that all credentials are sent to is an https URL. */
    @NonNull
    static FormValidation checkServiceEndpoint(@NonNull String endpoint) {
        return first(new Addresses.Own("s3", null, endpoint).problems());
    }

    /** Looks at a field by itself. What has a variable of a build in it can only be looked at when that has a value. */
    private static FormValidation check(@CheckForNull String value, AwsAccess alone) {
        return value != null && value.contains("$") ? FormValidation.ok() : first(alone.argumentProblems());
    }

    private static FormValidation first(List<String> problems) {
        return problems.stream()
                .findFirst()
                .map(problem -> FormValidation.error(problem.substring(problem.indexOf(": ") + 2)))
                .orElse(FormValidation.ok());
    }

    /**
     * Fails if an access that is to be kept has an argument that cannot be right.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static void checkToKeep(@NonNull AwsAccess access) {
        List<String> problems = access.argumentProblems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Asks AWS who we are with what the form of the configuration page says, and waits for the answer. */
    @NonNull
    static FormValidation testConnection(@NonNull AwsAccess access) {
        checkMayConnect(null);
        return reportCaller(null, access);
    }

    /** The same for another form; null for one of the controller. */
    @NonNull
    static FormValidation testConnection(@CheckForNull Item item, @NonNull FormAccess access) {
        checkMayConnect(item);
        try {
            return reportCaller(item, access.usable(item));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation reportCaller(@CheckForNull Item item, AwsAccess access) {
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
