package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A resource as a template declares it.
 *
 * @param node its declaration, with nothing evaluated
 */
public record ResourceSpec(String logicalId, ObjectNode node) {

    public String type() {
        return node.path("Type").asText();
    }

    /** Its properties, unevaluated; without members if it has none. */
    public JsonNode properties() {
        return node.path("Properties");
    }

    /** The condition on which there is to be one; {@code null} if there is to be one always. */
    public String condition() {
        return node.path("Condition").textValue();
    }

    /** What becomes of the physical resource once the template does not have it any more. */
    public boolean retained() {
        return node.path("DeletionPolicy").asText().startsWith("Retain");
    }

    /** The same while the stack is still being created: {@code RetainExceptOnCreate} does not retain then. */
    public boolean retainedOnCreate() {
        return node.path("DeletionPolicy").asText().equals("Retain");
    }

    /** What becomes of the physical resource that another one has replaced. */
    public boolean retainedWhenReplaced() {
        return node.path("UpdateReplacePolicy").asText().equals("Retain");
    }

    /** Signals that are waited for before it is complete; 0 for none. */
    public int signals() {
        JsonNode signal = node.path("CreationPolicy").path("ResourceSignal");
        return signal.isObject() ? signal.path("Count").asInt(1) : 0;
    }

    /** For how long they are waited for: five minutes unless the policy says something else. */
    public Duration signalTimeout() {
        try {
            return Duration.parse(node.path("CreationPolicy")
                    .path("ResourceSignal")
                    .path("Timeout")
                    .asText("PT5M"));
        } catch (DateTimeParseException e) {
            return Duration.ofMinutes(5);
        }
    }

    /** What DependsOn names. */
    public List<String> dependsOn() {
        JsonNode named = node.path("DependsOn");
        List<String> names = new ArrayList<>();
        if (named.isTextual()) {
            names.add(named.asText());
        }
        named.forEach(name -> names.add(name.asText()));
        return names;
    }

    /** What it names in any way, resources or parameters. */
    public Set<String> needs() {
        Set<String> needs = new LinkedHashSet<>(dependsOn());
        References.in(properties()).forEach(reference -> needs.add(reference.name()));
        return needs;
    }
}
