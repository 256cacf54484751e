package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the plugin's part of a file for Jenkins' Configuration as Code: what Jenkins would refuse is refused. */
public final class ConfigurationFile {

    private static final String TOP = "unclassified: awsCicd";
    private static final List<String> ACCESS = List.of("region", "credentialsId", "role", "externalId", "endpoint");
    private static final List<String> DEFAULTS = List.of(
            "codeBuildProject", "codeDeployApplication", "deploymentGroup", "beanstalkApplication", "environment");
    private static final List<String> GUARDS = List.of(
            "approvers",
            "approvals",
            "forbidSelfApproval",
            "oneMoreIfNobodyStarted",
            "after",
            "branches",
            "jobs",
            "allowReplay",
            "closedHours",
            "targets",
            "foldersMayRelax");

    /** As Configuration as Code has it: {@code ${NAME}} or {@code ${NAME:-default}}; a caret before it takes the meaning away. */
    private static final Pattern VARIABLE = Pattern.compile("\\^?\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Path file;
    private final Map<String, String> environment;

    /** @param environment the variables that the file may name */
    public ConfigurationFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** @throws IllegalArgumentException naming what is wrong, and where */
    public Configuration read() throws IOException {
        Object all;
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            all = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getMessage(), e);
        }
        Map<String, Object> part =
                map(map(map(all, "").get("unclassified"), "unclassified").get("awsCicd"), TOP);
        List<String> known = new ArrayList<>(ACCESS);
        known.add("stages");
        check(part, known, TOP);
        if (part.isEmpty()) {
            throw wrong(TOP, "missing; this is where the plugin's region and stages are");
        }
        List<Stage> stages = new ArrayList<>();
        if (part.get("stages") instanceof List<?> list) {
            for (Object one : list) {
                Stage stage = stage(map(one, TOP + ": stages"));
                if (stages.stream().anyMatch(it -> it.name().equals(stage.name()))) {
                    throw wrong("stages", "there are two named '" + stage.name() + "'");
                }
                stages.add(stage);
            }
        }
        return new Configuration(text(part, "region"), stages);
    }

    private Stage stage(Map<String, Object> all) {
        String name = text(all, "name");
        String where = "stage " + name;
        check(all, List.of("name", "access", "defaults", "guards"), where);
        if (name == null) {
            throw wrong("stages", "one has no name");
        }
        Map<String, Object> access = map(all.get("access"), where + ": access");
        check(access, ACCESS, where + ": access");
        Map<String, Object> defaults = map(all.get("defaults"), where + ": defaults");
        check(defaults, DEFAULTS, where + ": defaults");
        Map<String, String> texts = new HashMap<>();
        DEFAULTS.forEach(it -> {
            if (text(defaults, it) != null) {
                texts.put(it, text(defaults, it));
            }
        });
        // Where AWS is, is for the rehearsal to say: the real one must not be reached by a file's endpoint.
        AwsAccess whole = new AwsAccess(
                text(access, "region"),
                text(access, "credentialsId"),
                text(access, "role"),
                text(access, "externalId"),
                null,
                null);
        Guards guards = guards(map(all.get("guards"), where + ": guards"), where + ": guards");
        return new Stage(name, whole, texts, guards.isEmpty() ? null : guards);
    }

    private Guards guards(Map<String, Object> all, String where) {
        check(all, GUARDS, where);
        try {
            ClosedHours.of(text(all, "closedHours"));
        } catch (IllegalArgumentException e) {
            throw wrong(where + ": closedHours", e.getMessage());
        }
        return new Guards(
                policy(all, where),
                text(all, "after"),
                patterns(all, "branches", where),
                patterns(all, "jobs", where),
                text(all, "closedHours"),
                patterns(all, "targets", where));
    }

    private ApprovalPolicy policy(Map<String, Object> all, String where) {
        NamePatterns approvers = patterns(all, "approvers", where);
        String approvals = text(all, "approvals");
        boolean forbidSelf = flag(all, "forbidSelfApproval", where);
        if (approvers == null && approvals == null && !forbidSelf) {
            return null;
        }
        if (approvals != null && !approvals.matches("[1-9]\\d?")) {
            throw wrong(where + ": approvals", "'" + approvals + "' is not a number from 1 to 99");
        }
        return new ApprovalPolicy(
                approvers == null ? List.of() : approvers.patterns(),
                approvals == null ? 1 : Integer.parseInt(approvals),
                forbidSelf,
                false,
                false,
                flag(all, "oneMoreIfNobodyStarted", where));
    }

    private boolean flag(Map<String, Object> all, String name, String where) {
        String text = text(all, name);
        if (text != null && !List.of("true", "false").contains(text)) {
            throw wrong(where + ": " + name, "'" + text + "' is neither true nor false");
        }
        return "true".equals(text);
    }

    /** Null if none are named. */
    private NamePatterns patterns(Map<String, Object> all, String name, String where) {
        String text = text(all, name);
        if (text == null) {
            return null;
        }
        NamePatterns patterns = NamePatterns.of(text);
        if (patterns.isEmpty()) {
            throw wrong(where + ": " + name, "'" + text + "' names nothing");
        }
        return patterns;
    }

    private void check(Map<String, Object> all, List<String> known, String where) {
        for (String key : all.keySet()) {
            if (!known.contains(key)) {
                throw wrong(where, "there is no '" + key + "'; known are " + String.join(", ", known));
            }
        }
    }

    private Map<String, Object> map(Object value, String where) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(where, "is to be a map");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, item) -> all.put(String.valueOf(key), item));
        return all;
    }

    /** Null for what is missing or blank. */
    private String text(Map<String, Object> all, String name) {
        Object value = all.get(name);
        if (value == null) {
            return null;
        }
        Matcher variables = VARIABLE.matcher(String.valueOf(value));
        String text = variables.replaceAll(it -> Matcher.quoteReplacement(
                it.group().startsWith("^")
                        ? it.group().substring(1)
                        : environment.getOrDefault(it.group(1), it.group(2) == null ? "" : it.group(2))));
        return text.isBlank() ? null : text.strip();
    }

    private IllegalArgumentException wrong(String where, String what) {
        return new IllegalArgumentException(file.getFileName() + ": " + where + ": " + what);
    }
}
