package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.option.Words;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariableType;

/**
 * What {@code environmentVariables} may be: a map of names and values, which are text or {@code [value: …, type: …]}. Messages name
 * the variable, never its value.
 */
final class VariablesArgument {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private static final String RESERVED = "CODEBUILD_";
    /** How a project's variables configure CodeBuild itself, such as CODEBUILD_CONFIG_AUTO_DISCOVER. */
    private static final String CONFIGURATION = "CODEBUILD_CONFIG_";

    private VariablesArgument() {}

    static List<EnvironmentVariable> read(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "must be a map, such as [STAGE: 'test', TOKEN: [value: 'name', type: 'SECRETS_MANAGER']]");
        }
        List<EnvironmentVariable> variables = new ArrayList<>();
        map.forEach((name, value) -> variables.add(environmentVariable(String.valueOf(name), value)));
        return variables;
    }

    private static EnvironmentVariable environmentVariable(String name, Object given) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a valid variable name; use letters, digits and _");
        }
        if (name.startsWith(RESERVED) && !name.startsWith(CONFIGURATION)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be set: names that begin with CODEBUILD_ are reserved for CodeBuild");
        }
        Object value = given;
        String type = EnvironmentVariableType.PLAINTEXT.toString();
        if (given instanceof Map<?, ?> map) {
            Set<String> unknown = new TreeSet<>();
            map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
            unknown.removeAll(Set.of("value", "type"));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException(
                        name + " has " + String.join(", ", unknown) + "; use [value: …, type: …]");
            }
            value = map.get("value");
            type = map.get("type") == null ? type : String.valueOf(map.get("type"));
        }
        if (value == null) {
            throw new IllegalArgumentException(name + " has no value; use '' for an empty one");
        }
        String text = Written.text(value);
        if (text == null) {
            throw new IllegalArgumentException(
                    name + " is a " + Written.kind(value)
                            + "; turn it into text, for example with join(',') for a list, or with quotes around a date in YAML");
        }
        List<String> types = Words.known(EnvironmentVariableType.knownValues());
        if (!types.contains(type)) {
            throw new IllegalArgumentException(
                    name + " has the type '" + type + "', which is not known; use one of " + String.join(", ", types));
        }
        return EnvironmentVariable.builder().name(name).value(text).type(type).build();
    }
}
