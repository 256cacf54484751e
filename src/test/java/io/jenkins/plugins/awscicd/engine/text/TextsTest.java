package io.jenkins.plugins.awscicd.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences are where they can be translated, and come out as they are written. */
class TextsTest {

    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?:'')*(?!')");

    /** What people read on pages and forms. */
    private static final List<String> TOLD = List.of(
            "approval/ApprovalPolicy",
            "approval/ApprovalRequest",
            "option/Option",
            "option/Options",
            "option/Rule",
            "option/Given",
            "stage/ClosedHours",
            "stage/NamePatterns");

    static Stream<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.endsWith("Texts.properties")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void apostrophesAreThere(Path bundle) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            texts.load(reader);
        }
        texts.forEach((key, text) ->
                assertFalse(LONE_APOSTROPHE.matcher((String) text).find(), () -> key + " in " + bundle + ": " + text));
    }

    @Test
    void sentencesAreNotInTheCode() throws IOException {
        for (String type : TOLD) {
            String code = Files.readString(Path.of("src/main/java/io/jenkins/plugins/awscicd/engine/" + type + ".java"))
                    .replaceAll("(?s)/\\*.*?\\*/", "")
                    .replaceAll("//[^\n]*", "");
            assertEquals(
                    List.of(),
                    Pattern.compile("\"[^\"\n]*[a-z]{2,} [a-z]{2,}[^\"\n]*\"")
                            .matcher(code)
                            .results()
                            .map(found -> found.group())
                            .toList(),
                    type);
        }
    }

    @Test
    void numbersAreWordsOfTheirOwn() {
        ApprovalPolicy two = new ApprovalPolicy(List.of("alice", "bob"), 2, true, true, false);
        assertEquals("2 approvals by alice, bob; not by whoever started the run; each with a comment", two.toString());
        ApprovalPolicy one = new ApprovalPolicy(List.of(), 1, false, true, true);
        assertEquals("1 approval by anyone who may build the job or an administrator; with a comment", one.toString());
        assertEquals(
                "Fri 16:00 - Mon 06:00 UTC",
                ClosedHours.of("Fri 16:00 - Mon 06:00 UTC").toString());
    }
}
