package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every argument of every step, and of every part of one, given wrong in each way, where Pipeline is as lenient as it is in
 * production. The table is made of what the steps' descriptors say of themselves: a new argument is in it by itself.
 */
@OwnJenkins
@WithJenkins
public class ArgumentTableTest extends PipelineRuns {

    private static final String SECRET = "hunter22";
    /** Given to each call beside what is tried, so that none starts anything. */
    private static final String UNKNOWN = "noSuchArgumentAnywhere";
    /** Steps read these as well. */
    private static final List<String> ALSO_LISTS = List.of(
            "awsApproval approvers",
            "beanstalkDeploy excludes",
            "beanstalkDeploy includes",
            "codeBuild cache.modes",
            "codeBuild download.secondary",
            "codeBuild excludes",
            "codeBuild includes",
            "codeDeploy excludes",
            "codeDeploy includes");
    /** The arguments of the step that deploys. */
    private static final List<String> ALSO_MAPS = List.of("awsApproval what");
    /** A text stands for the part's only argument that is required. */
    private static final List<String> ALSO_TEXTS = List.of("codeBuild download");

    private boolean strict;

    /** One call, and how the line about what is tried begins; null if there is to be none. */
    private record Row(String step, Map<String, Object> arguments, String told) {}

    @BeforeEach
    void asInProduction() {
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterEach
    void asBefore() {
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
    }

    private static final class Table {

        final List<Row> rows = new ArrayList<>();
        final Map<String, Integer> arguments = new TreeMap<>();

        void step(AwsAccessStepDescriptor descriptor) {
            String step = descriptor.getFunctionName();
            all(step, descriptor.clazz, "", new ArrayList<>());
        }

        /** @param into how what is tried is put into the step's arguments: names of parts, with an asterisk for an item of a list */
        private void all(String step, Class<?> type, String path, List<String> into) {
            for (DescribableParameter parameter : new DescribableModel<>(type).getParameters()) {
                String name = parameter.getName();
                arguments.merge(step, 1, Integer::sum);
                row(
                        step,
                        into,
                        name + name.charAt(name.length() - 1),
                        "x",
                        path + name + name.charAt(name.length() - 1) + ": there is no such argument; did you mean "
                                + name + "?");
                row(step, into, name, null, null);
                one(step, parameter.getType().getActualType(), path, name, into);
            }
        }

        private void one(String step, Type wanted, String path, String name, List<String> into) {
            Class<?> type = erased(wanted);
            String about = path + name + ": ";
            List<String> secret = List.of(SECRET);
            if (type == String.class) {
                row(step, into, name, groovy("x"), null);
                row(step, into, name, 7, null);
                row(
                        step,
                        into,
                        name,
                        Map.of("a", SECRET),
                        ALSO_MAPS.contains(step + " " + path + name) ? null : about + "must be text, not a map");
                row(
                        step,
                        into,
                        name,
                        secret,
                        ALSO_LISTS.contains(step + " " + path + name) ? null : about + "must be text, not a list");
            } else if (type == boolean.class || type == Boolean.class) {
                row(step, into, name, groovy("false"), null);
                row(step, into, name, "true", null);
                row(step, into, name, "yes", about + "'yes' is neither true nor false");
                row(step, into, name, 1, about + "'1' is neither true nor false");
                row(step, into, name, secret, about + "a list is neither true nor false");
            } else if (type == int.class || type == Integer.class) {
                row(step, into, name, groovy("7"), null);
                row(step, into, name, "7", null);
                row(step, into, name, "soon", about + "'soon' is not a whole number");
                row(step, into, name, 30.5, about + "'30.5' is not a whole number");
                row(step, into, name, true, about + "'true' is not a whole number");
                row(step, into, name, secret, about + "a list is not a whole number");
            } else if (List.class.isAssignableFrom(type)) {
                Class<?> item = erased(((ParameterizedType) wanted).getActualTypeArguments()[0]);
                row(
                        step,
                        into,
                        name,
                        groovy(SECRET),
                        item == String.class ? null : about + "must be a list, such as […, …], not a text");
                row(step, into, name, Map.of("a", SECRET), about + "must be a list, such as […, …], not a map");
                if (NestedArguments.class.isAssignableFrom(item)) {
                    row(step, into, name, secret, path + name + " 1: must be a map, such as [name: …], not a text");
                    all(step, item, path + name + " 1.", with(into, name + "*"));
                }
            } else if (Map.class.isAssignableFrom(type)) {
                row(step, into, name, groovy(SECRET), about + "must be a map, such as [name: …], not a text");
                row(step, into, name, secret, about + "must be a map, such as [name: …], not a list");
            } else if (NestedArguments.class.isAssignableFrom(type)) {
                row(
                        step,
                        into,
                        name,
                        groovy(SECRET),
                        ALSO_TEXTS.contains(step + " " + path + name)
                                ? null
                                : about + "must be a map, such as [name: …], not a text");
                row(step, into, name, secret, about + "must be a map, such as [name: …], not a list");
                all(step, type, path + name + ".", with(into, name));
            } else {
                // The engine says what it may be.
                assertEquals(
                        Object.class,
                        type,
                        () -> "this table does not know what to try with " + step + " " + path + name);
                row(step, into, name, groovy("x"), null);
            }
        }

        private static Class<?> erased(Type type) {
            return type instanceof Class<?> plain ? plain : (Class<?>) ((ParameterizedType) type).getRawType();
        }

        private static List<String> with(List<String> into, String part) {
            List<String> deeper = new ArrayList<>(into);
            deeper.add(part);
            return deeper;
        }

        private void row(String step, List<String> into, String name, Object value, String told) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            arguments.put(name, value);
            for (int i = into.size(); i-- > 0; ) {
                String part = into.get(i);
                boolean item = part.endsWith("*");
                Map<String, Object> whole = new LinkedHashMap<>();
                whole.put(
                        item ? part.substring(0, part.length() - 1) : part,
                        item ? new ArrayList<>(List.of(arguments)) : arguments);
                arguments = whole;
            }
            arguments.put(UNKNOWN, 1);
            rows.add(new Row(step, arguments, told));
        }

        private static Serializable groovy(String value) {
            return new GStringImpl(new Object[] {value}, new String[] {"", ""});
        }
    }

