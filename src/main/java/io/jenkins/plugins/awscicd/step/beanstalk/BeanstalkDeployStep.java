package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
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
 * {@code beanstalkDeploy}: makes a version of an application of Elastic Beanstalk and deploys it to an environment
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html">UpdateEnvironment</a>). What an
 * argument may be is known to {@link BeanstalkRequest} alone; the properties here are for forms and for the Snippet Generator.
 */
public final class BeanstalkDeployStep extends BeanstalkArguments {

    private Object bundle;
    private Map<String, Object> tags;
    private Map<String, Object> environmentTags;
    private List<OptionSetting> optionSettings;
    private List<OptionToRemove> optionsToRemove;
    private Object continueBlueGreen;
    private Object discardBlueGreen;

    @DataBoundConstructor
    public BeanstalkDeployStep() {
        // everything is optional: what is needed depends on what is to be done
    }

    /** What is asked of the engine, whatever a stage says. */
    @NonNull
    BeanstalkRequest request() {
        return request(null);
    }

    /** What is asked of the engine, with what the step leaves open taken from its stage. */
    @NonNull
    BeanstalkRequest request(@CheckForNull ResolvedStage stage) {
        Map<String, Object> all = toMap();
        if (stage != null) {
            putIfMissing(all, "application", stage.defaults().getBeanstalkApplication());
        }
        if (stage != null && continueBlueGreen == null && discardBlueGreen == null) {
            putIfMissing(all, "environment", stage.defaults().getEnvironment());
        }
        put(all, "bundle", bundle);
        put(all, "tags", tags);
        put(all, "environmentTags", environmentTags);
        put(all, "optionSettings", plain(optionSettings));
        put(all, "optionsToRemove", plain(optionsToRemove));
        put(all, "continueBlueGreen", continueBlueGreen);
        put(all, "discardBlueGreen", discardBlueGreen);
        return new BeanstalkRequest(all);
    }

    @CheckForNull
    private static List<Map<String, Object>> plain(@CheckForNull List<? extends NestedArguments<?>> rows) {
        return rows == null ? null : rows.stream().map(NestedArguments::toMap).toList();
    }

    private static void put(Map<String, Object> all, String name, @CheckForNull Object value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private static void putIfMissing(Map<String, Object> all, String name, @CheckForNull String value) {
        if (all.get(name) == null && value != null) {
            all.put(name, value);
        }
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    List<String> problems() {
        return problems(null);
    }

    private List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request(stage).problems());
        problems.addAll(abortProblems());
        return problems;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        return new BeanstalkDeployStepExecution(context, this, stage);
    }

    /**
     * What a version is made of: a file or directory of the workspace, an address in S3, a map of bucket and key, or what another
     * step has returned; null if a version that already exists is deployed.
     */
    @CheckForNull
    public Object getBundle() {
        return bundle;
    }

    @DataBoundSetter
    public void setBundle(@CheckForNull Object bundle) {
        this.bundle = orNull(bundle);
    }

    /** Tags of the version, by key. */
    @CheckForNull
    public Map<String, Object> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(@CheckForNull Map<String, Object> tags) {
        this.tags = orNull(tags);
    }

    /** Tags of an environment that is made, by key. */
    @CheckForNull
    public Map<String, Object> getEnvironmentTags() {
        return environmentTags;
    }

    @DataBoundSetter
    public void setEnvironmentTags(@CheckForNull Map<String, Object> environmentTags) {
        this.environmentTags = orNull(environmentTags);
    }

    /** What the environment is set to. */
    @CheckForNull
    public List<OptionSetting> getOptionSettings() {
        return optionSettings;
    }

    @DataBoundSetter
    public void setOptionSettings(@CheckForNull List<OptionSetting> optionSettings) {
        this.optionSettings = optionSettings == null || optionSettings.isEmpty() ? null : List.copyOf(optionSettings);
    }

    /** Which settings of the environment are taken back. */
    @CheckForNull
    public List<OptionToRemove> getOptionsToRemove() {
        return optionsToRemove;
    }

    @DataBoundSetter
    public void setOptionsToRemove(@CheckForNull List<OptionToRemove> optionsToRemove) {
        this.optionsToRemove =
                optionsToRemove == null || optionsToRemove.isEmpty() ? null : List.copyOf(optionsToRemove);
    }

    /** The green environment that waits for its swap: what {@code beanstalkDeploy} has returned, or the environment's id or name. */
    @CheckForNull
    public Object getContinueBlueGreen() {
        return continueBlueGreen;
    }

    @DataBoundSetter
    public void setContinueBlueGreen(@CheckForNull Object continueBlueGreen) {
        this.continueBlueGreen = orNull(continueBlueGreen);
    }

    /** The green environment that is not to become live: what {@code beanstalkDeploy} has returned, or its id or name. */
    @CheckForNull
    public Object getDiscardBlueGreen() {
        return discardBlueGreen;
    }

    @DataBoundSetter
    public void setDiscardBlueGreen(@CheckForNull Object discardBlueGreen) {
        this.discardBlueGreen = orNull(discardBlueGreen);
    }

    /** Texts without anything of Groovy's in them, the rest as it is. Null if there is nothing. */
    @CheckForNull
    private static Object orNull(@CheckForNull Object given) {
        if (given instanceof CharSequence text) {
            return text.toString().isBlank() ? null : text.toString();
        }
        return given;
    }

    @CheckForNull
    private static Map<String, Object> orNull(@CheckForNull Map<String, Object> given) {
        return given == null || given.isEmpty() ? null : new LinkedHashMap<>(given);
    }

    @Extension
    public static final class DescriptorImpl extends BeanstalkDeployStepDescriptor {}
}
