package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A place that is delivered to, such as {@code prod}: who steps are to AWS there, what they deploy, and what guards it. */
public final class Stage extends AbstractDescribableImpl<Stage> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final int LONGEST_NAME = 63;

    private final String name;
    private StageAccess access;
    private StageDefaults defaults;
    private StageGuards guards;

    @DataBoundConstructor
    public Stage(@CheckForNull String name) {
        this.name = Util.fixNull(name).strip();
    }

    @NonNull
    public String getName() {
        return name;
    }

    /** Null for that of the configuration page. */
    @CheckForNull
    public StageAccess getAccess() {
        return access;
    }

    @DataBoundSetter
    public void setAccess(@CheckForNull StageAccess access) {
        this.access = access == null || access.isEmpty() ? null : access;
    }

    /** Null for none. */
    @CheckForNull
    public StageDefaults getDefaults() {
        return defaults;
    }

    @DataBoundSetter
    public void setDefaults(@CheckForNull StageDefaults defaults) {
        this.defaults = defaults == null || defaults.isEmpty() ? null : defaults;
    }

    /** Null for a stage that anything may be deployed to. */
    @CheckForNull
    public StageGuards getGuards() {
        return guards;
    }

    @DataBoundSetter
    public void setGuards(@CheckForNull StageGuards guards) {
        this.guards = guards == null || guards.isEmpty() ? null : guards;
    }

    /**
     * Fails unless these stages can stand beside each other.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static void check(@NonNull List<Stage> stages, boolean ofFolder) {
        Set<String> names = new HashSet<>();
        for (Stage stage : stages) {
            String name = stage.name;
            String problem = problem(name);
            if (problem != null) {
                throw new IllegalArgumentException(problem);
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException(Messages.Stage_twice(name));
            }
            StageGuards guards = stage.guards;
            if (guards != null) {
                guards.check(name);
                if (name.equals(guards.getAfter())) {
                    throw new IllegalArgumentException(Messages.Stage_afterItself(name));
                }
            }
            List<String> problems = new ArrayList<>();
            StageAccess access = stage.access;
            if (access != null) {
                problems.addAll(access.access().argumentProblems());
            }
            if (stage.defaults != null) {
                problems.addAll(stage.defaults.problems());
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(name + ": " + String.join("\n" + name + ": ", problems));
            }
            if (ofFolder && access != null && access.getEndpoint() != null && access.getCredentialsId() == null) {
                throw new IllegalArgumentException(name + ": " + Messages.AccessForm_endpointWithoutCredentials());
            }
        }
    }

    @CheckForNull
    private static String problem(String name) {
        if (name.length() > LONGEST_NAME) {
            return Messages.Stage_longName(name.length(), LONGEST_NAME);
        }
        return NAME.matcher(name).matches() ? null : Messages.Stage_badName(name, LONGEST_NAME);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<Stage> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.Stage_displayName();
        }

        /** @param savedName the name before; null of a new stage */
        @POST
        public FormValidation doCheckName(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String savedName) {
            if (!AccessForm.mayConfigure(item)) {
                return FormValidation.ok();
            }
            String problem = problem(Util.fixNull(value).strip());
            if (problem != null) {
                return FormValidation.error(problem);
            }
            String saved = Util.fixEmptyAndTrim(savedName);
            // What uses other stages than those of this very form is not for whoever fills it in.
            boolean ofForm = saved != null
                    && Stages.configured(item).stream()
                            .anyMatch(stage -> stage.getName().equals(saved));
            List<String> uses = ofForm ? StageUses.all(saved, item) : List.of();
            if (uses.isEmpty()) {
                return FormValidation.ok();
            }
            String all = String.join(", ", uses);
            return saved.equals(value.strip())
                    ? FormValidation.ok(Messages.Stage_usedBy(all))
                    : FormValidation.warning(Messages.Stage_renamed(saved, all));
        }

        /** What has to be allowed for what is in the form, and what it leaves open as it is on the configuration page. */
        @POST
        public FormValidation doShowPolicy(
                @AncestorInPath Item item,
                @FormAccess.Fields FormAccess access,
                @QueryParameter String codeBuildProject,
                @QueryParameter String codeDeployApplication,
                @QueryParameter String deploymentGroup,
                @QueryParameter String beanstalkApplication,
                @QueryParameter String environment) {
            AccessForm.checkMayConnect(item);
            FormValidation checked = AccessForm.checkRole(access.access().role());
            if (checked.kind != FormValidation.Kind.OK) {
                return checked;
            }
            StageDefaults defaults = new StageDefaults();
            defaults.setCodeBuildProject(codeBuildProject);
            defaults.setCodeDeployApplication(codeDeployApplication);
            defaults.setDeploymentGroup(deploymentGroup);
            defaults.setBeanstalkApplication(beanstalkApplication);
            defaults.setEnvironment(environment);
            AwsAccess whole = access.whole(item);
            String toAssume = IamPolicy.toAssume(whole);
            String policy = IamPolicy.of(whole, defaults);
            return FormValidation.okWithMarkup(
                    toAssume == null
                            ? shown(Messages.Stage_policyOfCredentials(), policy)
                            : shown(Messages.Stage_policyOfRole(whole.role()), policy)
                                    + shown(Messages.Stage_policyToAssume(), toAssume));
        }

        private static String shown(String title, String policy) {
            return "<p>" + Util.xmlEscape(title) + "</p><pre>" + Util.xmlEscape(policy) + "</pre>";
        }
    }
}
