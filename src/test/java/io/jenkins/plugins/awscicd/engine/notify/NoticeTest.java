package io.jenkins.plugins.awscicd.engine.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {

    private static String subject(String wanted) {
        return new Notice(wanted, "body").subject();
    }

    private static String body(String wanted) {
        return new Notice(null, wanted).body();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static String[][] subjects() {
        return new String[][] {
            {"Approve web-17?", "Approve web-17?"},
            {"Größe für Ångström, déjà vu", "Gro?e fur Angstrom, deja vu"},
            {"line one\r\nline\ttwo\u2028three\u0000\u001b[1m\u007f\u0085end", "line one line two three [1m end"},
            {"  \n around \t ", "around"},
            {"web » main – “prod”…", "web \" main - \"prod\"..."},
            {"日本 \ud83d\ude80 \ud83d", "?? ? ?"},
            {"zero\u200bwidth\ufeff", "zerowidth"},
            {"x".repeat(100), "x".repeat(100)},
            {"x".repeat(101), "x".repeat(97) + "..."},
            {"…".repeat(50), ".".repeat(100)},
        };
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void subjectsAreMadeToFit(String wanted, String fitting) {
        assertEquals(fitting, subject(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u200b", "\u0000"})
    void aSubjectOfNothingIsNone(String wanted) {
        assertNull(subject(wanted));
    }

    @Test
    void anySubjectFits() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            String wanted = random(random, random.nextInt(220));
            String fitting = subject(wanted);
            if (fitting != null) {
                assertTrue(fitting.matches("[!-~][ -~]{0,99}"), () -> "'" + fitting + "' of '" + wanted + "'");
                assertEquals(fitting, subject(fitting), "What fits stays as it is");
            }
        }
    }

    @Test
    void aBodyThatFitsStaysAsItIs() {
        String lines = "one\r\n\ttwo \u001b \ud83d\ude80\n";
        assertEquals(lines, body(lines));
        String longest = "ä".repeat(Notice.BODY_LIMIT / 2);
        assertEquals(longest, body(longest));
    }

    @Test
    void aLongBodyIsCutBetweenCharacters() {
        for (String character : new String[] {"x", "ä", "日", "\ud83d\ude80"}) {
            for (int before = 0; before < 8; before++) { // so that the limit falls on each byte of a character
                String wanted = "x".repeat(before) + character.repeat(Notice.BODY_LIMIT / bytes(character) + 1);
                String fitting = body(wanted);
                assertTrue(bytes(fitting) <= Notice.BODY_LIMIT, "Too long");
                assertTrue(bytes(fitting) > Notice.BODY_LIMIT - bytes(character), "Shorter than need be");
                assertTrue(fitting.endsWith("..."));
                assertTrue(wanted.startsWith(fitting.substring(0, fitting.length() - 3)));
            }
        }
    }

    @Test
    void anyBodyFits() {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            String wanted = random(random, 60_000 + random.nextInt(120_000));
            String fitting = body(wanted);
            assertTrue(bytes(fitting) <= Notice.BODY_LIMIT);
            assertEquals(bytes(wanted) <= Notice.BODY_LIMIT, fitting.equals(wanted));
            assertFalse(fitting.contains("\ufffd"));
        }
    }

    /** Characters of one to four bytes, and controls. */
    private static String random(Random random, int length) {
        int[] bounds = {0x20, 0x7f, 0x100, 0x800, 0xd800, 0xfff0, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(bounds.length);
            int from = kind == 0 ? 0 : kind == 6 ? 0x10000 : kind == 5 ? 0xe000 : bounds[kind - 1];
            text.appendCodePoint(from + random.nextInt(bounds[kind] - from));
        }
        return text.toString();
    }

    @Test
    void theSubjectTakesTheBodysPlace() {
        assertEquals("Approve?", new Notice("Approve?", " ").body());
        assertThrows(IllegalArgumentException.class, () -> new Notice("\n", ""));
        assertThrows(IllegalArgumentException.class, () -> new Notice(null, " "));
        assertNotEquals(new Notice("a", "b"), new Notice("a", "c"));
    }
}
