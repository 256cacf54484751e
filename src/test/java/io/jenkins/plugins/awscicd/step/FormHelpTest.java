package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every argument has its place in the form, words that the engine knows, and help. */
@WithJenkins
class FormHelpTest {

    private static final Path FORMS = Path.of("src/main/resources/io/jenkins/plugins/awscicd/step");
    private static final Pattern FIELD = Pattern.compile("field=\"(\\w+)\"");
    private static final Pattern WORDS =
            Pattern.compile("field=\"(\\w+)\">\\s*<a:choice words=\"([^\"]*)\"", Pattern.MULTILINE);
    private static final Pattern KNOWN = Pattern.compile("use one of (.*)");

    @BeforeAll
    static void setUp(@SuppressWarnings("unused") JenkinsRule rule) {
        // one Jenkins for all tests here
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CodeBuildStep.class,
                SecondarySource.class,
                ArtifactsOverride.class,
                CacheOverride.class,
                CloudWatchLogsOverride.class,
                S3LogsOverride.class
            })
    void everyArgumentHasHelpAndAField(Class<?> type) throws Exception {
        List<String> pages = new ArrayList<>(List.of(type.getSimpleName() + "/config.jelly"));
        if (type == CodeBuildStep.class) {
            pages.addAll(List.of("AwsStep/access.jelly", "AwsStep/behaviour.jelly"));
        }
        Set<String> fields = new TreeSet<>();
        for (String page : pages) {
            Matcher field = FIELD.matcher(Files.readString(FORMS.resolve(page)));
            while (field.find()) {
                fields.add(field.group(1));
            }
        }
        Set<String> arguments = new TreeSet<>();
        for (DescribableParameter argument : new DescribableModel<>(type).getParameters()) {
            arguments.add(argument.getName());
            String help = argument.getHelp();
            assertNotNull(help, () -> "help of " + argument.getName());
            assertTrue(help.replaceAll("<[^>]*>", "").strip().length() > 20, () -> "help of " + argument.getName());
        }
        assertEquals(arguments, fields);
        if (type == CodeBuildStep.class) {
            assertNotNull(new DescribableModel<>(type).getHelp());
        }
    }

    @Test
    void everyHelpFileBelongsToAField() throws Exception {
        Map<String, Class<?>> types = Map.of(
                "CodeBuildStep", CodeBuildStep.class,
                "AwsStep", CodeBuildStep.class,
                "SecondarySource", SecondarySource.class,
                "ArtifactsOverride", ArtifactsOverride.class,
                "CacheOverride", CacheOverride.class,
                "CloudWatchLogsOverride", CloudWatchLogsOverride.class,
                "S3LogsOverride", S3LogsOverride.class);
        for (Map.Entry<String, Class<?>> type : types.entrySet()) {
            DescribableModel<?> model = new DescribableModel<>(type.getValue());
            try (var files = Files.list(FORMS.resolve(type.getKey()))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("help-"))
                        .map(name -> name.substring("help-".length(), name.length() - ".html".length()))
                        .forEach(field -> assertNotNull(model.getParameter(field), () -> type.getKey() + " " + field));
            }
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
        "CacheOverride, cache",
        "CloudWatchLogsOverride, cloudWatchLogs",
        "S3LogsOverride, s3Logs"
    })
    void dropDownsHaveTheEnginesWords(String type, String part) throws Exception {
        Matcher words = WORDS.matcher(Files.readString(FORMS.resolve(type + "/config.jelly"), StandardCharsets.UTF_8));
        int found = 0;
        while (words.find()) {
            String field = words.group(1);
            if (field.equals("log")) {
                continue; // known to LogMode, which has as many words as the form
            }
            found++;
            assertEquals(
                    known(part, field),
                    new TreeSet<>(Arrays.asList(words.group(2).split(","))),
                    field);
        }
        assertTrue(found > 0);
    }

    private static Set<String> known(String part, String field) {
        Map<String, Object> wrong = Map.of(field, "no such word");
        Object value = part == null ? null : part.equals("secondarySources") ? List.of(wrong) : wrong;
        Map<String, ?> arguments = part == null ? wrong : Map.of(part, value);
        String problems = String.join("\n", new BuildRequest(arguments).problems());
        Matcher known = KNOWN.matcher(problems);
        assertTrue(known.find(), problems);
        return new TreeSet<>(Arrays.asList(known.group(1).split("[;,] *")));
    }
}
