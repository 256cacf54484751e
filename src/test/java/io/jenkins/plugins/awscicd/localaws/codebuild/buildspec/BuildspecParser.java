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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads buildspecs. */
public final class BuildspecParser {

    private static final Set<String> PHASES = Set.of("install", "pre_build", "build", "post_build");

    private BuildspecParser() {}

    /** How often RETRY tries when it does not say. */
    private static final int RETRIES = 3;

    /** RETRY, RETRY-count, RETRY-regex and RETRY-count-regex ("on-failure" in the buildspec reference). */
    private static final Pattern RETRY = Pattern.compile("RETRY(?:-(\\d{1,3}))?(?:-(.+))?", Pattern.DOTALL);

    /** @param yaml version 0.1 or 0.2; also JSON, which is YAML */
    public static Buildspec parse(String yaml) throws BuildspecException {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml.replaceFirst("^\uFEFF", ""));
        } catch (YAMLException e) {
            throw new BuildspecException(e.getMessage());
        }
        Map<String, Object> root = map(document, "buildspec");
        String version = String.valueOf(root.get("version"));
        if (!version.equals("0.1") && !version.equals("0.2")) {
            throw new BuildspecException("Unknown buildspec version: " + version + "; local AWS knows 0.1 and 0.2");
        }
        Map<String, Object> env = map(root.get("env"), "env");
        Map<String, Object> artifacts = map(root.get("artifacts"), "artifacts");
        Map<String, ArtifactSpec> secondary = new LinkedHashMap<>();
        for (Map.Entry<String, Object> one :
                map(artifacts.get("secondary-artifacts"), "secondary-artifacts").entrySet()) {
            secondary.put(one.getKey(), artifact(map(one.getValue(), one.getKey())));
        }
        boolean old = version.equals("0.1");
        return new Buildspec(
                !old,
                shell(env),
                old
                        ? texts(
                                map(root.get("environment_variables"), "environment_variables")
                                        .get("plaintext"),
                                "plaintext")
                        : texts(env.get("variables"), "variables"),
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
                            onFailure(phase),
                            retries(phase),
                            retried(phase)));
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
            default -> {
                if (!retry(phase).matches()) {
                    throw new BuildspecException("on-failure is ABORT, CONTINUE or RETRY-…, not " + value);
                }
                yield OnFailure.DEFAULT;
            }
        };
    }

    private static Matcher retry(Map<String, Object> phase) {
        return RETRY.matcher(String.valueOf(phase.get("on-failure")));
    }

    private static int retries(Map<String, Object> phase) {
        Matcher retry = retry(phase);
        if (!retry.matches()) {
            return 0;
        }
        return retry.group(1) == null ? RETRIES : Integer.parseInt(retry.group(1));
    }

    private static Pattern retried(Map<String, Object> phase) throws BuildspecException {
        Matcher retry = retry(phase);
        try {
            return Pattern.compile(retry.matches() && retry.group(2) != null ? retry.group(2) : "");
        } catch (PatternSyntaxException e) {
            throw new BuildspecException("on-failure: " + e.getMessage());
        }
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
                if (one != null) { // a dash with nothing after it
                    list.add(String.valueOf(one));
                }
            }
        } else if (value != null) {
            list.add(value.toString());
        }
        return list;
    }
}
