package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The values that the parameters of a template get from a request. */
public final class Parameters {

    /**
     * What a request says of one.
     *
     * @param value {@code null} if it gives none
     * @param usePrevious whether the stack's own value is to be kept
     */
    public record Given(String key, String value, boolean usePrevious) {}

    private final Template template;
    private final Function<String, Optional<String>> store;

    /** @param store what Parameter Store has under a name */
    public Parameters(Template template, Function<String, Optional<String>> store) {
        this.template = template;
        this.store = store;
    }

    /** @param previous what the stack has so far */
    public Map<String, ParameterValue> values(List<Given> given, Map<String, ParameterValue> previous)
            throws TemplateError {
        Map<String, String> texts = new LinkedHashMap<>();
        TreeSet<String> unknown = new TreeSet<>();
        for (Given one : given) {
            if (!template.parameters().containsKey(one.key())) {
                unknown.add(one.key());
            } else if (one.usePrevious()) {
                texts.put(one.key(), kept(one, previous));
            } else if (one.value() != null) {
                texts.put(one.key(), one.value());
            }
        }
        if (!unknown.isEmpty()) {
            throw new TemplateError("Parameters: " + unknown + " do not exist in the template");
        }
        List<String> missing = new ArrayList<>();
        for (ParameterSpec spec : template.parameters().values()) {
            if (!texts.containsKey(spec.name()) && spec.defaultValue() == null) {
                missing.add(spec.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new TemplateError("Parameters: " + missing + " must have values");
        }
        return values(texts);
    }

    private static String kept(Given one, Map<String, ParameterValue> previous) throws TemplateError {
        if (one.value() != null) {
            throw new TemplateError("Invalid input for parameter key " + one.key()
                    + ". Cannot specify usePreviousValue as true and non-empty value for a parameter");
        }
        ParameterValue before = previous.get(one.key());
        if (before == null) {
            throw new TemplateError("Invalid input for parameter key " + one.key()
                    + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
        }
        return before.value();
    }

    private Map<String, ParameterValue> values(Map<String, String> texts) throws TemplateError {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        List<String> absent = new ArrayList<>();
        for (ParameterSpec spec : template.parameters().values()) {
            String text = texts.getOrDefault(spec.name(), spec.defaultValue());
            String resolved = null;
            if (spec.stored()) {
                resolved = store.apply(text).orElse(null);
                if (resolved == null) {
                    absent.add(text);
                }
            }
            spec.check(text);
            values.put(spec.name(), new ParameterValue(spec, text, resolved));
        }
        if (!absent.isEmpty()) {
            throw new TemplateError("Unable to fetch parameters " + absent + " from parameter store for this account.");
        }
        return values;
    }
}
