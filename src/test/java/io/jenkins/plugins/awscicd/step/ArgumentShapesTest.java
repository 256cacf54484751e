package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.model.Descriptor.FormException;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Every argument of every step, and of every part of one, given right in each shape that a script may have it in: what is read from JSON
 * or YAML, what another step has returned, Groovy's own. A step is made of each, where Pipeline is as lenient as it is in production.
 */
@WithSharedJenkins
class ArgumentShapesTest {

    private static final String SECRET = "hunter22";

    private boolean strict;

    @BeforeAll
    static void setUp(@SuppressWarnings("unused") JenkinsRule jenkins) {
        // descriptors are looked up in Jenkins
    }

    @BeforeEach
    void asInProduction() {
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterEach
    void asBefore() {
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
    }

    /** What is given for an argument, and what the step is then to have; null if that is for the engine to say. */
    private record Shape(Object given, Object kept) {}

    private static final class Table {

        final List<String> wrong = new ArrayList<>();
        int tried;

        private final AwsAccessStepDescriptor descriptor;

        Table(AwsAccessStepDescriptor descriptor) {
            this.descriptor = descriptor;
            all(descriptor.clazz, List.of());
        }

        /** @param into names of the parts that it is in, with an asterisk for an item of a list */
        private void all(Class<?> type, List<String> into) {
            for (DescribableParameter parameter : new DescribableModel<>(type).getParameters()) {
                Type wanted = parameter.getType().getActualType();
                for (Shape shape : shapes(wanted)) {
                    attempt(into, parameter.getName(), shape);
                }
                Class<?> part = part(wanted);
                if (part != null) {
                    List<String> deeper = new ArrayList<>(into);
                    deeper.add(parameter.getName() + (part == wanted ? "" : "*"));
                    all(part, deeper);
                }
            }
        }

        private static Class<?> part(Type wanted) {
            Type type = wanted instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : wanted;
            return type instanceof Class<?> plain && NestedArguments.class.isAssignableFrom(plain) ? plain : null;
        }

        private static List<Shape> shapes(Type wanted) {
            List<Shape> shapes =
                    new ArrayList<>(List.of(new Shape(null, null), new Shape(JSONNull.getInstance(), null)));
            Class<?> type =
                    wanted instanceof Class<?> plain ? plain : (Class<?>) ((ParameterizedType) wanted).getRawType();
            if (type == String.class) {
                shapes.add(new Shape("x", "x"));
                shapes.add(new Shape(groovy("x"), "x"));
                shapes.add(new Shape(7, "7"));
                shapes.add(new Shape(7L, "7"));
                shapes.add(new Shape(new BigDecimal("1.20"), "1.20"));
                shapes.add(new Shape(true, "true"));
                shapes.add(new Shape('c', "c"));
                shapes.add(new Shape(TimeUnit.DAYS, "DAYS"));
                shapes.add(new Shape(new UUID(1, 2), new UUID(1, 2).toString()));
            } else if (type == boolean.class || type == Boolean.class) {
                for (Object yes : List.of(true, "true", "TRUE", "True", groovy("true"))) {
                    shapes.add(new Shape(yes, true));
                }
                shapes.add(new Shape("False", false));
            } else if (type == int.class || type == Integer.class) {
                for (Object seven : List.of(
                        7,
                        7L,
                        (short) 7,
                        BigInteger.valueOf(7),
                        new BigDecimal("7.0"),
                        7.0,
                        "7",
                        " 7\n",
                        "7.0",
                        groovy("7"))) {
                    shapes.add(new Shape(seven, 7));
                }
            } else if (List.class.isAssignableFrom(type)) {
                Class<?> part = part(wanted);
                if (part != null
                        || List.of(String.class)
                                .equals(List.of(((ParameterizedType) wanted).getActualTypeArguments()))) {
                    Object item = part == null ? groovy("x") : Map.of();
                    shapes.add(new Shape(List.of(item), null));
                    shapes.add(new Shape(new Object[] {item}, null));
                    shapes.add(new Shape(new LinkedHashSet<>(List.of(item)), null));
                    shapes.add(new Shape(JSONArray.fromObject(part == null ? List.of("x") : List.of(Map.of())), null));
                    if (part == null) {
                        shapes.add(new Shape("a,b".split(","), List.of("a", "b")));
                        shapes.add(new Shape("a, b", List.of("a", "b")));
                        shapes.add(new Shape(groovy("a"), List.of("a")));
                        shapes.add(new Shape(List.of(7), List.of("7")));
                    }
                }
            } else if (Map.class.isAssignableFrom(type)) {
                shapes.add(new Shape(Map.of("a", "b"), null));
                shapes.add(new Shape(Map.of(groovy("a"), groovy("b")), null));
                shapes.add(new Shape(Map.of(80, 443), null));
                shapes.add(new Shape(JSONObject.fromObject("{\"a\": null, \"b\": {\"value\": 1}}"), null));
            } else if (NestedArguments.class.isAssignableFrom(type)) {
                shapes.add(new Shape(Map.of(), null));
                shapes.add(new Shape(Map.of("$class", type.getSimpleName()), null));
                shapes.add(new Shape(Map.of("$class", type.getName()), null));
                shapes.add(new Shape(new JSONObject(), null));
            } else if (type == Object.class) {
                shapes.add(new Shape(groovy("x"), "x"));
                shapes.add(new Shape(JSONObject.fromObject("{\"bucket\": \"b\", \"key\": null}"), null));
            }
            return shapes;
        }

        private void attempt(List<String> into, String name, Shape shape) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            arguments.put(name, shape.given());
            for (int i = into.size(); i-- > 0; ) {
                String part = into.get(i);
                Map<String, Object> whole = new LinkedHashMap<>();
                whole.put(part.replace("*", ""), part.endsWith("*") ? new ArrayList<>(List.of(arguments)) : arguments);
                arguments = whole;
            }
            tried++;
            String what = descriptor.getFunctionName() + " " + String.join(".", into) + " " + name + ": "
                    + (shape.given() == null ? "null" : shape.given().getClass().getSimpleName() + " " + shape.given());
            try {
                Step step = descriptor.newInstance(arguments);
                Object kept = kept(DescribableModel.uninstantiate2_(step), into, name);
                // What is as a step has it by itself is not taken apart.
                boolean isDefault = kept == null && shape.kept() instanceof Boolean;
                if (shape.kept() != null && !isDefault && !shape.kept().equals(kept)) {
                    wrong.add(what + "\n  kept as " + kept);
                }
            } catch (Exception e) {
                wrong.add(what + "\n  " + e);
            }
        }

        private static Object kept(UninstantiatedDescribable made, List<String> into, String name) {
            Object at = made;
            List<String> path = new ArrayList<>(into);
            path.add(name);
            for (String each : path) {
                at = at instanceof UninstantiatedDescribable part
                        ? part.getArguments().get(each.replace("*", ""))
                        : null;
                at = each.endsWith("*") && at instanceof List<?> list ? list.get(0) : at;
            }
            return at;
        }
    }

