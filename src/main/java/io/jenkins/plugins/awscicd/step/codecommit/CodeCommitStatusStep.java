package io.jenkins.plugins.awscicd.step.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codecommit.RunState;
import io.jenkins.plugins.awscicd.engine.codecommit.StatusRequest;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import io.jenkins.plugins.awscicd.step.AwsAccessStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code codeCommitStatus}: tells a pull request how the run stands, in one comment, and approves it. */
public final class CodeCommitStatusStep extends AwsAccessStep {

    private String pullRequest;
    private String commit;
    private String state;
    private String message;
    private boolean approve;

    @DataBoundConstructor
    public CodeCommitStatusStep() {
        // everything is optional
    }

    /** The number of the pull request; null for the one that the run builds. */
    @CheckForNull
    public String getPullRequest() {
        return pullRequest;
    }

    @DataBoundSetter
    public void setPullRequest(@CheckForNull String pullRequest) {
        this.pullRequest = Util.fixEmptyAndTrim(pullRequest);
    }

    /** The commit that is told of; null for the one that the run builds. */
    @CheckForNull
    public String getCommit() {
        return commit;
    }

    @DataBoundSetter
    public void setCommit(@CheckForNull String commit) {
        this.commit = Util.fixEmptyAndTrim(commit);
    }

    /** A word of {@link RunState}; null for what the run is now. */
    @CheckForNull
    public String getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(@CheckForNull String state) {
        this.state = Util.fixEmptyAndTrim(state);
    }

    /** Markdown below the verdict; null for none. */
    @CheckForNull
    public String getMessage() {
        return message;
    }

    @DataBoundSetter
    public void setMessage(@CheckForNull String message) {
        this.message = Util.fixEmptyAndTrim(message);
    }

    /** Whether a success approves the pull request, and anything else revokes that. */
    public boolean isApprove() {
        return approve;
    }

    @DataBoundSetter
    public void setApprove(boolean approve) {
        this.approve = approve;
    }

    /** Whether the step says itself who it is to AWS. */
    boolean hasOwnAccess() {
        return getStage() != null
                || getRegion() != null
                || getCredentialsId() != null
                || getRole() != null
                || getEndpoint() != null;
    }

    @NonNull
    StatusRequest request() {
        return new StatusRequest(pullRequest, commit, state, message, approve);
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request().problems());
        return problems;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        return new CodeCommitStatusStepExecution(context, this, stage);
    }

    @Extension
    public static final class DescriptorImpl extends AwsAccessStepDescriptor {

        @Override
        public String getFunctionName() {
            return "codeCommitStatus";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodeCommitStatusStep_displayName();
        }

        /** Arguments may be missing, or be no texts. */
        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return namedArgs.get("state") instanceof String state ? state : null;
        }

        /** For the form. */
        @NonNull
        public List<String> getStateWords() {
            return RunState.words();
        }

        @POST
        public FormValidation doCheckPullRequest(@AncestorInPath Item item, @QueryParameter String value) {
            CodeCommitStatusStep step = new CodeCommitStatusStep();
            step.setPullRequest(value);
            return check(item, step, value);
        }

        @POST
        public FormValidation doCheckCommit(@AncestorInPath Item item, @QueryParameter String value) {
            CodeCommitStatusStep step = new CodeCommitStatusStep();
            step.setCommit(value);
            return check(item, step, value);
        }

        private static FormValidation check(Item item, CodeCommitStatusStep step, String value) {
            if (!AccessForm.mayConfigure(item) || value.contains("$")) {
                return FormValidation.ok();
            }
            return step.problems(null).stream()
                    .findFirst()
                    .map(problem -> FormValidation.error(problem.substring(problem.indexOf(": ") + 2)))
                    .orElse(FormValidation.ok());
        }
    }
}
