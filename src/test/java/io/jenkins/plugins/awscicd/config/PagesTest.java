package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All our pages do with a Content-Security-Policy that allows scripts and styles from files alone, and escape what they show. */
class PagesTest {

    private static final String ESCAPE = "<?jelly escape-by-default='true'?>";
    private static final List<Pattern> FORBIDDEN = List.of(
            Pattern.compile("<script(?![^>]*\\ssrc=)", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<style", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\sstyle\\s*=", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\son[a-z]+\\s*=", Pattern.CASE_INSENSITIVE),
            Pattern.compile("javascript:", Pattern.CASE_INSENSITIVE),
            Pattern.compile("checkUrl"),
            Pattern.compile("<j:out|escapeText=\"false\"|encode=\"false\""));
    private static final List<Pattern> FORBIDDEN_IN_SCRIPTS = List.of(
            Pattern.compile("\\beval\\s*\\("),
            Pattern.compile("new Function"),
            Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write"),
            Pattern.compile("setAttribute\\(\\s*\"on"));

    static Stream<Path> pages() throws IOException {
        return files(".jelly", ".html");
    }

    static Stream<Path> scripts() throws IOException {
        return files(".js");
    }

    private static Stream<Path> files(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesHaveNothingInline(Path page) throws IOException {
        String text = Files.readString(page);
        if (page.toString().endsWith(".jelly")) {
            assertTrue(text.startsWith(ESCAPE), "escapes by default");
            assertEquals(-1, text.indexOf('\t'));
        }
        for (Pattern forbidden : FORBIDDEN) {
            assertFalse(forbidden.matcher(text).find(), forbidden::pattern);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptsMakeNoMarkup(Path script) throws IOException {
        String text = Files.readString(script);
        for (Pattern forbidden : FORBIDDEN_IN_SCRIPTS) {
            assertFalse(forbidden.matcher(text).find(), forbidden::pattern);
        }
    }
}
