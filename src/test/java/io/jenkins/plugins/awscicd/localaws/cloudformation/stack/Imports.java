package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Expressions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Scope;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Hears which exports of other stacks a template asks for: not those in branches of conditions that do not hold. */
final class Imports implements Scope {

    private final Scope scope;
    private final Set<String> names = new TreeSet<>();

    private Imports(Scope scope) {
        this.scope = scope;
    }

    /** Their names. */
    static Set<String> of(Stack stack, StackSettings settings, Stacks stacks) throws TemplateError {
        Imports imports =
                new Imports(StackScope.planned(stack, settings, stacks, false, logicalId -> Optional.empty()));
        Expressions expressions = new Expressions(settings.template(), imports);
        for (ResourceSpec spec : settings.template().resources().values()) {
            if (expressions.wanted(spec.condition())) {
                expressions.properties(spec);
            }
        }
        for (JsonNode output : settings.template().section("Outputs")) {
            if (expressions.wanted(output.path("Condition").textValue())) {
                expressions.evaluate(output.path("Value"));
            }
        }
        return imports.names;
    }

    @Override
    public JsonNode ref(String name) throws TemplateError {
        return scope.ref(name);
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) throws TemplateError {
        return scope.attribute(logicalId, attribute);
    }

    @Override
    public String imported(String export) {
        names.add(export);
        return UNKNOWN;
    }
}
