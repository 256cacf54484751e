package io.jenkins.plugins.awscicd.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, Main, false",
        "main, mainly, false",
        "release-*, release-, true",
        "release-*, release-1.2, true",
        "release-*, release-1/2, false",
        "*/prod, web/prod, true",
        "*/prod, shop/web/prod, false",
        "**/prod, shop/web/prod, true",
        "shop/**, shop/web/main, true",
        "shop/**, shop, false",
        "**, a/b/c, true",
        "***, a/b/c, true",
        "a*c*e, abcde, true",
        "a*c*e, abcdef, false",
        "a**c/*d, a/b/c/xd, true",
        "'a, b*', bcd, true",
        "'a, b*', cb, false",
        "'.*', anything, false",
        "'[a-z]', a, false",
    })
    void asterisksStandForPartsOfNames(String patterns, String name, boolean matches) {
        assertEquals(matches, NamePatterns.of(patterns).match(name));
    }

    @Test
    void theCaseMattersWhereItIsTold() {
        assertTrue(NamePatterns.of("WEB/pro*").matchIgnoringCase("web/PROD"));
        assertFalse(NamePatterns.of("WEB/pro*").match("web/PROD"));
    }

    @Test
    void nothingIsNoPattern() {
        assertTrue(NamePatterns.of(null).isEmpty());
        assertEquals(List.of("a", "b"), NamePatterns.of(" a ,, \n b,").patterns());
    }

    /** A regular expression takes longer than the machine lives. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void noNameTakesForEver() {
        assertFalse(NamePatterns.of("*a".repeat(2_000) + "b").match("a".repeat(5_000)));
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NamePatterns.of("a".repeat(10_001)));
    }
}
