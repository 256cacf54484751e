package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.Made;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Capabilities;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Stacks that are resources of others. */
final class NestedStacks {

    private final Stacks stacks;

    NestedStacks(Stacks stacks) {
        this.stacks = stacks;
    }

    /** @return what breaks it off */
    Runnable create(Stack parent, ResourceSpec spec, Evaluated values, Consumer<Made> made, Graph.End end) {
        StackSettings settings;
        try {
            settings = settings(parent.settings(), values.real(), Map.of());
        } catch (TemplateError e) {
            stacks.timeline().after(stacks.timing().starting(), () -> end.ended(e.getMessage()));
            return () -> {};
        }
        Stack child = stacks.child(parent, spec.logicalId());
        JsonNode minutes = values.real().path("TimeoutInMinutes");
        child.timeoutInMinutes(minutes.isMissingNode() ? null : Integer.valueOf(minutes.asInt()));
        made.accept(made(child));
        Deployment deployment =
                new Deployment(child, stacks, Deployment.Kind.CREATE, settings, DeploymentOptions.ROLLBACK, failure -> {
                    made.accept(made(child));
                    end.ended(failure);
                });
        deployment.begin();
        return () -> deployment.interrupt("Resource creation cancelled");
    }

    /** @return what breaks it off */
    Runnable update(
            Stack parent, ResourceSpec spec, String childId, Evaluated values, Consumer<Made> changed, Graph.End end) {
        Stack child = stacks.find(childId).orElseThrow();
        StackSettings settings;
        try {
            settings =
                    settings(parent.settings(), values.real(), child.settings().parameters());
        } catch (TemplateError e) {
            stacks.timeline().after(stacks.timing().starting(), () -> end.ended(e.getMessage()));
            return () -> {};
        }
        if (same(child.settings(), settings)) {
            stacks.timeline().after(stacks.timing().starting(), () -> {
                changed.accept(made(child));
                end.ended(null);
            });
            return () -> {};
        }
        Deployment deployment =
                new Deployment(child, stacks, Deployment.Kind.UPDATE, settings, DeploymentOptions.ROLLBACK, failure -> {
                    changed.accept(made(child));
                    end.ended(failure);
                });
        deployment.begin();
        return () -> deployment.interrupt("Resource update cancelled");
    }

    private static boolean same(StackSettings one, StackSettings other) {
        return one.template().body().equals(other.template().body())
                && one.parameters().equals(other.parameters())
                && one.tags().equals(other.tags())
                && one.template().resources().values().stream()
                        .noneMatch(resource -> resource.type().equals(Provisioning.NESTED));
    }

    /** @return what breaks it off: nothing does */
    Runnable undo(String childId, Consumer<Made> changed, Graph.End end) {
        Stack child = stacks.find(childId).orElseThrow();
        Graph.End done = failure -> {
            changed.accept(made(child));
            end.ended(failure);
        };
        if (child.deployment() == null) {
            stacks.timeline().after(stacks.timing().starting(), () -> done.ended(null));
        } else {
            child.deployment().ending().undo(done);
        }
        return () -> {};
    }

    void delete(String childId, Graph.End end) {
        Stack child = stacks.find(childId).orElseThrow();
        if (child.status() == StackStatus.DELETE_COMPLETE) {
            stacks.timeline().after(stacks.timing().starting(), () -> end.ended(null));
            return;
        }
        if (child.deployment() != null) {
            child.deployment().abandon();
            child.deployment(null);
        }
        new Deletion(child, stacks, child.begin("DELETE_STACK", null), false, List.of(), false, failure -> {
                    stacks.published(child);
                    end.ended(
                            failure == null
                                    ? null
                                    : "Embedded stack " + child.id() + " was not successfully deleted: " + failure);
                })
                .begin(null);
    }

    /** The updates of a stack's nested stacks stand. */
    void commit(Stack parent, Runnable end) {
        List<Deployment> pending = new ArrayList<>();
        for (StackResource resource : parent.resources().values()) {
            if (resource.type().equals(Provisioning.NESTED) && resource.physicalId() != null) {
                Deployment deployment = stacks.find(resource.physicalId())
                        .map(Stack::deployment)
                        .orElse(null);
                if (deployment != null && !deployment.creates()) {
                    pending.add(deployment);
                }
            }
        }
        commit(pending.iterator(), end);
    }

    private void commit(Iterator<Deployment> pending, Runnable end) {
        if (pending.hasNext()) {
            pending.next().ending().commit(failure -> commit(pending, end));
        } else {
            end.run();
        }
    }

    private static Made made(Stack child) {
        Map<String, String> attributes = new LinkedHashMap<>();
        child.outputs().forEach(output -> attributes.put("Outputs." + output.key(), output.value()));
        return new Made(child.id(), attributes);
    }

    /** What the properties of an AWS::CloudFormation::Stack say. */
    StackSettings settings(StackSettings parent, JsonNode properties, Map<String, ParameterValue> previous)
            throws TemplateError {
        Template template = Template.parse(
                stacks.templates().text(properties.path("TemplateURL").asText()));
        List<Parameters.Given> given = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : properties.path("Parameters").properties()) {
            given.add(new Parameters.Given(one.getKey(), text(one.getValue()), false));
        }
        List<String> missing = new Capabilities(template).missing(parent.capabilities());
        if (!missing.isEmpty()) {
            throw new TemplateError("Requires capabilities : " + missing);
        }
        Map<String, String> tags = new LinkedHashMap<>(parent.tags());
        properties
                .path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        List<String> topics = new ArrayList<>();
        properties.path("NotificationARNs").forEach(arn -> topics.add(arn.asText()));
        return new StackSettings(
                template,
                new Parameters(template, stacks::stored).values(given, previous),
                tags,
                parent.capabilities(),
                parent.roleArn(),
                topics,
                StackSettings.RollbackTriggers.NONE);
    }

    /** Lists are handed on with commas. */
    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        return String.join(",", items);
    }
}
