package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.Objects;
import java.util.function.Function;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Who steps are to AWS in a stage. What is left open is as on the configuration page. */
public final class StageAccess extends AbstractDescribableImpl<StageAccess> {

    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String endpoint;

    @DataBoundConstructor
    public StageAccess() {
        // everything is optional
    }

    /** What it says; what it leaves open is left open. */
    @NonNull
    public AwsAccess access() {
        return new AwsAccess(region, credentialsId, role, externalId, null, endpoint);
    }

    boolean isEmpty() {
        return access().equals(AwsAccess.DEFAULT);
    }

    /** The region; null for the one that the configuration page names. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Id of the credentials; null for the more general ones. */
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

    /** Where all services are called instead of at AWS's own addresses; null for those. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    /** Its form. Lists are not given their own field's value: they would depend on themselves, and set it back when it is cleared. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<StageAccess> {

        @POST
        public ListBoxModel doFillRegionItems(@AncestorInPath Item item) {
            return withSaved(AccessForm.regions(item, null), item, StageAccess::getRegion);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item) {
            return withSaved(AccessForm.credentials(item, null), item, StageAccess::getCredentialsId);
        }

        /** Values that stages have are kept, whether they are known or not. */
        private static ListBoxModel withSaved(
                ListBoxModel items, @CheckForNull Item item, Function<StageAccess, String> value) {
            if (AccessForm.mayConfigure(item)) {
                Stages.configured(item).stream()
                        .map(Stage::getAccess)
                        .filter(Objects::nonNull)
                        .map(value)
                        .filter(Objects::nonNull)
                        .filter(saved -> items.stream().noneMatch(known -> known.value.equals(saved)))
                        .distinct()
                        .toList()
                        .forEach(saved -> items.add(saved, saved));
            }
            return items;
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
        public FormValidation doCheckEndpoint(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String credentialsId) {
            if (!AccessForm.mayConfigure(item)) {
                return FormValidation.ok();
            }
            return item != null && Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(credentialsId) == null
                    ? FormValidation.error(Messages.AccessForm_endpointWithoutCredentials())
                    : AccessForm.checkEndpoint(value);
        }

        /** Asks AWS who we are with what is in the form, and what it leaves open as it is saved. */
        @POST
        public FormValidation doTestConnection(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return AccessForm.testConnection(item, access);
        }
    }
}
