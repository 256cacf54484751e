package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.Attributes;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Scope;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.Optional;
import java.util.function.Function;

/** What names in a stack's template stand for. */
public final class StackScope implements Scope {

    private final Stack stack;
    private final StackSettings settings;
    private final Stacks stacks;
    private final Function<String, Optional<Physical>> resources;
    private final boolean planned;
    private final boolean shown;

    private StackScope(
            Stack stack,
            StackSettings settings,
            Stacks stacks,
            Function<String, Optional<Physical>> resources,
            boolean planned,
            boolean shown) {
        this.stack = stack;
        this.settings = settings;
        this.stacks = stacks;
        this.resources = resources;
        this.planned = planned;
        this.shown = shown;
    }

    /**
     * While resources are made.
     *
     * @param shown whether what must not be seen is not
     */
    static StackScope of(Stack stack, StackSettings settings, Stacks stacks, boolean shown) {
        return new StackScope(
                stack,
                settings,
                stacks,
                name -> stack.resource(name).map(StackResource::physical).filter(physical -> physical.id() != null),
                false,
                shown);
    }

    /**
     * While it is only computed what would be done.
     *
     * @param known the physical resources that will be the same
     */
    public static StackScope planned(
            Stack stack,
            StackSettings settings,
            Stacks stacks,
            boolean shown,
            Function<String, Optional<Physical>> known) {
        return new StackScope(stack, settings, stacks, known, true, shown);
    }

    @Override
    public JsonNode ref(String name) throws TemplateError {
        ParameterValue parameter = settings.parameters().get(name);
        if (parameter != null) {
            return shown ? parameter.shownNode() : parameter.node();
        }
        if (name.startsWith("AWS::")) {
            return pseudo(name);
        }
        return text(physical(name).map(Physical::id).orElse(UNKNOWN));
    }

    private JsonNode pseudo(String name) throws TemplateError {
        Place place = stacks.place();
        return switch (name) {
            case "AWS::AccountId" -> text(place.account());
            case "AWS::Region" -> text(place.region());
            case "AWS::Partition" -> text(place.partition());
            case "AWS::URLSuffix" -> text(place.partition().equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com");
            case "AWS::StackName" -> text(stack.name());
            case "AWS::StackId" -> text(stack.id());
            case "AWS::NotificationARNs" -> {
                ArrayNode arns = JsonNodeFactory.instance.arrayNode();
                settings.notificationArns().forEach(arns::add);
                yield arns;
            }
            default ->
                throw new TemplateError("Template format error: Unresolved resource dependencies [" + name
                        + "] in the Resources block of the template");
        };
    }

    /** Empty if it is only computed what would be, and this is not known yet. */
    private Optional<Physical> physical(String logicalId) throws TemplateError {
        Optional<Physical> physical = resources.apply(logicalId);
        if (physical.isEmpty() && !planned) {
            throw new TemplateError(
                    "Unresolved resource dependencies [" + logicalId + "] in the Resources block of the template");
        }
        return physical;
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) throws TemplateError {
        Optional<Physical> physical = physical(logicalId);
        if (physical.isEmpty()) {
            return text(UNKNOWN);
        }
        String value = physical.get().attributes().get(attribute);
        if (value != null) {
            return text(value);
        }
        if (Attributes.list(attribute).isPresent()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            Attributes.list(attribute).get().forEach(list::add);
            return list;
        }
        ResourceSpec spec = physical.get().spec();
        return text(
                Attributes.madeUp(stacks.place(), spec.type(), physical.get().id(), attribute)
                        .orElseThrow(() -> new TemplateError("Template error: resource " + logicalId
                                + " does not support attribute type " + attribute + " in Fn::GetAtt")));
    }

    @Override
    public String imported(String export) throws TemplateError {
        return stacks.exports()
                .value(export)
                .orElseThrow(() -> new TemplateError("No export named " + export + " found."));
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
