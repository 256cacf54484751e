package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {

    private static final String TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e";

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_790_000_000_000L, Long.MAX_VALUE})
    void aMarkerIsFoundUnderAnyDescription(long order) {
        Marker marker = new Marker(TOKEN, order);
        for (String description : new String[] {
            "web #42", "", "[jenkins]", "größer\nund länger", "x".repeat(Marker.LONGEST_DESCRIPTION), "y".repeat(5000)
        }) {
            String marked = marker.under(description);
            assertEquals(marker, Marker.in(marked));
            assertTrue(marked.length() <= 256, marked.length() + " characters, and AWS takes 256");
        }
    }

    @Test
    void aDescriptionIsSeenWithoutIt() {
        String marked = new Marker(TOKEN, 1_790_000_000_000L).under("Release 1.2 of web");
        assertEquals("Release 1.2 of web [jenkins " + TOKEN + " mubbs7i8]", marked);
        assertEquals("Release 1.2 of web", Marker.without(marked));
        assertEquals("by hand", Marker.without("by hand"));
        assertEquals("", Marker.without(""));
    }

    @Test
    void aDescriptionThatFitsIsNotCut() {
        String longest = "x".repeat(Marker.LONGEST_DESCRIPTION);
        assertEquals(longest, Marker.without(new Marker(TOKEN, Long.MAX_VALUE).under(longest)));
        String tooLong = longest + "y";
        String seen = Marker.without(new Marker(TOKEN, 1).under(tooLong));
        assertEquals(Marker.LONGEST_DESCRIPTION, seen.length());
        assertTrue(seen.endsWith("x…"), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web #42",
                "[jenkins]",
                "[jenkins 0f8fad5b 1]",
                "[jenkins 0f8fad5b-d9cb-469f-a165-70867728950e]",
                "[jenkins 0f8fad5b-d9cb-469f-a165-70867728950e 1] and more",
                "[jenkins 0f8fad5b-d9cb-469f-a165-70867728950e -1]",
                "[jenkins 0f8fad5b-d9cb-469f-a165-70867728950e zzzzzzzzzzzzz]",
                "[JENKINS 0f8fad5b-d9cb-469f-a165-70867728950e 1]"
            })
    void whatSomebodyElseHasWrittenIsNoMarker(String description) {
        assertNull(Marker.in(description));
    }

    @Test
    void theLastMarkerCounts() {
        Marker first = new Marker(TOKEN, 1);
        Marker last = new Marker("11111111-2222-3333-4444-555555555555", 2);
        assertEquals(last, Marker.in(last.under(first.under("again"))));
    }
}
