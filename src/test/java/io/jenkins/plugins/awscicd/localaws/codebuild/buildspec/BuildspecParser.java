package io.jenkins.plugins.awscicd.localaws.codebuild.buildspec;

import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ArtifactSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.OnFailure;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.PhaseSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ReportSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads buildspecs. */
public final class BuildspecParser {

    private static final Set<String> PHASES = Set.of("install", "pre_build", "build", "post_build");

    private BuildspecParser() {}

    /** @param yaml version 0.2; also JSON, which is YAML */
    public static Buildspec parse(String yaml) throws BuildspecException {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new BuildspecException(e.getMessage());
        }
        Map<String, Object> root = map(document, "buildspec");
        String version = String.valueOf(root.get("version"));
        if (!version.equals("0.2")) {
            throw new BuildspecException("Unknown buildspec version: " + version + "; local AWS knows 0.2");
        }
        Map<String, Object> env = map(root.get("env"), "env");
        Map<String, Object> artifacts = map(root.get("artifacts"), "artifacts");
        Map<String, ArtifactSpec> secondary = new LinkedHashMap<>();
        for (Map.Entry<String, Object> one :
                map(artifacts.get("secondary-artifacts"), "secondary-artifacts").entrySet()) {
            secondary.put(one.getKey(), artifact(map(one.getValue(), one.getKey())));
        }
        return new Buildspec(
                shell(env),
                texts(env.get("variables"), "variables"),
                texts(env.get("parameter-store"), "parameter-store"),
                texts(env.get("secrets-manager"), "secrets-manager"),
                list(env.get("exported-variables"), "exported-variables"),
                phases(root),
                artifacts.containsKey("files") ? artifact(artifacts) : null,
                secondary,
                reports(root));
    }

    private static String shell(Map<String, Object> env) throws BuildspecException {
        String shell = String.valueOf(env.getOrDefault("shell", "sh"));
        return switch (shell) {
            case "sh", "/bin/sh" -> "sh";
            case "bash", "/bin/bash" -> "bash";
            default -> throw new BuildspecException("Local AWS has no shell " + shell);
        };
    }

    private static Map<String, PhaseSpec> phases(Map<String, Object> root) throws BuildspecException {
        Map<String, PhaseSpec> phases = new LinkedHashMap<>();
        for (Map.Entry<String, Object> one : map(root.get("phases"), "phases").entrySet()) {
            if (!PHASES.contains(one.getKey())) {
                throw new BuildspecException("Unknown phase: " + one.getKey());
            }
            Map<String, Object> phase = map(one.getValue(), one.getKey());
            phases.put(
                    one.getKey(),
                    new PhaseSpec(
                            list(phase.get("commands"), "commands"),
                            list(phase.get("finally"), "finally"),
                            onFailure(phase)));
        }
        return phases;
    }

    private static OnFailure onFailure(Map<String, Object> phase) throws BuildspecException {
        Object value = phase.get("on-failure");
        if (value == null) {
            return OnFailure.DEFAULT;
        }
        return switch (String.valueOf(value).toUpperCase(Locale.ROOT)) {
            case "ABORT" -> OnFailure.ABORT;
            case "CONTINUE" -> OnFailure.CONTINUE;
            default -> throw new BuildspecException("Local AWS knows on-failure ABORT and CONTINUE, not " + value);
        };
    }

    private static ArtifactSpec artifact(Map<String, Object> artifact) throws BuildspecException {
        return new ArtifactSpec(
                text(artifact.get("name")),
                list(artifact.get("files"), "files"),
                list(artifact.get("exclude-paths"), "exclude-paths"),
                text(artifact.get("base-directory")),
                String.valueOf(artifact.get("discard-paths")).matches("yes|true"));
    }

    private static Map<String, ReportSpec> reports(Map<String, Object> root) throws BuildspecException {
        Map<String, ReportSpec> reports = new LinkedHashMap<>();
        for (Map.Entry<String, Object> one : map(root.get("reports"), "reports").entrySet()) {
            Map<String, Object> report = map(one.getValue(), one.getKey());
            reports.put(
                    one.getKey(),
                    new ReportSpec(
                            list(report.get("files"), "files"),
                            text(report.get("base-directory")),
                            String.valueOf(report.getOrDefault("file-format", "JUNITXML"))
                                    .toUpperCase(Locale.ROOT)));
        }
        return reports;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Map<String, String> texts(Object value, String name) throws BuildspecException {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value, name).forEach((key, text) -> texts.put(key, text == null ? "" : text.toString()));
        return texts;
    }

    private static Map<String, Object> map(Object value, String name) throws BuildspecException {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> read) {
            read.forEach((key, one) -> map.put(String.valueOf(key), one));
        } else if (value != null) {
            throw new BuildspecException("Expected a mapping at " + name);
        }
        return map;
    }

    private static List<String> list(Object value, String name) throws BuildspecException {
        List<String> list = new ArrayList<>();
        if (value instanceof List<?> read) {
            for (Object one : read) {
                if (one instanceof Map || one instanceof List) {
                    // The usual mistake: an unquoted command with a colon and a space in it.
                    throw new BuildspecException(
                            "Expected " + name + "[" + list.size() + "] to be of string type: found subkeys instead");
                }
                list.add(String.valueOf(one));
            }
        } else if (value != null) {
            list.add(value.toString());
        }
        return list;
    }
}
