package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * An AppSpec file, in YAML or JSON, that says where traffic is to go ("AppSpec file structure" for ECS and Lambda deployments).
 *
 * @param properties of its one resource, such as {@code TargetVersion}
 * @param hooks the functions that are called at lifecycle events
 */
record ShiftSpec(Map<String, String> properties, Map<String, String> hooks) {

    /** It cannot be read, or says too little. */
    static final class Invalid extends Exception {
        private final String code;

        private Invalid(String code, String message) {
            super(message);
            this.code = code;
        }

        Ending ending() {
            return Ending.failed(code, getMessage());
        }
    }

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "AWS::Lambda::Function", List.of("Name", "Alias", "CurrentVersion", "TargetVersion"),
            "AWS::ECS::Service", List.of("TaskDefinition", "LoadBalancerInfo"));

    /** @param revision a RevisionLocation: the text itself, or an object of S3 */
    static ShiftSpec of(JsonNode revision, String platform, S3 s3) throws Invalid {
        Map<?, ?> root = map(load(text(revision, s3)));
        Map<?, ?> resource = first(root.get("Resources"));
        String type = String.valueOf(resource.get("Type"));
        if (!type.equals(platform.equals("ECS") ? "AWS::ECS::Service" : "AWS::Lambda::Function")) {
            throw invalid("Resources must have one resource of the compute platform " + platform + ", not " + type);
        }
        Map<?, ?> found = map(resource.get("Properties"));
        Map<String, String> properties = new LinkedHashMap<>();
        found.forEach((key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        for (String name : REQUIRED.get(type)) {
            if (!properties.containsKey(name)) {
                throw invalid("the property " + name + " is missing");
            }
        }
        Map<String, String> hooks = new LinkedHashMap<>();
        if (root.get("Hooks") instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof Map<?, ?> hook) {
                    hook.forEach((event, function) -> hooks.put(String.valueOf(event), String.valueOf(function)));
                }
            });
        }
        return new ShiftSpec(properties, hooks);
    }

    private static String text(JsonNode revision, S3 s3) throws Invalid {
        if (!revision.path("revisionType").asText().equals("S3")) {
            String member = revision.has("string") ? "string" : "appSpecContent";
            return revision.path(member).path("content").asText();
        }
        String bucket = revision.at("/s3Location/bucket").asText();
        String key = revision.at("/s3Location/key").asText();
        if (!s3.exists(bucket) || s3.object(bucket, key).isEmpty()) {
            throw new Invalid(
                    "REVISION_MISSING", "The AppSpec file could not be found in S3: s3://" + bucket + "/" + key);
        }
        return new String(s3.bytes(bucket, key), StandardCharsets.UTF_8);
    }

    private static Object load(String text) throws Invalid {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw invalid(e.getMessage());
        }
    }

    private static Map<?, ?> first(Object resources) throws Invalid {
        if (resources instanceof List<?> list && !list.isEmpty()) {
            Map<?, ?> named = map(list.get(0));
            if (!named.isEmpty()) {
                return map(named.values().iterator().next());
            }
        }
        throw invalid("Resources is missing");
    }

    private static Map<?, ?> map(Object value) throws Invalid {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw invalid("a mapping was expected");
    }

    private static Invalid invalid(String why) {
        return new Invalid("INVALID_REVISION", "The AppSpec file is not valid: " + why);
    }
}
