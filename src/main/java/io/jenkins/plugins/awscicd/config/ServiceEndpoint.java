package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Where one service is called, such as at a VPC endpoint. It can be named on the configuration page alone: all credentials go there,
 * whoever they belong to.
 */
public final class ServiceEndpoint extends AbstractDescribableImpl<ServiceEndpoint> {

    private final String service;
    private final String endpoint;
    private String region;

    @DataBoundConstructor
    public ServiceEndpoint(@CheckForNull String service, @CheckForNull String endpoint) {
        this.service = Util.fixNull(Util.fixEmptyAndTrim(service));
        this.endpoint = Util.fixNull(Util.fixEmptyAndTrim(endpoint));
    }

    /** One of {@link Addresses#SERVICES}. */
    @NonNull
    public String getService() {
        return service;
    }

    /** An https URL. */
    @NonNull
    public String getEndpoint() {
        return endpoint;
    }

    /** The region whose service is called there; null for all regions. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    @NonNull
    Addresses.Own address() {
        return new Addresses.Own(Util.fixNull(service), region, Util.fixNull(endpoint));
    }

    /**
     * @throws IllegalArgumentException if there is something wrong with one of them, saying which
     */
    static void check(@NonNull List<ServiceEndpoint> all) {
        for (ServiceEndpoint one : all) {
            List<String> problems = one.address().problems();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "serviceEndpoints: " + one.getService() + ": " + String.join("\n", problems));
            }
        }
    }

    /** Its form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ServiceEndpoint> {

        @POST
        public ListBoxModel doFillServiceItems() {
            ListBoxModel items = new ListBoxModel();
            if (AccessForm.mayConfigure(null)) {
                Addresses.SERVICES.forEach(items::add);
            }
            return items;
        }

        @POST
        public FormValidation doCheckRegion(@QueryParameter String value) {
            return AccessForm.mayConfigure(null) ? AccessForm.checkRegion(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            if (!AccessForm.mayConfigure(null)) {
                return FormValidation.ok();
            }
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.ServiceEndpoint_required())
                    : AccessForm.checkServiceEndpoint(value);
        }
    }
}
