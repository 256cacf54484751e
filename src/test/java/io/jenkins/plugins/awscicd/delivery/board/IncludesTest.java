package io.jenkins.plugins.awscicd.delivery.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a page may include. The class of an include is looked up by the thread's class loader. That is the plugin's only within an
 * include of the plugin: a page that Stapler shows itself does not find it in a real Jenkins, while it does in tests, where all classes
 * are in one loader.
 */
class IncludesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern BY_CLASS = Pattern.compile("<st:include[^>]*\\sclass=");

    @Test
    void noPageThatIsShownItselfIncludesByClass() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> pages = files.filter(file -> file.endsWith("index.jelly") || file.endsWith("changes.jelly"))
                    .toList();
            assertFalse(pages.isEmpty());
            for (Path page : pages) {
                assertEquals(
                        0,
                        BY_CLASS.matcher(Files.readString(page)).results().count(),
                        () -> page + " includes by class");
            }
        }
    }
}
