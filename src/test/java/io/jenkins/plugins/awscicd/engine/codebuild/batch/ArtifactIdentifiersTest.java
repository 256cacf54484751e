package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.codebuild.BuildReader;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.BuildArtifacts;

/** What the secondary artifacts of a batch's builds are called: as in the buildspec, whether AWS puts their build's name before or not. */
class ArtifactIdentifiersTest {

    private static BuildSnapshot build(String id, String... secondary) {
        return new BuildSnapshot(
                id,
                "arn:aws:codebuild:eu-west-1:123456789012:build/" + id,
                "web",
                1,
                "SUCCEEDED",
                true,
                "COMPLETED",
                List.of(),
                null,
                null,
                true,
                null,
                "",
                null,
                null,
                BuildReader.artifacts(
                        null,
                        Arrays.stream(secondary)
                                .map(it -> BuildArtifacts.builder()
                                        .artifactIdentifier(it)
                                        .location("arn:aws:s3:::builds/" + it)
                                        .build())
                                .toList()),
                Map.of(),
                List.of(),
                null,
                null,
                null,
                0,
                false,
                null,
                ReportOutcome.NONE);
    }

    private static BatchSnapshot batch(Map<String, BuildSnapshot> byMember, List<BuildResult.Artifact> combined) {
        List<BatchMember> members = new ArrayList<>();
        Map<String, BuildSnapshot> builds = new TreeMap<>();
        byMember.forEach((name, build) -> {
            builds.put(build.id(), build);
            BatchMember.Attempt made = new BatchMember.Attempt(build.id(), "SUCCEEDED", null, true);
            members.add(new BatchMember(name, List.of(), false, made, List.of()));
        });
        return new BatchSnapshot(
                "web:1",
                "arn:aws:codebuild:eu-west-1:123456789012:build-batch/web:1",
                "web",
                1,
                "SUCCEEDED",
                true,
                false,
                "SUCCEEDED",
                List.of(),
                members,
                "",
                null,
                null,
                combined,
                null,
                null,
                builds,
                ReportOutcome.NONE);
    }

    private static Map<String, List<String>> identifiers(Map<String, BuildSnapshot> byMember) {
        BatchSnapshot batch = batch(byMember, List.of());
        Map<String, List<String>> found = new TreeMap<>();
        batch.members()
                .forEach(member -> found.put(
                        member.identifier(),
                        batch.artifacts(member).stream()
                                .map(BuildResult.Artifact::getIdentifier)
                                .toList()));
        return found;
    }

    @Test
    void theNameOfTheBuildIsTakenOffWhereAllHaveIt() {
        assertEquals(
                Map.of("linux", List.of("rpm", "docs"), "mac", List.of("rpm", "docs")),
                identifiers(Map.of(
                        "linux",
                        build("web:a", "linux_rpm", "linux_docs"),
                        "mac",
                        build("web:b", "mac_rpm", "mac_docs"))));
    }

    @Test
    void whatIsOnlyCalledLikeABuildKeepsItsName() {
        assertEquals(
                Map.of("linux", List.of("linux_rpm", "rpm"), "mac", List.of("linux_rpm", "rpm")),
                identifiers(Map.of(
                        "linux", build("web:a", "linux_rpm", "rpm"), "mac", build("web:b", "linux_rpm", "rpm"))));
    }

    @Test
    void itIsTakenOffOnce() {
        assertEquals(
                Map.of("linux", List.of("linux_rpm"), "mac", List.of("linux_rpm")),
                identifiers(
                        Map.of("linux", build("web:a", "linux_linux_rpm"), "mac", build("web:b", "mac_linux_rpm"))));
    }

    private static BuildArtifacts combined(String identifier, String key) {
        return BuildArtifacts.builder()
                .artifactIdentifier(identifier)
                .location("arn:aws:s3:::builds/" + key)
                .sha256sum("0123")
                .build();
    }

    /** Whether AWS combines others than the primary ones, nobody says: what it names so is in the place of the builds' own. */
    @Test
    void whatAwsHasCombinedComesInThePlaceOfThoseThatAreCalledAlike() {
        BatchSnapshot batch = batch(
                Map.of("linux", build("web:a", "docs", "rpm"), "mac", build("web:b", "docs", "dmg")),
                BuildReader.artifacts(combined(null, "all"), List.of(combined("docs", "docs"))));
        assertEquals(
                List.of(" null", " docs", "linux rpm", "mac dmg"),
                BatchAftermath.artifacts(batch).keySet().stream()
                        .map(it -> it.below() + " " + it.identifier())
                        .sorted(Comparator.comparing((String it) -> it.charAt(0)))
                        .toList());
    }
}
