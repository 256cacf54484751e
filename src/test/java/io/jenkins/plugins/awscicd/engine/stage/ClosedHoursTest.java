package io.jenkins.plugins.awscicd.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedHoursTest {

    /** 2026-11-20 is a Friday; summer time in Berlin ends on 2026-10-25 at 03:00, and begins on 2026-03-29 at 02:00. */
    @ParameterizedTest
    @CsvSource({
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-11-20T14:59:59Z, false",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-11-20T15:00:00Z, true",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-11-22T23:59:59Z, true",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-11-23T04:59:59Z, true",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-11-23T05:00:00Z, false",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-07-24T14:00:00Z, true",
        "Fri 16:00 - Mon 06:00 Europe/Berlin, 2026-07-24T13:59:00Z, false",
        "Sun 22:00 - Mon 00:00 UTC, 2026-11-22T23:59:00Z, true",
        "Sun 22:00 - Mon 00:00 UTC, 2026-11-23T00:00:00Z, false",
        "daily 23:00-01:00 UTC, 2026-11-22T23:30:00Z, true",
        "daily 23:00-01:00 UTC, 2026-11-23T00:59:00Z, true",
        "daily 23:00-01:00 UTC, 2026-11-23T01:00:00Z, false",
        "daily 00:00-24:00 UTC, 2026-11-22T23:59:59Z, true",
        "Sun 02:00-03:00 Europe/Berlin, 2026-10-25T00:30:00Z, true",
        "Sun 02:00-03:00 Europe/Berlin, 2026-10-25T01:30:00Z, true",
        "Sun 02:00-03:00 Europe/Berlin, 2026-03-29T01:00:00Z, false",
        "Sat-Mon 00:00-06:00 UTC, 2026-11-22T01:00:00Z, true",
        "Sat-Mon 00:00-06:00 UTC, 2026-11-24T01:00:00Z, false",
    })
    void hoursAreThoseOfTheWallClock(String hours, Instant when, boolean closed) {
        assertEquals(closed, ClosedHours.of(hours).closedAt(when).isPresent());
    }

    @Test
    void anyOfThemCloses() {
        ClosedHours hours = ClosedHours.of("Mon 10:00-11:00 UTC; Mon 12:00-13:00 UTC\n Tue 10:00-11:00 UTC;");
        assertEquals(
                "Mon 12:00-13:00 UTC",
                hours.closedAt(Instant.parse("2026-11-23T12:30:00Z")).orElseThrow());
        assertEquals(3, hours.windows().size());
        assertEquals(0, ClosedHours.of(null).windows().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "always",
                "daily 10:00-11:00",
                "daily 10:00-11:00 Berlin",
                "daily 10:00-10:00 UTC",
                "daily 10:60-11:00 UTC",
                "daily 25:00-26:00 UTC",
                "Someday 10:00-11:00 UTC",
                "Mon 10:00 - Mon 10:00 UTC",
            })
    void whatIsNotUnderstoodIsRefused(String hours) {
        assertThrows(IllegalArgumentException.class, () -> ClosedHours.of(hours));
    }

    @Test
    void whatIsTooLongIsRefused() {
        String blanks = "Mon" + " ".repeat(300) + "11:30-13:00 UTC";
        IllegalArgumentException window = assertThrows(IllegalArgumentException.class, () -> ClosedHours.of(blanks));
        assertTrue(window.getMessage().contains("the maximum is 200"), window.getMessage());
        String many = "Mon 11:30-13:00 UTC;".repeat(300);
        IllegalArgumentException all = assertThrows(IllegalArgumentException.class, () -> ClosedHours.of(many));
        assertTrue(all.getMessage().contains("the maximum is 4000"), all.getMessage());
    }

    @Test
    void theNextChangeIsKnown() {
        Instant friday = Instant.parse("2026-11-27T12:00:30Z");
        ClosedHours hours = ClosedHours.of("Fri 16:00 - Mon 06:00 Europe/Berlin");
        assertEquals(Optional.of(Instant.parse("2026-11-27T15:00:00Z")), hours.changesAfter(friday));
        assertEquals(
                Optional.of(Instant.parse("2026-11-30T05:00:00Z")),
                hours.changesAfter(Instant.parse("2026-11-28T12:00:00Z")));
        assertEquals(Optional.empty(), ClosedHours.of("daily 00:00-24:00 UTC").changesAfter(friday));
        assertEquals(Optional.empty(), ClosedHours.of(null).changesAfter(friday));
    }
}
