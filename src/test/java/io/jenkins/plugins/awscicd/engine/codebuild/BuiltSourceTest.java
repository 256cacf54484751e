package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is built is said at once, and exactly as soon as AWS says it. */
class BuiltSourceTest extends SteppedBuilds {

    private static final String URL = "https://github.com/example/web.git";

    private BuildRun build(Map<String, ?> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("project", "web");
        return new BuildRun(bench).start(new BuildRequest(all));
    }

    private List<String> sourceLines(BuildRun run) {
        return run.console().lines().stream()
                .filter(line -> line.startsWith("Started") || line.startsWith("Source"))
                .toList();
    }

    @Test
    void theVersionThatWasAskedForIsInTheFirstLine() {
        bench.simulatedProject("web", it -> it.source("GITHUB", URL).buildspec("version: 0.2"));
        BuildRun run = build(Map.of("sourceVersion", "release"));
        untilOver(run);
        assertEquals(
                "Started web #1, which builds " + URL + " at release",
                run.console().lines().get(0));
    }

    @Test
    void thatNoVersionWasAskedForIsInTheFirstLine() {
        bench.simulatedProject("web", it -> it.source("GITHUB", URL).buildspec("version: 0.2"));
        BuildRun run = build(Map.of());
        untilOver(run);
        assertEquals(
                "Started web #1, which builds " + URL + " (default branch)",
                run.console().lines().get(0));
    }

    @Test
    void anObjectInS3IsNamed() {
        bench.simulatedProject("web", it -> it.source("S3", "sources/web.zip").buildspec("version: 0.2"));
        BuildRun newest = build(Map.of());
        untilOver(newest);
        assertEquals(
                "Started web #1, which builds s3://sources/web.zip",
                newest.console().lines().get(0));
        BuildRun older = build(Map.of("sourceVersion", "3HL4kqtJlcpXroDTDmJ"));
        untilOver(older);
        assertEquals(
                "Started web #2, which builds s3://sources/web.zip at 3HL4kqtJlcpXroDTDmJ",
                older.console().lines().get(0));
    }

    @Test
    void theCommitIsToldOnceWhenAwsNamesIt() {
        String commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
        bench.simulatedProject(
                "web", it -> it.source("GITHUB", URL).buildspec("version: 0.2").variable("SIMULATED_COMMIT", commit));
        BuildRun before = build(Map.of("sourceVersion", "main"));
        bench.advance(30);
        before.job().abandon();
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);
        assertEquals(
                List.of("Started web #1, which builds " + URL + " at main", "Source is at commit " + commit),
                sourceLines(before));
        assertEquals(List.of(), sourceLines(after));
        assertEquals(commit, after.last().sourceVersion());

        BuildRun exact = build(Map.of("sourceVersion", commit));
        untilOver(exact);
        assertEquals(1, sourceLines(exact).size());
    }

    @Test
    void whatIsNullIsToldIfItDecidesWhatIsBuilt() {
        bench.simulatedProject("web");
        Map<String, Object> unset = new HashMap<>();
        unset.put("sourceVersion", null);
        unset.put("image", null);
        unset.put("timeoutMinutes", null);
        BuildRun run = build(unset);
        untilOver(run);
        assertEquals(
                List.of("image is null and is ignored", "sourceVersion is null and is ignored", "Started web #1"),
                run.console().lines().subList(0, 3));
    }

    @Test
    void aVersionOfAFurtherSourceThatIsNullIsTold() {
        Map<String, Object> source = new HashMap<>(Map.of("identifier", "lib", "type", "NO_SOURCE"));
        source.put("version", null);
        assertEquals(
                List.of("secondarySources: version of lib is null and is ignored"),
                new BuildRequest(Map.of("project", "web", "secondarySources", List.of(source))).doubts());
    }

    @Test
    void whatIsNullIsKnownAfterVariablesWereTakenOut() {
        Map<String, Object> unset = new HashMap<>(Map.of("project", "web"));
        unset.put("sourceVersion", null);
        BuildRequest kept = new BuildRequest(unset).withoutVariables().withVariables(Map.of("A", "b"));
        assertEquals(List.of("sourceVersion is null and is ignored"), kept.doubts());
    }
}
