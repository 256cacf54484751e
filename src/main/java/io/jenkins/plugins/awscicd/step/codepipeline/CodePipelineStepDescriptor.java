package io.jenkins.plugins.awscicd.step.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineOperation;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineResult;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.PairLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code codePipeline} is called and configured. */
public abstract class CodePipelineStepDescriptor extends AwsStepDescriptor {

    private static final String PIPELINE = "pipeline";
    private static final String VARIABLES = "variables";
    private static final String REVISIONS = "sourceRevisions";

    @Override
    public String getFunctionName() {
        return "codePipeline";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CodePipelineStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("stop", "abandon", "leave");
    }

    /** Such as {@code web: rollback}. Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        if (!(namedArgs.get(PIPELINE) instanceof String pipeline)) {
            return null;
        }
        return namedArgs.get("operation") instanceof String operation ? pipeline + ": " + operation : pipeline;
    }

    /** Takes the result of another step for the execution that it stands for. */
    @Override
    @NonNull
    protected Map<String, Object> plain(@NonNull Map<String, Object> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>(arguments);
        if (plain.get("execution") instanceof PipelineResult earlier) {
            plain.put("execution", earlier.getId());
            plain.putIfAbsent(PIPELINE, earlier.getPipeline());
        }
        return plain;
    }

    /** What can be done with a pipeline, with commas between them. */
    @NonNull
    public String getOperationWords() {
        return PipelineOperation.words().stream()
                .filter(word -> !word.equals(PipelineOperation.START.word()))
                .collect(Collectors.joining(","));
    }

    /** Makes a step of a form, which has maps and lists as lines. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        String variables = text(formData.remove(VARIABLES));
        String revisions = text(formData.remove(REVISIONS));
        Step step = super.newInstance(req, formData);
        if (step instanceof CodePipelineStep pipeline) {
            pipeline.setVariables(new LinkedHashMap<>(PairLines.read(variables)));
            pipeline.setSourceRevisions(revisions(revisions));
        }
        return step;
    }

    private static String text(@CheckForNull Object given) {
        return given == null ? "" : given.toString();
    }

    /** Lines of an action, the type of its revision, and the revision. */
    private static List<Map<String, String>> revisions(String lines) {
        List<Map<String, String>> revisions = new ArrayList<>();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] parts = line.split("\\s+", 3);
            Map<String, String> revision = new LinkedHashMap<>();
            revision.put("action", parts[0]);
            revision.put("type", parts.length > 1 ? parts[1] : "");
            revision.put("value", parts.length > 2 ? parts[2] : "");
            revisions.add(revision);
        });
        return revisions;
    }

    /** A map as lines of {@code Name=value}, for forms. */
    @NonNull
    public String lines(@CheckForNull Object given) {
        return PairLines.write(given);
    }

    /** Source revisions as lines, for forms. */
    @NonNull
    public String revisionLines(@CheckForNull Object given) {
        return given instanceof Collection<?> several
                ? several.stream()
                        .filter(Map.class::isInstance)
                        .map(Map.class::cast)
                        .map(one -> one.get("action") + " " + one.get("type") + " " + one.get("value"))
                        .collect(Collectors.joining("\n"))
                : "";
    }

    @POST
    public FormValidation doCheckPipeline(@AncestorInPath Item item, @QueryParameter String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            return FormValidation.error(Messages.CodePipelineStep_noPipeline());
        }
        String problem = value.contains("$") ? null : PipelineRequest.problemOf(PIPELINE, value.strip());
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }
}
