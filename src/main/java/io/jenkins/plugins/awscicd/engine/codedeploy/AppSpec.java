package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The AppSpec file of a deployment to instances, as far as it can be checked before anything is uploaded
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html">AppSpec file reference</a>).
 */
final class AppSpec {

    private static final Set<String> HOOKS = Set.of(
            "ApplicationStop",
            "BeforeInstall",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService",
            "BeforeBlockTraffic",
            "AfterBlockTraffic",
            "BeforeAllowTraffic",
            "AfterAllowTraffic");
    /** What a lifecycle event may take, in seconds. */
    private static final int LONGEST_HOOK = 3600;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> sources = new TreeSet<>();

    AppSpec(@NonNull String content) {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(content);
        } catch (YAMLException e) {
            problems.add("is no YAML: " + inOneLine(e));
            return;
        }
        if (!(document instanceof Map<?, ?> root)) {
            problems.add("is no map with version, os, files and hooks");
            return;
        }
        Object version = root.get("version");
        if (!(version instanceof Number number && number.doubleValue() == 0)) {
            String said = version instanceof String text ? '"' + text + '"' : String.valueOf(version);
            problems.add("has version " + said + "; AWS knows version: 0.0 alone");
        }
        Object os = root.get("os");
        if (!"linux".equals(os) && !"windows".equals(os)) {
            problems.add((os == null ? "has no os" : "has the os '" + os + "'") + "; use os: linux or os: windows");
        }
        files(root.get("files"));
        hooks(root.get("hooks"));
    }

    /** What is wrong and where; without the excerpt, which only makes sense below each other. */
    private static String inOneLine(YAMLException e) {
        Mark mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        String problem = e instanceof MarkedYAMLException marked ? marked.getProblem() : e.getMessage();
        String where = mark == null ? "" : " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        return String.valueOf(problem).lines().findFirst().orElse("").strip() + where;
    }

    private void files(@CheckForNull Object files) {
        for (Object item : list(files, "files")) {
            if (item instanceof Map<?, ?> file && file.get("source") != null && file.get("destination") != null) {
                String source = normal(file.get("source").toString());
                if (!source.isEmpty()) {
                    sources.add(source);
                }
            } else {
                problems.add("has an item in files without source or destination");
            }
        }
    }

    private void hooks(@CheckForNull Object hooks) {
        if (hooks == null) {
            return;
        }
        if (!(hooks instanceof Map<?, ?> byEvent)) {
            problems.add("has hooks that are no map of lifecycle events");
            return;
        }
        byEvent.forEach((event, scripts) -> {
            if (!HOOKS.contains(String.valueOf(event))) {
                problems.add("has hooks for " + event + ", which is no lifecycle event with scripts; known are "
                        + String.join(", ", new TreeSet<>(HOOKS)));
            }
            for (Object item : list(scripts, String.valueOf(event))) {
                hook(String.valueOf(event), item);
            }
        });
    }

    private void hook(String event, @CheckForNull Object item) {
        if (!(item instanceof Map<?, ?> script)
                || script.get("location") == null
                || script.get("location").toString().isBlank()) {
            problems.add("has a script in " + event + " without location");
            return;
        }
        sources.add(normal(script.get("location").toString().strip()));
        Object timeout = script.get("timeout");
        if (timeout != null && !isTimeout(timeout.toString())) {
            problems.add("has the timeout " + timeout + " in " + event + "; use 1 to " + LONGEST_HOOK + " seconds");
        }
    }

    /** The agent takes a number in quotes as well. */
    private static boolean isTimeout(String seconds) {
        return seconds.matches("[0-9]{1,4}")
                && Integer.parseInt(seconds) > 0
                && Integer.parseInt(seconds) <= LONGEST_HOOK;
    }

    private List<?> list(@CheckForNull Object items, String name) {
        if (items == null) {
            return List.of();
        }
        if (items instanceof List<?> list) {
            return list;
        }
        problems.add("has " + name + " that are no list");
        return List.of();
    }

    /** As AWS takes it: relative to the revision's root, however it is written. */
    private static String normal(String path) {
        String normal = path.replace('\\', '/').replaceAll("/+", "/");
        while (normal.startsWith("/") || normal.startsWith("./")) {
            normal = normal.substring(normal.indexOf('/') + 1);
        }
        return normal.equals(".") ? "" : normal.replaceFirst("/$", "");
    }

    /** What is wrong with it, each to follow the file's name; empty if nothing is. */
    @NonNull
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The files and directories of the revision that it names. */
    @NonNull
    List<String> sources() {
        return List.copyOf(sources);
    }
}
