package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that call AWS have in common: who they are to it. */
public abstract class AwsAccessStep extends Step {

    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String roleSessionName;
    private String endpoint;

    /** The step's access, with what it leaves open taken from the configuration page. */
    @NonNull
    AwsAccess access() {
        return ownAccess().orElse(AwsCicdConfiguration.get().access());
    }

    /**
     * What is wrong with the access. Requests are signed with credentials, and to whom they go is not for a Jenkinsfile to say
     * unless it has credentials of its own for it.
     */
    @NonNull
    List<String> accessProblems() {
        List<String> problems = new ArrayList<>(ownAccess().problems());
        if (endpoint != null && credentialsId == null) {
            problems.add(
                    "endpoint: only with credentialsId, as neither the configuration page's credentials nor the controller's"
                            + " own go where a Jenkinsfile says; name credentials, or set the endpoint on the configuration page");
        }
        return problems;
    }

    /** The access as the step itself names it. */
    @NonNull
    private AwsAccess ownAccess() {
        return new AwsAccess(region, credentialsId, role, externalId, roleSessionName, endpoint);
    }

    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(@CheckForNull String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    @CheckForNull
    public String getRoleSessionName() {
        return roleSessionName;
    }

    @DataBoundSetter
    public void setRoleSessionName(@CheckForNull String roleSessionName) {
        this.roleSessionName = Util.fixEmptyAndTrim(roleSessionName);
    }

    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }
}
