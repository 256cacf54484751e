package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as a tree of objects, arrays and texts, with the short forms of functions written out. */
final class YamlTree {

    private static final Set<String> FUNCTIONS = Set.of(
            "Base64",
            "Cidr",
            "FindInMap",
            "GetAtt",
            "GetAZs",
            "ImportValue",
            "Join",
            "Select",
            "Split",
            "Sub",
            "Transform",
            "And",
            "Equals",
            "If",
            "Not",
            "Or",
            "Length",
            "ToJsonString",
            "ForEach",
            // of the Rules section
            "ValueOf",
            "ValueOfAll",
            "RefAll",
            "Contains",
            "EachMemberIn",
            "EachMemberEquals");
    private static final Set<String> PLAIN = Set.of("Ref", "Condition");

    private YamlTree() {}

    static JsonNode parse(String body) throws TemplateError {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(body));
            if (root == null) {
                throw new TemplateError("Template format error: unsupported structure.");
            }
            return tree(root);
        } catch (MarkedYAMLException e) {
            throw malformed(e.getProblemMark());
        } catch (YAMLException e) {
            throw malformed(null);
        }
    }

    private static TemplateError malformed(Mark mark) {
        return new TemplateError("Template format error: YAML not well-formed."
                + (mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")"));
    }

    private static JsonNode tree(Node node) throws TemplateError {
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!") || tag.equals("!")) {
            return plain(node);
        }
        String name = tag.substring(1);
        if (PLAIN.contains(name)) {
            return function(name, plain(node));
        }
        if (!FUNCTIONS.contains(name)) {
            throw malformed(node.getStartMark());
        }
        JsonNode argument = plain(node);
        return function("Fn::" + name, name.equals("GetAtt") && argument.isTextual() ? attribute(argument) : argument);
    }

    private static ObjectNode function(String name, JsonNode argument) {
        return JsonNodeFactory.instance.objectNode().set(name, argument);
    }

    /** {@code Resource.Attribute.Of.More} as a pair. */
    private static ArrayNode attribute(JsonNode text) {
        String[] parts = text.asText().split("\\.", 2);
        ArrayNode pair = JsonNodeFactory.instance.arrayNode().add(parts[0]);
        return parts.length == 2 ? pair.add(parts[1]) : pair;
    }

    private static JsonNode plain(Node node) throws TemplateError {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple member : mapping.getValue()) {
                if (!(member.getKeyNode() instanceof ScalarNode key)
                        || key.getTag().equals(Tag.MERGE)) {
                    throw malformed(member.getKeyNode().getStartMark());
                }
                object.set(key.getValue(), tree(member.getValueNode()));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(tree(item));
            }
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.getTag().equals(Tag.NULL) && scalar.isPlain()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL) && scalar.isPlain()) {
            return JsonNodeFactory.instance.textNode(bool(scalar.getValue()));
        }
        return JsonNodeFactory.instance.textNode(scalar.getValue());
    }

    /** YAML 1.1 has {@code yes} and {@code on} as booleans, too. */
    private static String bool(String text) {
        return String.valueOf(Set.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
    }
}