    @Test
    void eachIsTaken() {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (descriptor instanceof AwsAccessStepDescriptor ours) {
                Table table = new Table(ours);
                wrong.addAll(table.wrong);
                tried += table.tried;
            }
        }
        int all = tried;
        assertEquals(List.of(), wrong, () -> wrong.size() + " of " + all + ":\n" + String.join("\n", wrong));
    }

    private static String refusal(String name, Object value) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("environmentVariables", Map.of("DB_PASS", SECRET));
        arguments.put(name, value);
        return refusalOf("codeBuild", arguments);
    }

    private static String refusalOf(String function, Map<String, Object> arguments) {
        try {
            StepDescriptor.byFunctionName(function).newInstance(arguments);
            return "taken";
        } catch (AbortException e) {
            return e.getMessage();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void whatHasCommasMayBeAList() throws Exception {
        Step step = StepDescriptor.byFunctionName("codeBuild")
                .newInstance(Map.of(
                        "project", "web", "includes", List.of("a/**", groovy("b")), "excludes", new String[] {"c"}));
        Map<String, ?> kept = DescribableModel.uninstantiate2_(step).getArguments();
        assertEquals("a/**,b", kept.get("includes"));
        assertEquals("c", kept.get("excludes"));
    }

    private static Object groovy(String value) {
        return new GStringImpl(new Object[] {value}, new String[] {"", ""});
    }

    @Test
    void whatIsNoPartOfTheStepIsRefusedWithoutAnyValue() {
        assertEquals(
                "codeBuild cache: must be a map, such as [name: …], not a string",
                refusal("cache", new UninstantiatedDescribable("string", null, Map.of())));
        assertEquals(
                "codeBuild cache: is not of the kind Nope; leave $class out",
                refusal("cache", Map.of("$class", "Nope")));
        assertEquals(
                "codeBuild secondarySources 1: is not of the kind ArtifactsOverride; leave $class out",
                refusal("secondarySources", List.of(Map.of("$class", "ArtifactsOverride"))));
        assertEquals("codeBuild image: must be text, not a Date", refusal("image", new java.util.Date(0)));
        assertEquals("codeBuild privileged: ' true' is neither true nor false", refusal("privileged", " true"));
    }

    /** Stapler would save the job as if the field were blank. */
    @Test
    void aFieldOfAFormThatIsNoNumberIsNamed() {
        StepDescriptor descriptor = StepDescriptor.byFunctionName("codeBuild");
        for (String form : List.of(
                "{project: 'web', timeoutMinutes: '30.5'}",
                "{project: 'web', secondarySources: [{identifier: 'a', gitCloneDepth: '30.5'}]}")) {
            FormException refused = assertThrows(
                    FormException.class,
                    () -> descriptor.newInstance((StaplerRequest2) null, JSONObject.fromObject(form)),
                    form);
            assertTrue(refused.getMessage().endsWith(": '30.5' is not a whole number"), refused::getMessage);
        }
    }

    @Test
    void aParameterOfAnApprovalIsOne() {
        assertEquals(
                "awsApproval parameters 1: must be a ParameterDefinition, such as string(name: …), not a text",
                refusalOf("awsApproval", Map.of("message", "Ship?", "parameters", List.of("VERSION"))));
    }

    /** As scripts make freestyle jobs: whoever makes the build step says what it was made of, if anything else refuses it. */
    @Test
    void aBuildStepIsRefusedWithoutAnyValue() {
        Map<String, Object> step = Map.of("projekt", "web", "environmentVariables", Map.of("DB_PASS", SECRET));
        UninstantiatedDescribable build = new UninstantiatedDescribable("awsCodeBuild", null, Map.of("step", step));
        StringBuilder said = new StringBuilder();
        try {
            build.instantiate(Builder.class, null);
        } catch (Exception e) {
            for (Throwable why = e; why != null; why = why.getCause()) {
                said.append(why).append('\n');
            }
        }
        assertEquals(
                List.of(true, false),
                Arrays.asList(
                        said.toString().contains("codeBuild projekt: there is no such argument; did you mean project?"),
                        said.toString().contains(SECRET)),
                said::toString);
    }
}
