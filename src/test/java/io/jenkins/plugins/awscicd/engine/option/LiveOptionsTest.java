package io.jenkins.plugins.awscicd.engine.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people approve of as text is one thing alone: no other value has the same text. */
class LiveOptionsTest {

    @Test
    void whatPeopleReadIsPlain() {
        assertEquals("web", LiveOptions.text("web"));
        assertEquals(
                "{list=[a, b=c], name=x,y, on=true, url=https://example.com/?a=b}",
                LiveOptions.text(Map.of(
                        "name", "x,y", "on", true, "url", "https://example.com/?a=b", "list", List.of("a", "b=c"))));
    }

    @Test
    void otherValuesHaveOtherTexts() {
        List<Object> values = List.of(
                Map.of("location", "good", "name", "x", "path", "safe"),
                Map.of("location", "good", "name", "x, path=safe"),
                Map.of("location", "good, name=x, path=safe"),
                Map.of("location=good, name", "x", "path", "safe"),
                Map.of("location", "good", "name", "\"x, path=safe\""),
                Map.of("location", "good", "name", "\\\"x\", path=\"safe\\\""),
                List.of("a", "b"),
                List.of("a, b"),
                List.of("a,", "b"),
                List.of("a", ", b"),
                List.of(List.of("a"), "b"),
                List.of("[a]", "b"),
                List.of("[a], b"),
                Map.of("a", Map.of("b", "c")),
                Map.of("a", "{b=c}"),
                Map.of("a=b", "c"),
                Map.of("a", "b=c"));
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(LiveOptions.text(value)));
        assertEquals(texts.size(), new HashSet<>(texts).size(), texts::toString);
    }

    /** Of an environment variable, say, there is only a digest to be read. */
    @Test
    void aTextIsNotWhatAMapIs() {
        assertNotEquals(
                LiveOptions.part("{type=SECRETS_MANAGER}"), LiveOptions.part(Map.of("type", "SECRETS_MANAGER")));
        assertEquals("main", LiveOptions.part("main"));
    }
}
