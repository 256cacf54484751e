package io.jenkins.plugins.awscicd.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS, and whatever runs there, has a console show. */
class JobConsoleTest {

    private static final char ESC = '\u001B';

    private final RecordedConsole console = new RecordedConsole();

    /** With {@code ^} for the escape character. */
    private static String escaped(String text) {
        return text.replace('^', ESC);
    }

    private String raw(String part) {
        console.raw(List.of(escaped(part)));
        return console.raw().get(console.raw().size() - 1).replace(ESC, '^');
    }

    private String line(String text) {
        console.line(escaped(text));
        return console.lastLine();
    }

    @ParameterizedTest
    @CsvSource({
        "^[31mred^[0m, ^[31mred^[0m",
        "^[1;38;5;9mbright, ^[1;38;5;9mbright",
        "a^[8mha:AAAA^[0mb, aha:AAAA^[0mb",
        "a^[0;08mha:AAAA, aha:AAAA",
        "a^[^[2J8mha:AAAA, a[8mha:AAAA",
        "a^[^[31m8mha:AAAA, a[^[31m8mha:AAAA",
        "a^^[8mha:AAAA, a[8mha:AAAA",
        "a^[2Jb^]0;title\u0007c, abc",
        "a\u009B8mb, a8mb",
        "a\u202Eb\u0000c\u0008d, abcd",
        "^[8, [8",
        "a\tb, a\tb"
    })
    void onlyColoursAreLeftOfWhatSteersATerminal(String printed, String shown) {
        assertEquals(shown, raw(printed));
    }

    @Test
    void whatIsPrintedKeepsItsLines() {
        assertEquals("a\nb\nc\n", raw("a\r\nb\rc\r\r\n"));
    }

    @Test
    void ourOwnLinesStayOneLineWithoutColours() {
        assertEquals("Failed: web is red here", line("Failed: web\r\n  is ^[31mred^[0m\nhere"));
        assertEquals("    ha:AAAA", line("    ^[8mha:AAAA"));
        console.link(escaped("Log\n^[2J"), escaped("https://example.com/^[8mha:AAAA"));
        assertEquals("Log ", console.lastLine());
        assertEquals(List.of("https://example.com/ha:AAAA"), console.links());
    }
}
