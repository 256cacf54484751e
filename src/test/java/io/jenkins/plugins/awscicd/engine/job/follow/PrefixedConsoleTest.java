package io.jenkins.plugins.awscicd.engine.job.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose a line is, as AWS calls it, is said before each line: a long name is no long log, and one of several lines no line of its own. */
class PrefixedConsoleTest {

    private final RecordedConsole whole = new RecordedConsole();

    @Test
    void aLongNameMakesNoLongLog() {
        new PrefixedConsole(whole, "n".repeat(1 << 16)).raw(Collections.nCopies(50, "x"));
        assertEquals(50, whole.raw().size());
        assertTrue(whole.raw().stream().mapToInt(String::length).sum() < 1 << 20);
    }

    @Test
    void aNameHasOneLine() {
        PrefixedConsole one = new PrefixedConsole(whole, "unit\nFinished: SUCCESS");
        one.raw(List.of("says"));
        one.line("is done");
        assertEquals(List.of("unit Finished: SUCCESS | says"), whole.raw());
        assertEquals(List.of("unit Finished: SUCCESS | is done"), whole.lines());
    }

    @Test
    void aNameIsSaidAsItIs() {
        new PrefixedConsole(whole, "Build/Compile").line("Started");
        assertEquals(List.of("Build/Compile | Started"), whole.lines());
    }
}
