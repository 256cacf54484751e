package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code codeDeploy}: deploys a revision to a deployment group of CodeDeploy
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html">CreateDeployment</a>). What an
 * argument may be is known to {@link DeploymentRequest} alone; the properties here are for forms and for the Snippet Generator.
 */
public final class CodeDeployStep extends CodeDeployArguments {

    private Object revision;
    private Object wait;
    private Object continueAfterReady;
    private Object stop;
    private Object watch;
    private TargetInstances targetInstances;
    private AutoRollbackOverride autoRollback;
    private AlarmsOverride alarms;

    @DataBoundConstructor
    public CodeDeployStep() {
        // everything is optional: what is needed depends on what is to be done
    }

    /** What is asked of the engine, whatever a stage says. */
    @NonNull
    DeploymentRequest request() {
        return request(null);
    }

    /** What is asked of the engine, with what the step leaves open taken from its stage. */
    @NonNull
    DeploymentRequest request(@CheckForNull ResolvedStage stage) {
        Map<String, Object> all = toMap();
        if (stage != null && continueAfterReady == null && stop == null && watch == null) {
            putIfMissing(all, "application", stage.defaults().getCodeDeployApplication());
            if (!isRegisterOnly()) {
                putIfMissing(all, "deploymentGroup", stage.defaults().getDeploymentGroup());
            }
        }
        put(all, "revision", revision);
        put(all, "wait", wait);
        put(all, "continueAfterReady", continueAfterReady);
        put(all, "stop", stop);
        put(all, "watch", watch);
        put(all, "targetInstances", targetInstances);
        put(all, "autoRollback", autoRollback);
        put(all, "alarms", alarms);
        return new DeploymentRequest(all);
    }

    private static void putIfMissing(Map<String, Object> all, String name, @CheckForNull String value) {
        if (all.get(name) == null && value != null) {
            all.put(name, value);
        }
    }

    private static void put(Map<String, Object> all, String name, @CheckForNull Object value) {
        if (value != null) {
            all.put(name, value instanceof NestedArguments<?> nested ? nested.toMap() : value);
        }
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return problems(null);
    }

    private List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request(stage).problems());
        problems.addAll(abortProblems());
        if (watch != null && getOnAbort() != null && super.stopsOnAbort()) {
            problems.add("onAbort: a deployment that is only watched goes on; leave onAbort out");
        }
        return problems;
    }

    /** What is only watched is not this step's to stop, and no guard was asked about that. */
    @Override
    public boolean stopsOnAbort() {
        return watch == null && super.stopsOnAbort();
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        return new CodeDeployStepExecution(context, this, stage);
    }

    /**
     * What is deployed: {@code workspace}, an address in S3, a map that says where it is, or what another step has returned; null
     * if the application is only restarted.
     */
    @CheckForNull
    public Object getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(@CheckForNull Object revision) {
        this.revision = plain(revision);
    }

    /**
     * How far the deployment is watched: {@code true}, {@code false}, {@code ready} or {@code shifted}; null for the default,
     * {@code true}.
     */
    @CheckForNull
    public Object getWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(@CheckForNull Object wait) {
        Object given = plain(wait);
        this.wait = "true".equals(given) || "false".equals(given) ? Boolean.valueOf(given.toString()) : given;
    }

    /** The deployment that waits to be continued: its id, or what {@code codeDeploy} has returned. */
    @CheckForNull
    public Object getContinueAfterReady() {
        return continueAfterReady;
    }

    @DataBoundSetter
    public void setContinueAfterReady(@CheckForNull Object continueAfterReady) {
        this.continueAfterReady = plain(continueAfterReady);
    }

    /** The deployment that is to be stopped: its id, or what {@code codeDeploy} has returned. */
    @CheckForNull
    public Object getStop() {
        return stop;
    }

    @DataBoundSetter
    public void setStop(@CheckForNull Object stop) {
        this.stop = plain(stop);
    }

    /** The deployment that is only watched: its id, or what {@code codeDeploy} has returned. */
    @CheckForNull
    public Object getWatch() {
        return watch;
    }

    @DataBoundSetter
    public void setWatch(@CheckForNull Object watch) {
        this.watch = plain(watch);
    }

    /** Of a blue/green deployment, the replacement. */
    @CheckForNull
    public TargetInstances getTargetInstances() {
        return targetInstances;
    }

    @DataBoundSetter
    public void setTargetInstances(@CheckForNull TargetInstances targetInstances) {
        this.targetInstances = targetInstances;
    }

    /** When the deployment is rolled back. */
    @CheckForNull
    public AutoRollbackOverride getAutoRollback() {
        return autoRollback;
    }

    @DataBoundSetter
    public void setAutoRollback(@CheckForNull AutoRollbackOverride autoRollback) {
        this.autoRollback = autoRollback;
    }

    /** Which alarms stop the deployment. */
    @CheckForNull
    public AlarmsOverride getAlarms() {
        return alarms;
    }

    @DataBoundSetter
    public void setAlarms(@CheckForNull AlarmsOverride alarms) {
        this.alarms = alarms;
    }

    /** Texts and maps without anything of Groovy's in them; results of other steps as they are. Null if there is nothing. */
    @CheckForNull
    private static Object plain(@CheckForNull Object given) {
        if (given instanceof CharSequence text) {
            return text.toString().isBlank() ? null : text.toString();
        }
        if (given instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
            return plain;
        }
        return given;
    }

    @Extension
    public static final class DescriptorImpl extends CodeDeployStepDescriptor {}
}