    private static Table table() {
        Table table = new Table();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (descriptor instanceof AwsAccessStepDescriptor ours) {
                table.step(ours);
            }
        }
        return table;
    }

    /** What the script calls: each time the same. */
    public static List<Map<String, Object>> calls() {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (Row row : table().rows) {
            calls.add(new LinkedHashMap<>(Map.of("step", row.step(), "arguments", row.arguments())));
        }
        return calls;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void eachIsToldAndNoValueIs() throws Exception {
        Table table = table();
        assertTrue(
                table.arguments
                        .keySet()
                        .containsAll(List.of("awsApproval", "beanstalkDeploy", "codeBuild", "codeDeploy")),
                table.arguments::toString);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        job.setDefinition(new CpsFlowDefinition("""
                def said = []
                for (one in io.jenkins.plugins.awscicd.step.ArgumentTableTest.calls()) {
                    try {
                        steps."${one.step}"(one.arguments)
                        said << 'PASSED'
                    } catch (e) {
                        said << "${e.class.simpleName} ${e.message}".toString()
                    }
                }
                echo '<<<' + said.join('<|>') + '>>>'
                """, false));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        String log = JenkinsRule.getLog(run);
        String[] said =
                log.substring(log.indexOf("<<<") + 3, log.indexOf(">>>")).split("<\\|>", -1);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < table.rows.size(); i++) {
            Row row = table.rows.get(i);
            String prefix = row.step() + " ";
            List<String> lines = new ArrayList<>(List.of(said[i].split("\n")));
            boolean refused = lines.removeIf(line -> line.contains(UNKNOWN + ": there is no such argument"));
            lines.replaceAll(line -> line.replaceFirst("^AbortException ", ""));
            List<String> expected = row.told() == null ? List.of() : List.of(prefix + row.told());
            if (!refused || !expected.equals(lines)) {
                wrong.add(row + "\n  said " + said[i]);
            }
        }
        assertEquals(table.rows.size(), said.length);
        assertEquals(
                List.of(), wrong, () -> wrong.size() + " of " + table.rows.size() + ":\n" + String.join("\n", wrong));
        assertFalse(log.contains(SECRET));
        assertEquals(List.of(), local.aws().codeBuild().builds());
    }
}
