package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.FormAccess;
import io.jenkins.plugins.awscicd.config.NamesAnswer;
import io.jenkins.plugins.awscicd.engine.codebuild.ProjectNames;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.VariableRows;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code codeBuild} is called and configured. */
public abstract class CodeBuildStepDescriptor extends AwsStepDescriptor {

    private static final String VARIABLES = "environmentVariables";

    @Override
    public String getFunctionName() {
        return "codeBuild";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CodeBuildStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("stop", "leave");
    }

    /** Such as {@code web @ main}, or the id of the build that is followed. Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        Object project = namedArgs.get("project");
        Object version = namedArgs.get("sourceVersion");
        if (namedArgs.get("build") instanceof String build) {
            return build;
        }
        if (!(project instanceof String name)) {
            return null;
        }
        return version instanceof String text ? name + " @ " + text : name;
    }

    /**
     * Makes a step of a form. The variables' rows become a map here; they are taken out of the form's data before anything else
     * sees that, as messages about data that cannot be bound quote it.
     */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        Map<String, Object> variables = VariableRows.toMap(formData.remove(VARIABLES));
        Step step = super.newInstance(req, formData);
        if (step instanceof CodeBuildStep build) {
            build.setEnvironmentVariables(variables);
        }
        return step;
    }

    /** A step's environment variables as rows of its form. */
    @NonNull
    public List<Map<String, String>> rows(@CheckForNull CodeBuildStep step) {
        return step == null ? List.of() : VariableRows.of(step.getEnvironmentVariables());
    }

    @POST
    public FormValidation doCheckProject(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String stage,
            @QueryParameter String build) {
        return value.isBlank()
                        && Util.fixNull(build).isBlank()
                        && defaults(item, stage).getCodeBuildProject() == null
                        && AccessForm.mayConfigure(item)
                ? FormValidation.error(Messages.CodeBuildStep_noProject())
                : FormValidation.ok();
    }

    /** Asks AWS for the projects there are with what is in the form, once somebody wants to see them. */
    @POST
    public HttpResponse doListProjects(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return NamesAnswer.of(item, access, ProjectNames::of);
    }
}
