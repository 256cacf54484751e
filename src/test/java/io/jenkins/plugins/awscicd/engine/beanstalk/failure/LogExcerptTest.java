package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.PlainText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of an instance's logs, and what a console makes of it. */
class LogExcerptTest {

    private static final String RULE = "----------------------------------------\n";

    private static String file(String name, String text) {
        return RULE + name + "\n" + RULE + text + "\n\n\n";
    }

    private static String lines(String what, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> what + i).collect(Collectors.joining("\n"));
    }

    @Test
    void theFilesThatTellAreToldAndTheOneThatTellsMostComesLast() {
        List<LogExcerpt> found = LogExcerpt.of(file("/var/log/eb-engine.log", "[ERROR] no")
                + file("/var/log/nginx/access.log", "GET /")
                + file("/var/log/web.stdout.log", "cannot bind"));

        assertEquals(
                List.of(
                        new LogExcerpt("/var/log/web.stdout.log", List.of("cannot bind")),
                        new LogExcerpt("/var/log/eb-engine.log", List.of("[ERROR] no"))),
                found);
    }

    @Test
    void whatOneFileDoesNotNeedIsForTheOthers() {
        List<LogExcerpt> found = LogExcerpt.of(
                file("/var/log/eb-engine.log", lines("e", 100)) + file("/var/log/web.stdout.log", lines("w", 10)));

        assertEquals(
                List.of(10, 40), found.stream().map(it -> it.lines().size()).toList());
        assertEquals("e61", found.get(1).lines().get(0));
        assertEquals("e100", found.get(1).lines().get(39));
    }

    @Test
    void aTextWithoutAFileWeKnowIsToldAsItIs() {
        assertEquals(List.of(new LogExcerpt("", List.of("a", "b"))), LogExcerpt.of("a\n\nb\n"));
        assertEquals(List.of(new LogExcerpt("/opt/some.log", List.of("a"))), LogExcerpt.of(file("/opt/some.log", "a")));
        assertEquals(List.of(), LogExcerpt.of(""));
    }

    @Test
    void onlyColoursAreLeftOfWhatSteersATerminal() {
        assertEquals("a\u001B[1;31mb\u001B[0m", PlainText.colored("a\u001B[1;31mb"));
        assertEquals("abc", PlainText.colored("a\u001B[2Jb\u001B]0;title\u0007c\r"));
        assertEquals("aha:note", PlainText.colored("a\u001B[8mha:note"));
        assertEquals("a", PlainText.colored("a\u202E\u0000\u001B"));
        assertEquals("a b", PlainText.line(" a\u001B[31m\r\n  b\n"));
        assertTrue(PlainText.line("x".repeat(5000)).length() < 2100);
    }
}
