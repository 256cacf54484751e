package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.PairLines;
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
public abstract class CloudFormationDeployStepDescriptor extends AwsStepDescriptor {

    /** What may be of several types, of which a form has text alone. */
    private static final List<String> TEXTS = List.of(
            "template",
            "parameterFiles",
            "capabilities",
            "notificationArns",
            "rollbackAlarms",
            "stackPolicy",
            "changeSet",
            "retain",
            "continueRollback");

    private static final String PARAMETERS = "parameters";
    private static final String TAGS = "tags";
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
        Map<String, Object> texts = new LinkedHashMap<>();
        TEXTS.forEach(name -> texts.put(name, text(formData.remove(name))));
        String parameters = text(formData.remove(PARAMETERS));
        String tags = text(formData.remove(TAGS));
        String imported = text(formData.remove(IMPORTED));
        Step step = super.newInstance(req, formData);
        if (step instanceof CloudFormationDeployStep deploy) {
            Object template = texts.get("template");
            deploy.setTemplate(
                    template != null && template.toString().strip().contains("\n")
                            ? Map.of("body", template)
                            : template);
            deploy.setParameterFiles(texts.get("parameterFiles"));
            deploy.setCapabilities(texts.get("capabilities"));
            deploy.setNotificationArns(texts.get("notificationArns"));
            deploy.setRollbackAlarms(texts.get("rollbackAlarms"));
            deploy.setStackPolicy(texts.get("stackPolicy"));
            deploy.setChangeSet(texts.get("changeSet"));
            deploy.setRetain(texts.get("retain"));
            deploy.setContinueRollback(texts.get("continueRollback"));
            deploy.setParameters(PairLines.read(parameters));
            deploy.setTags(PairLines.read(tags));
            try {
                deploy.setResourcesToImport(imported.isBlank() ? null : plain(JSONArray.fromObject(imported)));
            } catch (JSONException e) {
                throw new FormException(Messages.CloudFormationDeployStep_noJson(), e, IMPORTED);
            }
        }
        return step;
    }

    static String text(@CheckForNull Object given) {
        return given == null ? "" : given.toString();
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

    /** A map as lines of {@code Name=value}, for forms. */
    @NonNull
    public String lines(@CheckForNull Object given) {
        return PairLines.write(given);
    }

    /** What is a text, or is written as one, for forms. */
    @NonNull
    public static String shown(@CheckForNull Object given) {
        if (given instanceof Map<?, ?> map) {
            Object body = map.get("body");
            return map.size() == 1 && body instanceof String text
                    ? text
                    : map.get("bucket") != null && map.size() == 2
                            ? "s3://" + map.get("bucket") + "/" + map.get("key")
                            : Json.of(map);
        }
        return given instanceof List<?> ? Json.of(given) : text(given);
    }

    @POST
    public FormValidation doCheckStack(@AncestorInPath Item item, @QueryParameter String value) {
        return checkStack(item, value);
    }

    /** What is wrong with a stack's name in a form. */
    @NonNull
    static FormValidation checkStack(@CheckForNull Item item, @CheckForNull String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            return FormValidation.error(Messages.CloudFormationDeployStep_noStack());
        }
        String problem = value.contains("$") ? null : StackRequest.problemOf("stack", value.strip());
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }
}
