package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Expressions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The outputs of a stack. */
public final class Outputs {

    private Outputs() {}

    public static List<Output> of(Stack stack, Template template, Expressions expressions) throws TemplateError {
        List<Output> outputs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> output : template.section("Outputs").properties()) {
            JsonNode node = output.getValue();
            if (!expressions.wanted(node.path("Condition").textValue())) {
                continue;
            }
            JsonNode value = expressions.evaluate(node.path("Value"));
            if (!value.isTextual()) {
                throw new TemplateError("Template format error: Output " + output.getKey()
                        + " is malformed. The Value field of every Outputs member must evaluate to a String.");
            }
            JsonNode export = node.path("Export").path("Name");
            outputs.add(new Output(
                    output.getKey(),
                    value.asText(),
                    node.path("Description").textValue(),
                    export.isMissingNode() ? null : expressions.text(export, "Export")));
        }
        return outputs;
    }
}
