package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code cloudFormationDeploy} is called and configured. */
public abstract class CloudFormationDeployStepDescriptor extends TemplateStepDescriptor {

    /** What may be of several types, of which a form has text alone. */
    private static final List<String> TEXTS = List.of(
            "template",
            "parameters",
            "tags",
            "parameterFiles",
            "capabilities",
            "notificationArns",
            "rollbackAlarms",
            "stackPolicy",
            "changeSet",
            "retain",
            "continueRollback",
            "resourcesToImport");

    private static final String IMPORTED = "resourcesToImport";

    @Override
    public String getFunctionName() {
        return "cloudFormationDeploy";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CloudFormationDeployStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("cancel", "leave");
    }

    /** The one mode that there is need not be said. */
    @Override
    @NonNull
    protected Map<String, Object> plain(@NonNull Map<String, Object> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>(arguments);
        plain.remove("mode");
        return plain;
    }

    @Override
    @NonNull
    protected List<String> refused(@NonNull Map<String, Object> arguments) {
        String problem = StackRequest.problemOfMode(arguments.get("mode"));
        return problem == null ? List.of() : List.of("mode: " + problem);
    }

    /** Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        return namedArgs.get("stack") instanceof String stack ? stack : null;
    }

    /** Makes a step of a form. What may be of several types is set here, as forms have no way of saying which it is. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        Map<String, String> texts = taken(formData, TEXTS);
        Step step = super.newInstance(req, formData);
        if (step instanceof CloudFormationDeployStep deploy) {
            set(deploy, texts);
            deploy.setNotificationArns(texts.get("notificationArns"));
            deploy.setRollbackAlarms(texts.get("rollbackAlarms"));
            deploy.setStackPolicy(texts.get("stackPolicy"));
            deploy.setChangeSet(texts.get("changeSet"));
            deploy.setRetain(texts.get("retain"));
            deploy.setContinueRollback(texts.get("continueRollback"));
            String imported = texts.get(IMPORTED);
            try {
                deploy.setResourcesToImport(imported.isBlank() ? null : plain(JSONArray.fromObject(imported)));
            } catch (JSONException e) {
                throw new FormException(Messages.CloudFormationDeployStep_noJson(), e, IMPORTED);
            }
        }
        return step;
    }

    private static List<Object> plain(JSONArray items) {
        List<Object> plain = new ArrayList<>();
        for (Object item : items) {
            plain.add(item instanceof JSONObject map ? plain(map) : item);
        }
        return plain;
    }

    private static Map<String, Object> plain(JSONObject map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        ((Map<?, ?>) map)
                .forEach((name, value) ->
                        plain.put(String.valueOf(name), value instanceof JSONObject inner ? plain(inner) : value));
        return plain;
    }

    @POST
    public FormValidation doCheckStack(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String validate) {
        boolean isMissing = value == null || value.isBlank();
        return isMissing && Boolean.parseBoolean(validate) ? FormValidation.ok() : checkStack(item, value);
    }

    /** What is wrong with a stack's name in a form. */
    @NonNull
    static FormValidation checkStack(@CheckForNull Item item, @CheckForNull String value) {
        return checkName(
                item,
                value,
                Messages.CloudFormationDeployStep_noStack(),
                name -> StackRequest.problemOf("stack", name));
    }
}
