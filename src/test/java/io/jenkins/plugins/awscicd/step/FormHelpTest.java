package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.approval.AwsApprovalStep;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.beanstalk.OptionSetting;
import io.jenkins.plugins.awscicd.step.beanstalk.OptionToRemove;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationOutputsStep;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationStackSetStep;
import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.BatchOverride;
import io.jenkins.plugins.awscicd.step.codebuild.BuildStatusOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CacheOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CloudWatchLogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codebuild.S3LogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.SecondarySource;
import io.jenkins.plugins.awscicd.step.codebuild.SourceAuthOverride;
import io.jenkins.plugins.awscicd.step.codecommit.CodeCommitStatusStep;
import io.jenkins.plugins.awscicd.step.codedeploy.AlarmsOverride;
import io.jenkins.plugins.awscicd.step.codedeploy.AutoRollbackOverride;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import io.jenkins.plugins.awscicd.step.codedeploy.TagFilter;
import io.jenkins.plugins.awscicd.step.codedeploy.TagFilterGroup;
import io.jenkins.plugins.awscicd.step.codedeploy.TargetInstances;
import io.jenkins.plugins.awscicd.step.codepipeline.CodePipelineStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Every argument has its place in the form, words that the engine knows, and help. */
@WithSharedJenkins
class FormHelpTest {

    private static final Path FORMS = Path.of("src/main/resources/io/jenkins/plugins/awscicd/step");
    private static final Pattern FIELD = Pattern.compile("field=\"(\\w+)\"");
    private static final Pattern WORDS =
            Pattern.compile("field=\"(\\w+)\">\\s*<a:choice words=\"([^\"]*)\"", Pattern.MULTILINE);
    private static final Pattern KNOWN = Pattern.compile("use one of ([^;\n]*)");

    @BeforeAll
    static void setUp(@SuppressWarnings("unused") JenkinsRule rule) {
        // one Jenkins for all tests here
    }

    /** Parts of one argument that have fields and help of their own. */
    private static final Map<String, Set<String>> FIELDS_ALONE = Map.of(
            "CodeDeployStep",
            Set.of(
                    "revisionBucket",
                    "revisionKey",
                    "revisionType",
                    "revisionVersion",
                    "revisionETag",
                    "revisionRepository",
                    "revisionCommit",
                    "revisionAppSpec",
                    "revisionSha256"));

    static Stream<Class<?>> forms() {
        return Stream.of(
                AwsApprovalStep.class,
                CodeBuildStep.class,
                SecondarySource.class,
                SourceAuthOverride.class,
                BuildStatusOverride.class,
                ArtifactsOverride.class,
                BatchOverride.class,
                CacheOverride.class,
                CloudWatchLogsOverride.class,
                S3LogsOverride.class,
                CloudFormationDeployStep.class,
                CloudFormationOutputsStep.class,
                CodeCommitStatusStep.class,
                CodePipelineStep.class,
                CloudFormationStackSetStep.class,
                CodeDeployStep.class,
                TargetInstances.class,
                TagFilter.class,
                TagFilterGroup.class,
                AutoRollbackOverride.class,
                AlarmsOverride.class,
                BeanstalkDeployStep.class,
                OptionSetting.class,
                OptionToRemove.class);
    }

    /** A file or folder of a form, in whichever room its step is. */
    private static Path form(String name) throws IOException {
        try (Stream<Path> rooms = Files.list(FORMS)) {
            return Stream.concat(Stream.of(FORMS), rooms)
                    .map(room -> room.resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchFileException(name));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyArgumentHasHelpAndAField(Class<?> type) throws Exception {
        List<String> pages = new ArrayList<>(List.of(type.getSimpleName() + "/config.jelly"));
        if (AwsAccessStep.class.isAssignableFrom(type)) {
            pages.add("AwsAccessStep/access.jelly");
        }
        if (Files.readString(form(pages.get(0))).contains("page=\"stage.jelly\"")) {
            pages.add("AwsAccessStep/stage.jelly");
        }
        if (AwsStep.class.isAssignableFrom(type)) {
            pages.add("AwsStep/behaviour.jelly");
        }
        Set<String> fields = new TreeSet<>();
        for (String page : pages) {
            Matcher field = FIELD.matcher(Files.readString(form(page)));
            while (field.find()) {
                fields.add(field.group(1));
            }
        }
        Set<String> arguments = new TreeSet<>();
        for (DescribableParameter argument : new DescribableModel<>(type).getParameters()) {
            arguments.add(argument.getName());
            assertHelp(argument.getName(), argument.getHelp());
        }
        for (String alone : FIELDS_ALONE.getOrDefault(type.getSimpleName(), Set.of())) {
            arguments.add(alone);
            assertHelp(alone, Files.readString(form(type.getSimpleName() + "/help-" + alone + ".html")));
        }
        assertEquals(arguments, fields);
        if (AwsAccessStep.class.isAssignableFrom(type)) {
            assertNotNull(new DescribableModel<>(type).getHelp());
        }
    }

    private static void assertHelp(String argument, String help) {
        assertNotNull(help, () -> "help of " + argument);
        assertTrue(help.replaceAll("<[^>]*>", "").strip().length() > 20, () -> "help of " + argument);
    }

    static Stream<Class<?>> helped() {
        return Stream.concat(forms(), Stream.of(AwsStep.class, AwsAccessStep.class));
    }

    @ParameterizedTest
    @MethodSource("helped")
    void everyHelpFileBelongsToAField(Class<?> type) throws Exception {
        String name = type.getSimpleName();
        Class<?> form = type == AwsStep.class || type == AwsAccessStep.class ? CodeBuildStep.class : type;
        DescribableModel<?> model = new DescribableModel<>(form);
        try (var files = Files.list(form(name))) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("help-"))
                    .map(file -> file.substring("help-".length(), file.length() - ".html".length()))
                    .filter(field -> !FIELDS_ALONE.getOrDefault(name, Set.of()).contains(field))
                    .forEach(field -> assertNotNull(model.getParameter(field), () -> name + " " + field));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "credentialsId", "role", "externalId", "endpoint"})
    void theConfigurationPageHasHelp(String field) throws Exception {
        try (InputStream help =
                AwsCicdConfiguration.class.getResourceAsStream("AwsCicdConfiguration/help-" + field + ".html")) {
            assertTrue(new String(help.readAllBytes(), StandardCharsets.UTF_8).contains("Default:"));
        }
    }

