package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.ComboBoxModel;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** Has a job do the work of actions of CodePipeline that name it. */
public final class CodePipelineJobTrigger extends Trigger<Job<?, ?>> {

    private String actionType;
    private String projectName;

    @DataBoundConstructor
    public CodePipelineJobTrigger() {
        // everything is optional
    }

    /** Such as {@code Build/Jenkins/1}; null for all of the controller that allow the job. */
    @CheckForNull
    public String getActionType() {
        return actionType;
    }

    @DataBoundSetter
    public void setActionType(@CheckForNull String actionType) {
        this.actionType = Util.fixEmptyAndTrim(actionType);
    }

    /** What actions call the job; null for its full name. */
    @CheckForNull
    public String getProjectName() {
        return projectName;
    }

    @DataBoundSetter
    public void setProjectName(@CheckForNull String projectName) {
        this.projectName = Util.fixEmptyAndTrim(projectName);
    }

    /** Whether an action of a type with this ProjectName means a job with this trigger. */
    boolean matches(@NonNull String type, @NonNull String project, @NonNull String jobName) {
        return (actionType == null || actionType.equals(type))
                && project.equals(projectName == null ? jobName : projectName);
    }

    /** Null if a job has none. */
    @CheckForNull
    static CodePipelineJobTrigger of(@NonNull Job<?, ?> job) {
        return ParameterizedJobMixIn.getTrigger(job, CodePipelineJobTrigger.class);
    }

    @Extension
    @Symbol("codePipelineJob")
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineJobTrigger_displayName();
        }

        /** The types that allow the job. */
        @POST
        public ComboBoxModel doFillActionTypeItems(@AncestorInPath Item item) {
            ComboBoxModel items = new ComboBoxModel();
            if (item != null && item.hasPermission(Item.CONFIGURE)) {
                CodePipelineActions.get().getActionTypes().stream()
                        .filter(type -> type.allows(item.getFullName()))
                        .forEach(type -> items.add(type.type().toString()));
            }
            return items;
        }
    }
}
