package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.PairLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;

/** How forms have what steps take that make something of a template: of what may be of several types, text alone. */
public abstract class TemplateStepDescriptor extends AwsStepDescriptor {

    /** Takes those fields out of a form that was submitted; an empty text for what is not there. */
    @NonNull
    static Map<String, String> taken(@NonNull JSONObject form, @NonNull List<String> names) {
        Map<String, String> texts = new LinkedHashMap<>();
        names.forEach(name -> texts.put(name, text(form.remove(name))));
        return texts;
    }

    /** Sets what both steps take, which forms have no way of saying the type of. */
    static void set(@NonNull TemplateArguments step, @NonNull Map<String, String> texts) {
        String template = texts.getOrDefault("template", "");
        step.setTemplate(template.strip().contains("\n") ? Map.of("body", template) : template);
        step.setParameters(PairLines.read(texts.get("parameters")));
        step.setTags(PairLines.read(texts.get("tags")));
        step.setParameterFiles(texts.get("parameterFiles"));
        step.setCapabilities(texts.get("capabilities"));
    }

    private static String text(@CheckForNull Object given) {
        return given == null ? "" : given.toString();
    }

    /** A map as lines of {@code Name=value}, for forms. */
    @NonNull
    public final String lines(@CheckForNull Object given) {
        return PairLines.write(given);
    }

    /** What is a text, or is written as one, for forms. */
    @NonNull
    public final String shown(@CheckForNull Object given) {
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

    /**
     * What is wrong with a name in a form.
     *
     * @param missing what is said where there is none
     * @param problemOf what is wrong with a name; null if nothing is
     */
    @NonNull
    static FormValidation checkName(
            @CheckForNull Item item,
            @CheckForNull String value,
            @NonNull String missing,
            @NonNull UnaryOperator<String> problemOf) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            return FormValidation.error(missing);
        }
        String problem = value.contains("$") ? null : problemOf.apply(value.strip());
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }
}