    /** The words of drop-downs stand in the forms; the engine is the one that knows them. */
    @ParameterizedTest
    @CsvSource({
        "CodeBuildStep,",
        "SecondarySource, secondarySources",
        "ArtifactsOverride, artifacts",
        "BatchOverride, batchConfig",
        "CacheOverride, cache",
        "CloudWatchLogsOverride, cloudWatchLogs",
        "S3LogsOverride, s3Logs",
        "SourceAuthOverride, sourceAuth"
    })
    void dropDownsHaveTheEnginesWords(String type, String part) throws Exception {
        assertWords(type, field -> {
            Map<String, Object> wrong = Map.of(field, "no such word");
            Object value = part == null ? null : part.equals("secondarySources") ? List.of(wrong) : wrong;
            return new BuildRequest(part == null ? wrong : Map.of(part, value)).problems();
        });
    }

    @ParameterizedTest
    @CsvSource({"CodeDeployStep,", "TagFilter, targetInstances"})
    void dropDownsHaveTheDeploymentsWords(String type, String part) throws Exception {
        assertWords(type, field -> {
            Map<String, Object> wrong = Map.of(field, "no such word");
            return new DeploymentRequest(part == null ? wrong : Map.of(part, Map.of("tagFilters", List.of(wrong))))
                    .problems();
        });
    }

    @Test
    void dropDownsHaveTheEnvironmentsWords() throws Exception {
        assertWords("BeanstalkDeployStep", field -> new BeanstalkRequest(Map.of(field, "no such word")).problems());
    }

    @Test
    void dropDownsHaveTheStacksWords() throws Exception {
        assertWords("CloudFormationDeployStep", field -> new StackRequest(Map.of(field, "no such word")).problems());
    }

    @Test
    void dropDownsHaveTheStackSetsWords() throws Exception {
        assertWords(
                "CloudFormationStackSetStep", field -> new StackSetRequest(Map.of(field, "no such word")).problems());
    }

    private static void assertWords(String type, Function<String, List<String>> problems) throws Exception {
        Matcher words = WORDS.matcher(Files.readString(form(type + "/config.jelly"), StandardCharsets.UTF_8));
        int found = 0;
        while (words.find()) {
            String field = words.group(1);
            if (field.equals("log") || field.equals("testResults")) {
                continue; // known to LogMode and TestResults, which have as many words as the form
            }
            found++;
            String told = String.join("\n", problems.apply(field));
            Matcher known = KNOWN.matcher(told);
            assertTrue(known.find(), told);
            assertEquals(
                    new TreeSet<>(Arrays.asList(known.group(1).split("[;,] *"))),
                    new TreeSet<>(Arrays.asList(words.group(2).split(","))),
                    field);
        }
        assertTrue(found > 0);
    }

    @Test
    void formsOfferWhatAnAbortMayBe() {
        assertEquals(List.of("stop", "leave"), new CodeBuildStep.DescriptorImpl().getAbortWords());
        assertEquals(List.of("stop", "stopAndRollBack", "leave"), new CodeDeployStep.DescriptorImpl().getAbortWords());
        assertEquals(List.of("cancel", "leave"), new CloudFormationDeployStep.DescriptorImpl().getAbortWords());
        assertEquals(List.of("stop", "abandon", "leave"), new CodePipelineStep.DescriptorImpl().getAbortWords());
        assertEquals(List.of("abort", "leave"), new BeanstalkDeployStep.DescriptorImpl().getAbortWords());
        CodeBuildStep build = new CodeBuildStep("web");
        build.setOnAbort("stopAndRollBack");
        assertEquals(List.of("onAbort: 'stopAndRollBack' is not known; use one of stop, leave"), build.problems());
        CodeDeployStep deploy = new CodeDeployStep();
        deploy.setContinueAfterReady("d-ABCDEF123");
        deploy.setOnAbort("kill");
        assertEquals(
                List.of("onAbort: 'kill' is not known; use one of stop, stopAndRollBack, leave"), deploy.problems());
    }
}
