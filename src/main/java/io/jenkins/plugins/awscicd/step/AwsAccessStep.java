package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that call AWS have in common: who they are to it. */
public abstract class AwsAccessStep extends Step {

    private static final Pattern OF_STAGES =
            Pattern.compile("(project|application|deploymentGroup|environment): name ");

    private String stage;
    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String roleSessionName;
    private String endpoint;

    /**
     * The stage that the step names, as the run's job sees it; null if it names none.
     *
     * @throws AbortException naming those that there are, if there is no such stage
     */
    @CheckForNull
    public ResolvedStage resolve(@NonNull StepContext context) throws IOException, InterruptedException {
        String name = getStage();
        if (name == null) {
            return null;
        }
        Item job = context.get(Run.class).getParent();
        Stages stages = Stages.of(job);
        ResolvedStage known = stages.find(name).orElse(null);
        if (known == null) {
            throw new AbortException(getDescriptor().getFunctionName() + " " + stages.unknown(name, job));
        }
        return known;
    }

    /**
     * The stage that the step names, if nothing is wrong with its arguments; null if it names none. All that is wrong is said at once,
     * also where there is no such stage.
     *
     * @param problems what is wrong with the arguments in a stage, or in none
     * @throws AbortException if anything is
     */
    @CheckForNull
    protected ResolvedStage checked(
            @NonNull StepContext context, @NonNull Function<ResolvedStage, List<String>> problems)
            throws IOException, InterruptedException {
        String prefix = getDescriptor().getFunctionName() + " ";
        ResolvedStage known;
        try {
            known = resolve(context);
        } catch (AbortException e) {
            String others = problems.apply(null).stream()
                    .filter(problem -> !OF_STAGES.matcher(problem).lookingAt()) // which the stage would have given
                    .map(problem -> "\n" + prefix + problem)
                    .collect(Collectors.joining());
            throw new AbortException(e.getMessage() + others);
        }
        List<String> all = problems.apply(known);
        if (!all.isEmpty()) {
            throw new AbortException(prefix + String.join("\n" + prefix, all));
        }
        return known;
    }

    /** The step's access, with what it leaves open taken from the stage, and from the configuration page. */
    @NonNull
    public AwsAccess access(@CheckForNull ResolvedStage stage) {
        return ownAccess().orElse(stage == null ? AwsCicdConfiguration.get().access() : stage.access());
    }

    /** What is wrong with the access: also that it is not the stage's, if that is guarded. */
    @NonNull
    protected List<String> accessProblems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems());
        if (stage != null && stage.isGuarded()) {
            Map<String, String> own = new LinkedHashMap<>();
            own.put("region", region);
            own.put("credentialsId", credentialsId);
            own.put("role", role);
            own.put("externalId", externalId);
            own.put("endpoint", endpoint);
            own.forEach((name, value) -> {
                if (value != null) {
                    problems.add(name + ": cannot be combined with stage: '" + stage.name()
                            + "', which is guarded and sets its own access to AWS; leave " + name + " out");
                }
            });
        }
        return problems;
    }

    /**
     * What is wrong with the access. Requests are signed with credentials, and to whom they go is not for a Jenkinsfile to say
     * unless it has credentials of its own for it.
     */
    @NonNull
    protected List<String> accessProblems() {
        List<String> problems = new ArrayList<>(ownAccess().problems());
        if (endpoint != null && credentialsId == null) {
            problems.add(
                    "endpoint: only with credentialsId, because neither the configuration page's credentials nor the controller's"
                            + " own are sent where a Jenkinsfile says; name credentials, or set the endpoint on the configuration page");
        }
        return problems;
    }

    /** The access as the step itself names it. */
    @NonNull
    private AwsAccess ownAccess() {
        return new AwsAccess(region, credentialsId, role, externalId, roleSessionName, endpoint);
    }

    /** The stage that the step works in; null for none. */
    @CheckForNull
    public String getStage() {
        return stage;
    }

    @DataBoundSetter
    public void setStage(@CheckForNull String stage) {
        this.stage = Util.fixEmptyAndTrim(stage);
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
