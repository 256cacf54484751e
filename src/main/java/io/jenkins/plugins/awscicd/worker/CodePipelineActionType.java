package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkSource;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A custom action type whose jobs this controller works on, and where and as whom it polls for them. */
public final class CodePipelineActionType extends AbstractDescribableImpl<CodePipelineActionType> {

    private final String category;
    private final String provider;
    private final String version;
    private StageAccess access;
    /** Patterns of full names, as text; null for all jobs. */
    private String jobs;
    /** Names, as text; null for all. */
    private String projectNames;

    private boolean queryable;
    private boolean exclusive;

    @DataBoundConstructor
    public CodePipelineActionType(
            @CheckForNull String category, @CheckForNull String provider, @CheckForNull String version) {
        this.category = Util.fixNull(category).strip();
        this.provider = Util.fixNull(provider).strip();
        this.version = Util.fixNull(version).strip();
    }

    @NonNull
    public String getCategory() {
        return category;
    }

    @NonNull
    public String getProvider() {
        return provider;
    }

    @NonNull
    public String getVersion() {
        return version;
    }

    /** Null for that of the configuration page. */
    @CheckForNull
    public StageAccess getAccess() {
        return access;
    }

    @DataBoundSetter
    public void setAccess(@CheckForNull StageAccess access) {
        this.access = access == null || access.access().equals(AwsAccess.DEFAULT) ? null : access;
    }

    /** Patterns of the jobs that may do its work; null for all jobs with the trigger. */
    @CheckForNull
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(@CheckForNull String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /** The values of ProjectName that are taken, one a line or separated by commas; null for all. */
    @CheckForNull
    public String getProjectNames() {
        return projectNames;
    }

    @DataBoundSetter
    public void setProjectNames(@CheckForNull String projectNames) {
        this.projectNames = Util.fixEmptyAndTrim(projectNames);
    }

    /** Whether the type's ProjectName is queryable. */
    public boolean isQueryable() {
        return queryable;
    }

    @DataBoundSetter
    public void setQueryable(boolean queryable) {
        this.queryable = queryable;
    }

    /** Whether nobody else works for the type. */
    public boolean isExclusive() {
        return exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @NonNull
    ActionType type() {
        return new ActionType(category, provider, version);
    }

    @NonNull
    AwsAccess whole() {
        return AwsCicdConfiguration.get().access(access);
    }

    /** Whether a job may do its work. */
    boolean allows(@NonNull String jobName) {
        return NamePatterns.of(jobs).allow(jobName);
    }

    @NonNull
    WorkSource source(@NonNull String controller) {
        return new WorkSource(type(), controller, projects(), queryable, exclusive);
    }

    private List<String> projects() {
        return NamePatterns.of(projectNames).patterns();
    }

    /** Tells it from other types and places, and one way of polling from another; it has no secret. */
    @NonNull
    String key() {
        AwsAccess at = whole();
        return String.join(
                " ",
                type().toString(),
                String.valueOf(at.region()),
                String.valueOf(at.credentialsId()),
                String.valueOf(at.role()),
                String.valueOf(at.endpoint()));
    }

    /** What is wrong with it, a sentence each. */
    @NonNull
    List<String> problems() {
        List<String> problems = new ArrayList<>(type().problems());
        problems.addAll(access == null ? List.of() : access.access().argumentProblems());
        if (queryable && projects().isEmpty()) {
            problems.add("projectNames: " + Messages.CodePipelineActionType_queryableWithoutNames());
        }
        return problems;
    }

    @Extension
    @Symbol("codePipelineActionType")
    public static final class DescriptorImpl extends Descriptor<CodePipelineActionType> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineActionType_displayName();
        }

        @POST
        public ListBoxModel doFillCategoryItems() {
            ListBoxModel items = new ListBoxModel();
            ActionType.CATEGORIES.forEach(items::add);
            return items;
        }

        @POST
        public FormValidation doCheckProvider(@QueryParameter String value) {
            return checked(new ActionType("Build", Util.fixNull(value).strip(), "1"));
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            return checked(
                    new ActionType("Build", "Jenkins", Util.fixNull(value).strip()));
        }

        @POST
        public FormValidation doCheckProjectNames(@QueryParameter String value, @QueryParameter boolean queryable) {
            return queryable && Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.CodePipelineActionType_queryableWithoutNames())
                    : FormValidation.ok();
        }

        private static FormValidation checked(ActionType type) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return type.problems().stream()
                    .findFirst()
                    .map(problem -> FormValidation.error(problem.substring(problem.indexOf(": ") + 2)))
                    .orElse(FormValidation.ok());
        }

        /** What registers the type in AWS. AWS is not called. */
        @POST
        public FormValidation doShowRegistration(
                @QueryParameter String category,
                @QueryParameter String provider,
                @QueryParameter String version,
                @QueryParameter boolean queryable) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ActionType type = new ActionType(
                    Util.fixNull(category).strip(),
                    Util.fixNull(provider).strip(),
                    Util.fixNull(version).strip());
            if (!type.problems().isEmpty()) {
                return FormValidation.error(String.join("\n", type.problems()));
            }
            String root = Jenkins.get().getRootUrl();
            return root == null
                    ? FormValidation.error(Messages.CodePipelineActionType_noUrl())
                    : FormValidation.okWithMarkup(Registration.of(type, root, queryable));
        }
    }
}
