package io.jenkins.plugins.awscicd.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No class starts a Jenkins beside the one that others share, or has that one extended for good. */
class JenkinsOfTestsTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern OWN = Pattern.compile(
            "^import org\\.jvnet\\.hudson\\.test\\.(junit\\.jupiter\\.(WithJenkins|\\w*JenkinsExtension|JenkinsSessionExtension)|TestExtension);",
            Pattern.MULTILINE);

    @Test
    void whoStartsAJenkinsSaysSo() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> own = files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> OWN.matcher(text(file)).find())
                    .toList();
            assertEquals(
                    List.of(),
                    own.stream()
                            .filter(file -> !text(file).contains("\n@OwnJenkins\n"))
                            .toList(),
                    "They start a Jenkins, or extend it, and are not @OwnJenkins");
            assertFalse(own.isEmpty());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
