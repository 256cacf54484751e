package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {

    private static final AwsEvent EVENT = AwsEvent.of("""
            {"id": "e1", "source": "aws.codecommit", "detail-type": "CodeCommit Repository State Change",
             "account": "123456789012", "region": "eu-west-1", "resources": ["arn:one", "arn:two"],
             "detail": {"repositoryName": "web", "referenceName": "release/1.2", "size": 12.50, "merged": true,
                        "nothing": null, "inner": {"state": "OPEN"}, "list": [{"name": "a"}, {"name": "b"}]}}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"source\": [\"aws.codecommit\"]} | true",
                "{\"source\": [\"aws.codebuild\"]} | false",
                "{\"source\": [\"aws.codebuild\", \"aws.codecommit\"], \"account\": [\"123456789012\"]} | true",
                "{\"resources\": [\"arn:two\"]} | true",
                "{\"resources\": [\"arn:three\"]} | false",
                "{\"detail\": {\"referenceName\": [{\"prefix\": \"release/\"}]}} | true",
                "{\"detail\": {\"referenceName\": [{\"prefix\": {\"equals-ignore-case\": \"RELEASE\"}}]}} | true",
                "{\"detail\": {\"referenceName\": [{\"prefix\": \"RELEASE\"}]}} | false",
                "{\"detail\": {\"referenceName\": [{\"suffix\": \"1.2\"}]}} | true",
                "{\"detail\": {\"referenceName\": [{\"suffix\": \"a very long suffix of it\"}]}} | false",
                "{\"detail\": {\"repositoryName\": [{\"equals-ignore-case\": \"WEB\"}]}} | true",
                "{\"detail\": {\"repositoryName\": [{\"anything-but\": [\"web\", \"api\"]}]}} | false",
                "{\"detail\": {\"repositoryName\": [{\"anything-but\": \"api\"}]}} | true",
                "{\"detail\": {\"repositoryName\": [{\"anything-but\": {\"prefix\": \"w\"}}]}} | false",
                "{\"detail\": {\"repositoryName\": [{\"anything-but\": {\"suffix\": [\"x\", \"y\"]}}]}} | true",
                "{\"detail\": {\"absent\": [{\"anything-but\": \"x\"}]}} | false",
                "{\"detail\": {\"size\": [12.5]}} | true",
                "{\"detail\": {\"size\": [{\"numeric\": [\">\", 0, \"<=\", 12.5]}]}} | true",
                "{\"detail\": {\"size\": [{\"numeric\": [\">\", 12.5]}]}} | false",
                "{\"detail\": {\"repositoryName\": [{\"numeric\": [\">\", 0]}]}} | false",
                "{\"detail\": {\"merged\": [true]}} | true",
                "{\"detail\": {\"merged\": [\"true\"]}} | false",
                "{\"detail\": {\"nothing\": [null]}} | true",
                "{\"detail\": {\"absent\": [null]}} | false",
                "{\"detail\": {\"absent\": [{\"exists\": false}]}} | true",
                "{\"detail\": {\"absent\": [{\"exists\": true}]}} | false",
                "{\"detail\": {\"merged\": [{\"exists\": true}]}} | true",
                "{\"detail\": {\"referenceName\": [{\"wildcard\": \"rel*/*.2\"}]}} | true",
                "{\"detail\": {\"referenceName\": [{\"wildcard\": \"rel*/*.3\"}]}} | false",
                "{\"detail\": {\"inner\": {\"state\": [\"OPEN\"]}}} | true",
                "{\"detail\": {\"absent\": {\"state\": [\"OPEN\"]}}} | false",
                "{\"detail\": {\"absent\": {\"state\": [{\"exists\": false}]}}} | true",
                "{\"detail\": {\"list\": {\"name\": [\"b\"]}}} | true",
                "{\"$or\": [{\"source\": [\"x\"]}, {\"region\": [\"eu-west-1\"]}]} | true",
                "{\"source\": [\"aws.codecommit\"], \"$or\": [{\"source\": [\"x\"]}, {\"region\": [\"us-east-1\"]}]} | false",
                "{\"detail\": {\"$or\": [{\"size\": [1]}, {\"repositoryName\": [\"web\"]}]}} | true"
            })
    void matchesAsEventBridgeDoes(String pattern, boolean matches) {
        assertEquals(matches, EventPattern.of(pattern).matches(EVENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | Not JSON, from character 2",
                "[] | A pattern is a JSON object",
                "{} | A pattern is a JSON object",
                "{\"source\": \"aws.codecommit\"} | source needs an array of what matches",
                "{\"detail\": {\"a\": []}} | detail.a needs an array of what matches",
                "{\"a\": [{\"cidr\": \"10.0.0.0/8\"}]} | a has 'cidr', which is no operator that is known here",
                "{\"a\": [{\"prefix\": 1}]} | a has prefix without a text",
                "{\"a\": [{\"numeric\": [\"=\"]}]} | a has numeric without pairs",
                "{\"a\": [{\"numeric\": [\"!\", 1]}]} | a has numeric with '!'",
                "{\"a\": [{\"exists\": 1}]} | a has exists without true or false",
                "{\"a\": [[\"x\"]]} | a has an array in an array"
            })
    void whatIsNoPatternIsNamed(String pattern, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> EventPattern.of(pattern))
                .getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void noTextTakesLong() {
        EventPattern stars = EventPattern.of("{\"detail\": {\"a\": [{\"wildcard\": \"" + "*a".repeat(200) + "*b\"}]}}");
        AwsEvent event = AwsEvent.of("{\"id\":\"1\",\"source\":\"s\",\"detail-type\":\"t\",\"detail\":{\"a\":\""
                + "a".repeat(100_000) + "\"}}");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(false, stars.matches(event)));
        EventPattern number = EventPattern.of("{\"detail\": {\"a\": [{\"numeric\": [\">\", 1]}]}}");
        AwsEvent huge =
                AwsEvent.of("{\"id\":\"1\",\"source\":\"s\",\"detail-type\":\"t\",\"detail\":{\"a\":1e999999999}}");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(false, number.matches(huge)));
    }

    /** Shapes whose cost is multiplied in other matchers: arrays side by side in an event, and {@code $or}s side by side in a pattern. */
    @Test
    void neitherArraysNorAlternativesAreMultiplied() {
        String values =
                IntStream.range(0, 5000).mapToObj(i -> "\"v" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        AwsEvent arrays = AwsEvent.of("{\"id\":\"1\",\"source\":\"s\",\"detail-type\":\"t\",\"a\":" + values + ",\"b\":"
                + values + ",\"c\":" + values + "}");
        EventPattern each = EventPattern.of("{\"a\": [{\"prefix\": \"v\"}], \"b\": [{\"prefix\": \"v\"}],"
                + " \"c\": [{\"prefix\": \"v\"}], \"z\": [\"no\"]}");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertFalse(each.matches(arrays)));
        String alternatives = IntStream.range(0, 80)
                .mapToObj(i -> "\"k" + i + "\":{\"$or\":[{\"a\":[\"1\"]},{\"b\":[\"2\"]}]}")
                .collect(Collectors.joining(",", "{", "}"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertFalse(EventPattern.of(alternatives).matches(arrays)));
    }
}
