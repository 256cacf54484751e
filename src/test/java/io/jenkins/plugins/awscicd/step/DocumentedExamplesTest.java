package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalArguments;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;

/** What the documentation shows can be copied: its examples compile, and each call of a step in them passes the checks of arguments. */
@WithSharedJenkins
class DocumentedExamplesTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(groovy|yaml)\n(.*?)^```");
    private static final Pattern PREFORMATTED = Pattern.compile("(?s)<pre>(.*?)</pre>");
    private static final List<String> STEPS = List.of(
            "codeBuild",
            "codeDeploy",
            "codePipeline",
            "beanstalkDeploy",
            "cloudFormationDeploy",
            "cloudFormationOutputs",
            "codeCommitStatus",
            "cloudFormationStackSet",
            "awsApproval");
    private static final List<String> PARAMETERS = List.of("string", "text", "booleanParam", "choice");
    /** What variables are that an example does not show. */
    private static final Map<String, String> MEANT =
            Map.of("build", "s3://artifacts/web.zip", "current", "1", "target", "2");
    /** What a stage would give, or what another step has returned. */
    private static final Pattern GIVEN = Pattern.compile(
            "(project|application|deploymentGroup|environment): name .*|cname: .* or use the result of beanstalkDeploy");

    private boolean strict;

    private record Example(String where, String language, String text) {}

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

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> help = Files.walk(Path.of("src/main/resources"))) {
            Stream<Path> all = Stream.of(Stream.of(Path.of("README.md")), docs, help)
                    .flatMap(it -> it)
                    .filter(file -> file.toString().matches(".*\\.(md|html)|.*/Jenkinsfile|.*/vars/.*\\.groovy"));
            for (Path file : all.sorted().toList()) {
                String text = Files.readString(file);
                if (!file.toString().matches(".*\\.(md|html)")) {
                    examples.add(new Example(file.toString(), "groovy", text));
                    continue;
                }
                boolean markdown = file.toString().endsWith(".md");
                Matcher matcher = (markdown ? FENCED : PREFORMATTED).matcher(text);
                while (matcher.find()) {
                    int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
                    examples.add(new Example(
                            file + ":" + line,
                            markdown ? matcher.group(1) : "groovy",
                            markdown ? matcher.group(2) : unescaped(matcher.group(1))));
                }
            }
        }
        return examples;
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    @TestFactory
    Stream<DynamicTest> eachCanBeCopied() throws IOException {
        List<Example> examples = examples();
        assertTrue(examples.size() > 40, () -> examples.size() + " examples");
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.where(),
                        () -> assertEquals(
                                List.of(),
                                example.language().equals("yaml")
                                        ? problemsOfYaml(example.text())
                                        : problemsOfGroovy(example))));
    }

    private static List<String> problemsOfYaml(String text) throws Exception {
        Map<?, String> problems = ConfigurationAsCode.get()
                .checkWith(YamlSource.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        return List.copyOf(problems.values());
    }

    private static List<String> problemsOfGroovy(Example example) {
        String text = example.text();
        // Some show arguments alone, of the step that the page is about.
        Matcher step = Pattern.compile("steps/(\\w+)\\.md").matcher(example.where());
        if (text.matches("(?s)\\s*\\w+: .*") && step.find()) {
            String others = step.group(1).equals("codeDeploy") ? "revision: 's3://artifacts/web.zip', " : "";
            text = step.group(1) + " stage: 'dev', " + others + text;
        }
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Recorded.class.getName());
        Recorded script = (Recorded) new GroovyShell(Recorded.class.getClassLoader(), new Binding(), configuration)
                .parse(text.replaceAll("(?m)^\\s*@Library.*|^import .*", ""), "Example.groovy");
        script.run();
        if (example.where().contains("/vars/")) {
            script.getMetaClass().invokeMethod(script, "call", new Object[] {new String[] {"dev", "prod"}});
        }
        return script.problems;
    }

    /** Something whose properties and methods are such things again. As a text it is what another step can do something with. */
    static final class Anything extends GroovyObjectSupport implements CharSequence {

        private final String text;

        Anything(String text) {
            this.text = text;
        }

        @Override
        public Object getProperty(String name) {
            return this;
        }

        @Override
        public void setProperty(String name, Object value) {
            // kept nowhere
        }

        @Override
        public Object invokeMethod(String name, Object arguments) {
            return this;
        }

        /** Groovy's index. */
        @SuppressWarnings("unused")
        public Object getAt(int index) {
            return this;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A script whose calls are looked at, and whose blocks are run whatever is around them. */
    public abstract static class Recorded extends Script {

        final List<String> problems = new ArrayList<>();

        @Override
        public Object getProperty(String name) {
            return getBinding().hasVariable(name)
                    ? super.getProperty(name)
                    : new Anything(MEANT.getOrDefault(name, "main"));
        }

        @Override
        @SuppressWarnings("unchecked") // as examples have it
        public Object invokeMethod(String name, Object given) {
            Object[] arguments = (Object[]) given;
            for (Object argument : arguments) {
                run(argument);
            }
            if (!STEPS.contains(name)) {
                return PARAMETERS.contains(name)
                        ? new UninstantiatedDescribable(name, null, (Map<String, Object>) arguments[0])
                        : new Anything("main");
            }
            check(name, arguments.length == 0 ? Map.of() : arguments[0]);
            return new Anything(
                    switch (name) {
                        case "codeBuild" -> "s3://artifacts/web.zip";
                        case "codeDeploy" -> "d-ABCDEF123";
                        default -> "web-green";
                    });
        }

        private void run(Object argument) {
            if (argument instanceof Closure<?> block) {
                block.setDelegate(this);
                block.setResolveStrategy(Closure.DELEGATE_FIRST);
                block.call();
            } else if (argument instanceof Map<?, ?> map) {
                map.values().stream().filter(Closure.class::isInstance).forEach(this::run);
            }
        }

        private void check(String name, Object given) {
            AwsAccessStepDescriptor descriptor = (AwsAccessStepDescriptor) StepDescriptor.byFunctionName(name);
            Map<String, Object> arguments = new LinkedHashMap<>();
            if (given instanceof Map<?, ?> map) {
                map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
            } else {
                arguments.put(
                        DescribableModel.of(descriptor.clazz)
                                .getSoleRequiredParameter()
                                .getName(),
                        given);
            }
            try {
                descriptor.newInstance(arguments);
                List<String> told = problems(name, arguments);
                told.stream()
                        .filter(problem -> !GIVEN.matcher(problem).matches()
                                || !arguments.containsKey("stage") && problem.contains(": name "))
                        .forEach(problem -> problems.add(name + " " + problem));
            } catch (Exception e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }

        private static List<String> problems(String name, Map<String, Object> arguments) {
            return switch (name) {
                case "codeBuild" -> new BuildRequest(only(arguments, BuildRequest.names())).problems();
                case "codeDeploy" -> new DeploymentRequest(only(arguments, DeploymentRequest.names())).problems();
                case "beanstalkDeploy" -> new BeanstalkRequest(only(arguments, BeanstalkRequest.names())).problems();
                case "cloudFormationDeploy" -> new StackRequest(only(arguments, StackRequest.names())).problems();
                case "cloudFormationStackSet" ->
                    new StackSetRequest(only(arguments, StackSetRequest.names())).problems();
                case "cloudFormationOutputs", "codeCommitStatus" -> List.of();
                case "codePipeline" -> new PipelineRequest(only(arguments, PipelineRequest.names())).problems();
                default ->
                    new ApprovalRequest(only(ApprovalArguments.plain(arguments), ApprovalRequest.names()))
                            .problems(user -> false, List.of());
            };
        }

        private static Map<String, Object> only(Map<String, Object> arguments, List<String> names) {
            Map<String, Object> own = new LinkedHashMap<>(arguments);
            own.keySet().retainAll(names);
            return own;
        }
    }
}
