package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.FileEntry;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.Hook;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads appspec.yml. */
final class AppSpecParser {

    private static final long LONGEST = 3600;
    private static final Set<String> EVENTS = Set.of(
            "BeforeBlockTraffic",
            "AfterBlockTraffic",
            "ApplicationStop",
            "BeforeInstall",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService",
            "BeforeAllowTraffic",
            "AfterAllowTraffic");
    private static final Set<String> BEHAVIORS = Set.of("DISALLOW", "OVERWRITE", "RETAIN");

    private AppSpecParser() {}

    static AppSpec parse(String yaml) throws HostException {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw invalid(e.getMessage());
        }
        Map<String, Object> root = map(document, "the AppSpec file");
        // A text is no number to the agent.
        if (!(root.get("version") instanceof Number version) || version.doubleValue() != 0) {
            throw invalid("unsupported version: " + root.get("version"));
        }
        Object os = root.get("os");
        if (!"linux".equals(os) && !"windows".equals(os)) {
            throw invalid("unsupported os: " + os);
        }
        boolean windows = os.equals("windows");
        if (windows && !list(root.get("permissions"), "permissions").isEmpty()) {
            throw invalid("permissions are not for windows");
        }
        Object behavior = root.get("file_exists_behavior");
        if (behavior != null && !BEHAVIORS.contains(behavior.toString())) {
            throw invalid("invalid file_exists_behavior: " + behavior);
        }
        return new AppSpec(
                files(root, windows),
                permissions(root),
                hooks(root, windows),
                behavior == null ? null : behavior.toString());
    }

    private static List<FileEntry> files(Map<String, Object> root, boolean windows) throws HostException {
        List<FileEntry> files = new ArrayList<>();
        for (Object one : list(root.get("files"), "files")) {
            Map<String, Object> file = map(one, "files");
            String source = text(file, "source");
            String destination = text(file, "destination");
            files.add(
                    windows
                            ? new FileEntry(source.replace('\\', '/'), destination.replace('\\', '/'))
                            : new FileEntry(source, destination));
        }
        return files;
    }

    private static List<Permission> permissions(Map<String, Object> root) throws HostException {
        List<Permission> permissions = new ArrayList<>();
        for (Object one : list(root.get("permissions"), "permissions")) {
            Map<String, Object> permission = map(one, "permissions");
            text(permission, "object");
            if (permission.get("mode") == null) {
                // Only owners, groups and the like: nothing that could be done here.
                continue;
            }
            List<String> except = new ArrayList<>();
            list(permission.get("except"), "except").forEach(pattern -> except.add(String.valueOf(pattern)));
            List<Object> types = list(permission.get("type"), "type");
            permissions.add(new Permission(
                    text(permission, "object"),
                    String.valueOf(permission.getOrDefault("pattern", "**")),
                    except,
                    mode(permission.get("mode")),
                    types.isEmpty() || types.contains("file"),
                    types.isEmpty() || types.contains("directory")));
        }
        return permissions;
    }

    /** Octal digits, as a number or as text. */
    private static int mode(Object value) throws HostException {
        String text = String.valueOf(value);
        if (!text.matches("[0-7]{1,4}")) {
            throw invalid("invalid mode: " + text);
        }
        return Integer.parseInt(text, 8);
    }

    private static Map<String, List<Hook>> hooks(Map<String, Object> root, boolean windows) throws HostException {
        Map<String, List<Hook>> hooks = new LinkedHashMap<>();
        for (Map.Entry<String, Object> event : map(root.get("hooks"), "hooks").entrySet()) {
            if (!EVENTS.contains(event.getKey())) {
                throw invalid("unknown lifecycle event in hooks: " + event.getKey());
            }
            List<Hook> scripts = new ArrayList<>();
            for (Object one : list(event.getValue(), event.getKey())) {
                Map<String, Object> script = map(one, event.getKey());
                Object timeout = script.get("timeout");
                scripts.add(new Hook(
                        text(script, "location").strip(), timeout == null ? LONGEST : seconds(timeout), windows));
            }
            hooks.put(event.getKey(), scripts);
        }
        return hooks;
    }

    private static long seconds(Object timeout) throws HostException {
        // The agent reads a text as far as it is a number.
        String digits = timeout.toString().strip().replaceFirst("^([+-]?[0-9]*).*$", "$1");
        long seconds = digits.matches("[+-]?[0-9]{1,9}") ? Long.parseLong(digits) : 0;
        if (seconds <= 0) {
            throw invalid("invalid timeout: " + timeout);
        }
        return Math.min(seconds, LONGEST);
    }

    private static String text(Map<String, Object> map, String name) throws HostException {
        Object value = map.get(name);
        if (value == null || value.toString().isEmpty()) {
            throw invalid("the AppSpec file needs a " + name);
        }
        return value.toString();
    }

    private static Map<String, Object> map(Object value, String name) throws HostException {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> read) {
            read.forEach((key, one) -> map.put(String.valueOf(key), one));
        } else if (value != null) {
            throw invalid("expected a mapping at " + name);
        }
        return map;
    }

    private static List<Object> list(Object value, String name) throws HostException {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> read) {
            return new ArrayList<>(read);
        }
        throw invalid("expected a list at " + name);
    }

    private static HostException invalid(String why) {
        return new HostException(
                "The deployment failed because the application specification file is not valid: " + why);
    }
}
