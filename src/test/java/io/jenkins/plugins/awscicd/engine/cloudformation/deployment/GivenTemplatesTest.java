package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Templates that others have published, from a directory that is given with {@code -Daws.templates}: stacks are made of them, changed by
 * nothing, and deleted. {@code NAME.properties} beside a template has the values of its parameters, {@code nested/} the templates of nested
 * stacks, which local AWS has below {@code s3://templates/templates/}, and {@code stored.properties} what is in Parameter Store.
 */
@EnabledIfSystemProperty(named = "aws.templates", matches = ".+")
class GivenTemplatesTest extends SteppedStacks {

    private final Path given = Path.of(System.getProperty("aws.templates", "."));

    private static Map<String, Object> properties(Path file) throws Exception {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        Map<String, Object> values = new HashMap<>();
        properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
        return values;
    }

    private static List<Path> templates(Path directory) throws Exception {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json|template)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void stacksAreMadeOfThem() throws Exception {
        bench.aws().s3().createBucket("templates", false);
        for (Path nested : templates(given.resolve("nested"))) {
            bench.aws().s3().put("templates", "templates/" + nested.getFileName(), Files.readAllBytes(nested));
        }
        properties(given.resolve("stored.properties"))
                .forEach((name, value) -> bench.aws().codeBuild().parameter(name, value.toString()));
        List<Path> all = templates(given);
        assertTrue(!all.isEmpty(), () -> "no templates in " + given);
        for (Path template : all) {
            Files.copy(template, workspace.resolve(template.getFileName().toString()));
            Step made = of(template)
                    .with("parameters", properties(Path.of(template + ".properties")))
                    .run();
            assertEquals(Verdict.End.SUCCEEDED, made.verdict(), () -> template + ": " + made.why() + made.lines());
            Step again = of(template).run();
            assertTrue(again.result().isUnchanged(), () -> template + ": " + again.lines());
            Step gone = step().with("delete", true).run();
            assertEquals(Verdict.End.SUCCEEDED, gone.verdict(), () -> template + ": " + gone.why());
        }
    }

    private Step of(Path template) {
        return step().with("template", template.getFileName().toString())
                .with("capabilities", List.of("CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"));
    }
}
