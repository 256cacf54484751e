package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's folder belongs to many. */
class RunJournalTest {

    @TempDir
    Path folder;

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void journalsAloneAreTakenAway() throws IOException {
        String journal = "aws-cicd-" + UUID.randomUUID();
        Files.createFile(folder.resolve(journal + ".properties"));
        Files.createFile(folder.resolve(journal + ".next"));
        Files.createFile(folder.resolve("aws-cicd-report.properties"));
        Files.createFile(folder.resolve(journal + ".properties.bak"));
        Files.createFile(folder.resolve("aws-jobs.jsonl"));
        Files.createDirectory(folder.resolve("aws-cicd-" + UUID.randomUUID() + ".properties"));
        Set<String> others = left();
        others.removeAll(Set.of(journal + ".properties", journal + ".next"));

        RunJournal.deleteAll(folder);

        assertEquals(others, left());
    }

    @Test
    void aRunThatIsGoneHasNothingToBeTaken() {
        RunJournal.deleteAll(folder.resolve("gone"));
    }
}
