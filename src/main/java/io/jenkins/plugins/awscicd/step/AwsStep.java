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

/** What all steps have in common: who they are to AWS, and what becomes of the Pipeline when AWS's job fails or the step is aborted. */
public abstract class AwsStep extends Step {

    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String roleSessionName;
    private String endpoint;
    private boolean propagate = true;
    private String onAbort;

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

    /** What is wrong with {@code onAbort}. */
    @NonNull
    List<String> abortProblems() {
        List<String> words = ((AwsStepDescriptor) getDescriptor()).getAbortWords();
        return onAbort == null || words.contains(onAbort)
                ? List.of()
                : List.of("onAbort: '" + onAbort + "' is not known; use one of " + String.join(", ", words));
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

    /** Whether the Pipeline fails when AWS's job does; otherwise the step returns what came of it. */
    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** What becomes of AWS's job when the step is aborted; null for the default, {@code stop}. */
    @CheckForNull
    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(@CheckForNull String onAbort) {
        this.onAbort = Util.fixEmptyAndTrim(onAbort);
    }
}
