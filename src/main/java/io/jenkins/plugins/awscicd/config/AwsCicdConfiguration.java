package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What holds for all steps that do not say otherwise: "AWS CI/CD" on Manage Jenkins » System. */
@Extension
@Symbol("awsCicd")
public final class AwsCicdConfiguration extends GlobalConfiguration {

    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String endpoint;
    private Boolean fips; // null if not, so that nothing is exported of it
    private Boolean dualStack;
    private List<ServiceEndpoint> serviceEndpoints = new ArrayList<>();
    private List<Stage> stages = new ArrayList<>();

    public AwsCicdConfiguration() {
        load();
    }

    @NonNull
    public static AwsCicdConfiguration get() {
        return ExtensionList.lookupSingleton(AwsCicdConfiguration.class);
    }

    /** The access that steps have unless they say otherwise. */
    @NonNull
    public AwsAccess access() {
        return new AwsAccess(region, credentialsId, role, externalId, null, endpoint);
    }

    /** The access of what may have one of its own, and has that of steps where it has none. */
    @NonNull
    public AwsAccess access(@CheckForNull StageAccess own) {
        return own == null ? access() : own.access().orElse(access());
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.AwsCicdConfiguration_displayName();
    }

    /** The default region; null for the one that the SDK finds. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        AccessForm.checkToKeep(new AwsAccess(region, null, null, null, null, null));
        this.region = Util.fixEmptyAndTrim(region);
        save();
    }

    /** The default credentials' id; null for those that the SDK finds. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        AccessForm.checkToKeep(new AwsAccess(null, credentialsId, null, null, null, null));
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    /** ARN of the role to assume; null for none. */
    @CheckForNull
    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(@CheckForNull String role) {
        AccessForm.checkToKeep(new AwsAccess(null, null, role, null, null, null));
        this.role = Util.fixEmptyAndTrim(role);
        save();
    }

    /** The role's external id; null for none. */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        AccessForm.checkToKeep(new AwsAccess(null, null, null, externalId, null, null));
        this.externalId = Util.fixEmptyAndTrim(externalId);
        save();
    }

    /** Where all services are called instead of at AWS's own addresses; null for those. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        AccessForm.checkToKeep(new AwsAccess(null, null, null, null, null, endpoint));
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
        save();
    }

    /** Where services are called if no endpoint is named. */
    @NonNull
    Addresses addresses() {
        return new Addresses(
                fips != null,
                dualStack != null,
                Util.fixNull(serviceEndpoints).stream()
                        .map(ServiceEndpoint::address)
                        .toList());
    }

    /** Whether AWS's FIPS 140 endpoints are called; null if they are not. */
    @CheckForNull
    public Boolean getFips() {
        return fips;
    }

    @DataBoundSetter
    public void setFips(@CheckForNull Boolean fips) {
        this.fips = Boolean.TRUE.equals(fips) ? Boolean.TRUE : null;
        save();
    }

    /** Whether AWS's endpoints for IPv4 and IPv6 are called; null if they are not. */
    @CheckForNull
    public Boolean getDualStack() {
        return dualStack;
    }

    @DataBoundSetter
    public void setDualStack(@CheckForNull Boolean dualStack) {
        this.dualStack = Boolean.TRUE.equals(dualStack) ? Boolean.TRUE : null;
        save();
    }

    /** Where single services are called; null if none is, so that nothing is exported of them. */
    @CheckForNull
    public List<ServiceEndpoint> getServiceEndpoints() {
        return serviceEndpoints == null || serviceEndpoints.isEmpty() ? null : List.copyOf(serviceEndpoints);
    }

    /** @throws IllegalArgumentException if there is something wrong with them */
    @DataBoundSetter
    public void setServiceEndpoints(@CheckForNull List<ServiceEndpoint> serviceEndpoints) {
        List<ServiceEndpoint> given = serviceEndpoints == null ? List.of() : serviceEndpoints;
        ServiceEndpoint.check(given);
        this.serviceEndpoints = new ArrayList<>(given);
        save();
    }

    /** In the order in which they are delivered to. */
    @NonNull
    public List<Stage> getStages() {
        return List.copyOf(stages);
    }

    /** @throws IllegalArgumentException if there is something wrong with them */
    @DataBoundSetter
    public void setStages(@CheckForNull List<Stage> stages) {
        List<Stage> given = stages == null ? List.of() : stages;
        Stage.check(given, false);
        this.stages = new ArrayList<>(given);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            AccessForm.checkToKeep(new AwsAccess(
                    json.optString("region"),
                    json.optString("credentialsId"),
                    json.optString("role"),
                    json.optString("externalId"),
                    null,
                    json.optString("endpoint")));
            Object addresses = json.remove("serviceEndpoints");
            List<ServiceEndpoint> endpoints =
                    addresses == null ? List.of() : req.bindJSONToList(ServiceEndpoint.class, addresses);
            ServiceEndpoint.check(endpoints);
            Object given = json.remove("stages"); // what is not there would not be set
            setStages(given == null ? List.of() : req.bindJSONToList(Stage.class, given));
            setServiceEndpoints(endpoints);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "stages");
        }
        return super.configure(req, json);
    }

    /** Is not given the field's own value: a list that depends on itself is filled anew when it is cleared, and set back by that. */
    @POST
    public ListBoxModel doFillRegionItems() {
        return AccessForm.regions(null, AccessForm.mayConfigure(null) ? region : null);
    }

    /** Is not given the field's own value, as the regions are not. */
    @POST
    public ListBoxModel doFillCredentialsIdItems() {
        return AccessForm.credentials(null, AccessForm.mayConfigure(null) ? credentialsId : null);
    }

    @POST
    public FormValidation doCheckRole(@QueryParameter String value) {
        return AccessForm.mayConfigure(null) ? AccessForm.checkRole(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckExternalId(@QueryParameter String value, @QueryParameter String role) {
        return AccessForm.mayConfigure(null) ? AccessForm.checkExternalId(value, role) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckEndpoint(@QueryParameter String value) {
        return AccessForm.mayConfigure(null) ? AccessForm.checkEndpoint(value) : FormValidation.ok();
    }

    /** Asks AWS who we are with what is in the form. */
    @POST
    public FormValidation doTestConnection(@FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(null);
        return AccessForm.testConnection(access.access());
    }
}
