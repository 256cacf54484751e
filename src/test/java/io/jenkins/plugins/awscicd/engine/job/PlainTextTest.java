package io.jenkins.plugins.awscicd.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void whatFailsKeepsItsLinesAndNothingElse() {
        assertEquals(
                "one\ntwo\tthree",
                PlainText.lines(
                        "one\r\n\u001B[8mtwo\u001B[0m\t\u001B]8;;http://evil\u0007three\u202E\u001B[1A\u001B[2K"));
    }
}
