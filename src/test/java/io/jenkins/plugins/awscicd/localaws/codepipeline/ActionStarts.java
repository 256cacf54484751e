package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Artifact;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes runs of actions: their configuration with variables resolved, their artifacts. */
final class ActionStarts {

    private static final Pattern VARIABLE = Pattern.compile("#\\{([^.}]+)\\.([^}]+)}");

    private final Timeline timeline;
    private final Chance chance;

    ActionStarts(Timeline timeline, Chance chance) {
        this.timeline = timeline;
        this.chance = chance;
    }

    ActionRun of(Execution execution, String stage, ObjectNode declaration) {
        Map<String, String> configuration = new TreeMap<>();
        declaration
                .path("configuration")
                .fields()
                .forEachRemaining(one -> configuration.put(
                        one.getKey(), resolved(execution, one.getValue().asText())));
        ActionRun action = new ActionRun(chance.uuid(), execution, stage, declaration, configuration, timeline.now());
        declaration.path("inputArtifacts").forEach(input -> {
            Artifact artifact = execution.artifacts.get(input.path("name").asText());
            if (artifact != null) {
                action.inputs.add(artifact);
            }
        });
        String bucket =
                execution.definition.path("artifactStore").path("location").asText("codepipeline");
        declaration.path("outputArtifacts").forEach(output -> {
            String name = output.path("name").asText();
            String key = execution.pipeline.name() + "/" + name + "/" + chance.mixed(7);
            action.outputs.add(new Artifact(name, bucket, key));
        });
        return action;
    }

    private static String resolved(Execution execution, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String namespace = matcher.group(1);
            String name = matcher.group(2);
            String value =
                    switch (namespace) {
                        case "variables" -> execution.variables.get(name);
                        case "codepipeline" -> name.equals("PipelineExecutionId") ? execution.id : null;
                        default -> execution.namespaces.get(namespace + "." + name);
                    };
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value == null ? matcher.group() : value));
        }
        return matcher.appendTail(resolved).toString();
    }
}
