package io.jenkins.plugins.awscicd.localaws.codebuild.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The batch section of a buildspec ("Batch build buildspec reference" in the CodeBuild user guide). How AWS calls the builds of a matrix
 * and of a fanout is not published: here they are counted.
 *
 * @param fastFail whether the failure of one build stops the others
 */
record BatchSpec(boolean fastFail, List<Task> tasks) {

    /** What cannot be read, in a sentence. */
    static final class SpecException extends Exception {
        private static final long serialVersionUID = 1L;

        SpecException(String message) {
            super(message);
        }
    }

    /**
     * A build of the batch.
     *
     * @param env its environment as in the buildspec: {@code compute-type}, {@code image}, {@code variables} and others
     * @param buildspec null for that of the batch
     */
    record Task(
            String identifier,
            List<String> dependsOn,
            boolean ignoreFailure,
            Map<String, Object> env,
            String buildspec) {}

    static BatchSpec parse(String yaml) throws SpecException {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new SpecException(e.getMessage());
        }
        Map<String, Object> batch = map(map(root).get("batch"));
        List<Task> tasks = new ArrayList<>();
        if (batch.containsKey("build-list")) {
            list(batch.get("build-list")).forEach(one -> tasks.add(task(map(one), "list_" + tasks.size())));
        } else if (batch.containsKey("build-graph")) {
            list(batch.get("build-graph")).forEach(one -> tasks.add(task(map(one), "graph_" + tasks.size())));
        } else if (batch.containsKey("build-matrix")) {
            tasks.addAll(matrix(map(batch.get("build-matrix"))));
        } else if (batch.containsKey("build-fanout")) {
            Map<String, Object> fanout = map(batch.get("build-fanout"));
            int builds = Integer.parseInt(String.valueOf(fanout.getOrDefault("parallelism", 1)));
            for (int i = 0; i < builds; i++) {
                tasks.add(task(fanout, "fanout_" + i));
            }
        } else {
            throw new SpecException("The buildspec has no batch section");
        }
        for (Task task : tasks) {
            for (String other : task.dependsOn()) {
                if (tasks.stream().noneMatch(one -> one.identifier().equals(other))) {
                    throw new SpecException("Invalid identifier in depend-on: " + other);
                }
            }
        }
        return new BatchSpec(flag(batch.get("fast-fail")), tasks);
    }

    private static Task task(Map<String, Object> one, String otherwise) {
        return new Task(
                String.valueOf(one.getOrDefault("identifier", otherwise)),
                list(one.get("depend-on")).stream().map(String::valueOf).toList(),
                flag(one.get("ignore-failure")),
                map(one.get("env")),
                one.get("buildspec") == null ? null : one.get("buildspec").toString());
    }

    private static List<Task> matrix(Map<String, Object> matrix) {
        Map<String, Object> fixed = map(matrix.get("static"));
        Map<String, Object> dynamic = map(matrix.get("dynamic"));
        Map<String, Object> env = new LinkedHashMap<>(map(dynamic.get("env")));
        Map<String, Object> variables = map(env.remove("variables"));
        List<Map<String, Object>> cells = new ArrayList<>(List.of(new LinkedHashMap<>()));
        cells = multiplied(cells, "buildspec", list(dynamic.get("buildspec")));
        for (Map.Entry<String, Object> one : env.entrySet()) {
            cells = multiplied(cells, "env " + one.getKey(), list(one.getValue()));
        }
        for (Map.Entry<String, Object> one : variables.entrySet()) {
            cells = multiplied(cells, "variable " + one.getKey(), list(one.getValue()));
        }
        List<Task> tasks = new ArrayList<>();
        for (Map<String, Object> cell : cells) {
            Map<String, Object> own = new LinkedHashMap<>(map(fixed.get("env")));
            Map<String, Object> ownVariables = new LinkedHashMap<>(map(own.get("variables")));
            cell.forEach((name, value) -> {
                if (name.startsWith("env ")) {
                    own.put(name.substring(4), value);
                } else if (name.startsWith("variable ")) {
                    ownVariables.put(name.substring(9), value);
                }
            });
            own.put("variables", ownVariables);
            Object buildspec = cell.get("buildspec");
            tasks.add(new Task(
                    "matrix_" + tasks.size(),
                    List.of(),
                    flag(fixed.get("ignore-failure")),
                    own,
                    buildspec == null ? null : buildspec.toString()));
        }
        return tasks;
    }

    private static List<Map<String, Object>> multiplied(
            List<Map<String, Object>> cells, String name, List<Object> values) {
        if (values.isEmpty()) {
            return cells;
        }
        List<Map<String, Object>> more = new ArrayList<>();
        for (Map<String, Object> cell : cells) {
            for (Object value : values) {
                Map<String, Object> one = new LinkedHashMap<>(cell);
                one.put(name, value);
                more.add(one);
            }
        }
        return more;
    }

    private static boolean flag(Object value) {
        return Boolean.parseBoolean(String.valueOf(value));
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((name, one) -> map.put(String.valueOf(name), one));
        }
        return map;
    }

    private static List<Object> list(Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : value == null ? List.of() : List.of(value);
    }
}
