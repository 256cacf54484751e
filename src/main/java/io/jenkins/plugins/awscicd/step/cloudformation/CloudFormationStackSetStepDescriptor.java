package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code cloudFormationStackSet} is called and configured. */
public abstract class CloudFormationStackSetStepDescriptor extends TemplateStepDescriptor {

    /** What may be of several types, of which a form has text alone. */
    private static final List<String> TEXTS = List.of(
            "template",
            "parameters",
            "tags",
            "parameterFiles",
            "capabilities",
            "autoDeployment",
            "accounts",
            "organizationalUnits",
            "regions",
            "maxConcurrent",
            "failureTolerance",
            "regionOrder");

    @Override
    public String getFunctionName() {
        return "cloudFormationStackSet";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CloudFormationStackSetStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("stop", "leave");
    }

    /** Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        return namedArgs.get("stackSet") instanceof String name ? name : null;
    }

    /** Makes a step of a form. What may be of several types is set here, as forms have no way of saying which it is. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        Map<String, String> texts = taken(formData, TEXTS);
        Step step = super.newInstance(req, formData);
        if (step instanceof CloudFormationStackSetStep made) {
            set(made, texts);
            made.setAutoDeployment(texts.get("autoDeployment"));
            made.setAccounts(texts.get("accounts"));
            made.setOrganizationalUnits(texts.get("organizationalUnits"));
            made.setRegions(texts.get("regions"));
            made.setMaxConcurrent(texts.get("maxConcurrent"));
            made.setFailureTolerance(texts.get("failureTolerance"));
            made.setRegionOrder(texts.get("regionOrder"));
        }
        return step;
    }

    @POST
    public FormValidation doCheckStackSet(@AncestorInPath Item item, @QueryParameter String value) {
        return checkName(
                item,
                value,
                Messages.CloudFormationStackSetStep_noStackSet(),
                name -> StackSetRequest.problemOf("stackSet", name));
    }
}
