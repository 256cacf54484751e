package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.PairLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code cloudFormationStackSet} is called and configured. */
public abstract class CloudFormationStackSetStepDescriptor extends AwsStepDescriptor {

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
        Map<String, String> texts = new LinkedHashMap<>();
        TEXTS.forEach(name -> texts.put(name, CloudFormationDeployStepDescriptor.text(formData.remove(name))));
        Step step = super.newInstance(req, formData);
        if (step instanceof CloudFormationStackSetStep made) {
            String template = texts.get("template");
            made.setTemplate(template.strip().contains("\n") ? Map.of("body", template) : template);
            made.setParameters(PairLines.read(texts.get("parameters")));
            made.setTags(PairLines.read(texts.get("tags")));
            made.setParameterFiles(texts.get("parameterFiles"));
            made.setCapabilities(texts.get("capabilities"));
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

    /** A map as lines of {@code Name=value}, for forms. */
    @NonNull
    public String lines(@CheckForNull Object given) {
        return PairLines.write(given);
    }

    /** What is a text, or is written as one, for forms. */
    @NonNull
    public String shown(@CheckForNull Object given) {
        return CloudFormationDeployStepDescriptor.shown(given);
    }

    @POST
    public FormValidation doCheckStackSet(@AncestorInPath Item item, @QueryParameter String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            return FormValidation.error(Messages.CloudFormationStackSetStep_noStackSet());
        }
        String problem = value.contains("$") ? null : StackSetRequest.problemOf("stackSet", value.strip());
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }
}
