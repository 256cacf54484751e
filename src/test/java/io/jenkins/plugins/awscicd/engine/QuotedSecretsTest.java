package io.jenkins.plugins.awscicd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is wrong with an argument is said without quoting what may be a secret in it, whatever its form is. */
class QuotedSecretsTest {

    private static final String SECRET = "open-sesame-4711";

    /** Forms in which a value may be given, of which most are wrong. */
    private static List<Object> forms() {
        return List.of(
                SECRET,
                List.of(SECRET),
                List.of(List.of(SECRET)),
                Map.of("A", List.of(SECRET)),
                Map.of("A", Map.of("value", SECRET, "type", "NONE")),
                Map.of("A", Map.of("valeu", SECRET)),
                Map.of("A B=", SECRET),
                Map.of("", SECRET),
                List.of(Map.of("name", "A", "values", SECRET)),
                List.of(Map.of("namespace", "a", "value", SECRET)),
                List.of(Map.of("namespace", "a", "optionName", "b", "valeu", SECRET)),
                List.of(Map.of("namespace", "a", "optionName", "b", "value", List.of(SECRET))),
                List.of(Map.of("ParameterKey", "A", "Value", SECRET)),
                List.of(Map.of("ParameterKey", "A", "ParameterValue", Map.of("a", SECRET))),
                Map.of("Pass word", SECRET),
                Map.of("Password", Map.of("a", SECRET)));
    }

    private static void assertNotQuoted(
            String argument, Map<String, Object> others, Function<Map<String, Object>, List<String>> problems) {
        List<String> quoting = new ArrayList<>();
        for (Object form : forms()) {
            Map<String, Object> arguments = new LinkedHashMap<>(others);
            arguments.put(argument, form);
            String said;
            try {
                said = String.join("\n", problems.apply(arguments));
            } catch (RuntimeException e) {
                said = String.valueOf(e.getMessage());
            }
            if (said.contains(SECRET)) {
                quoting.add(argument + ": " + form + " says " + said);
            }
        }
        assertEquals(List.of(), quoting);
    }

    @Test
    void noVariableOfABuildIsQuoted() {
        assertNotQuoted("environmentVariables", Map.of("project", "web"), given -> new BuildRequest(given).problems());
    }

    @Test
    void noSettingOfAnEnvironmentIsQuoted() {
        Map<String, Object> others = Map.of("application", "web", "environment", "prod", "version", "v1");
        assertNotQuoted("optionSettings", others, given -> new BeanstalkRequest(given).problems());
    }

    @Test
    void noParameterOfAStackIsQuoted() {
        Map<String, Object> others = Map.of("stack", "web", "template", Map.of("body", "Resources: {}"));
        assertNotQuoted("parameters", others, given -> new StackRequest(given).problems());
        assertFalse(
                new StackRequest(with(others, Map.of("A", SECRET))).toString().contains(SECRET));
    }

    private static Map<String, Object> with(Map<String, Object> others, Object parameters) {
        Map<String, Object> all = new LinkedHashMap<>(others);
        all.put("parameters", parameters);
        return all;
    }
}
