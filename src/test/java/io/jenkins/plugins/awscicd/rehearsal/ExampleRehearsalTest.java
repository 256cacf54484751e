package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example's delivery: what README shows is what runs, from the build to prod. */
class ExampleRehearsalTest {

    private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();

    @TempDir
    private Path workspace;

    @TempDir
    private Path reports;

    private Rehearsed rehearsed;

    @BeforeEach
    void begin() throws IOException {
        Path web = EXAMPLES.resolve("web");
        for (Map.Entry<String, Path> file : Archive.files(web).entrySet()) {
            if (!file.getKey().startsWith("target/")) {
                Path copy = workspace.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.copy(file.getValue(), copy);
                assertTrue(copy.toFile().setExecutable(Files.isExecutable(file.getValue())));
            }
        }
        rehearsed = new Rehearsed(workspace)
                .with("--stages", EXAMPLES.resolve("jenkins.yaml").toString(), "--as", "ada")
                // Hours of which it is certain that it is none of them.
                .terminal("CLOSED_HOURS", "Mon 00:00-00:01 UTC".replace("Mon", dayAfterTomorrow()));
    }

    private static String dayAfterTomorrow() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(2).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private static String jenkinsfile(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve("web").resolve(name));
    }

    /** On the first instance of a group. */
    private Path installed(String group) {
        String instance = rehearsed.aws().codeDeploy().instances("web", group).get(0);
        return rehearsed.aws().codeDeploy().folder(group, instance).resolve("opt/web/web.jar");
    }

    @Test
    void goesFromTheBuildToProd() throws Exception {
        Path report = reports.resolve("index.html");
        Result result = rehearsed
                .with("--approve", "bob", "--report", report.toString())
                .run(jenkinsfile("Jenkinsfile"));

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("[CodeBuild] Tests web-unit-tests: 8 tests, all passed"));
        assertTrue(rehearsed.console().contains("[CodeBuild] Downloaded and archived 1 file"), rehearsed.console());
        try (Stream<Path> archived = Files.list(reports.resolve("artifacts"))) {
            assertEquals(
                    List.of("web.zip"),
                    archived.map(it -> it.getFileName().toString()).toList());
        }
        assertTrue(Files.readString(report).contains("artifacts/web.zip"));
        assertFalse(Files.exists(workspace.resolve("artifacts")), "The checkout is as it was");
        assertEquals(-1, Files.mismatch(installed("dev"), installed("prod")));
        assertTrue(rehearsed.aws().beanstalk().has("web-test"));
        assertEquals(
                List.of(true, true),
                rehearsed.aws().codeDeploy().instances("web", "dev").stream()
                        .map(instance -> instance.startsWith("i-"))
                        .toList(),
                "The fleet of dev is that of the stack");
        assertTrue(
                rehearsed.console().indexOf("[CodeDeploy] Ready: the replacement waits for traffic")
                        > rehearsed.console().indexOf("(green)  ValidateService"),
                rehearsed.console());
    }

    @Test
    void withoutAnApprovalItEndsBeforeProd() throws Exception {
        Result result = rehearsed
                .with("--approve", "none")
                .run(jenkinsfile("Jenkinsfile").replaceFirst(" *input \".*\"\n", ""));

        assertEquals(Result.ABORTED, result, rehearsed.console());
        assertTrue(
                rehearsed
                        .lastLine()
                        .contains(
                                "Approval: Not approved: 'Ship web 1.0.1 to prod?' would have been asked (--approve none)"),
                rehearsed.lastLine());
        assertFalse(rehearsed.aws().codeDeploy().has("web", "prod"));
    }

    @Test
    void aReplacementThatDoesNotLookGoodIsStopped() throws Exception {
        Result result = rehearsed.with("--approve", "none").run(jenkinsfile("Jenkinsfile"));

        assertEquals(Result.ABORTED, result, rehearsed.console());
        assertTrue(
                rehearsed.aws().codeDeploy().deployments().stream()
                        .anyMatch(it -> it.status().name().equals("STOPPED")),
                rehearsed.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jenkinsfile.scripted", "Jenkinsfile.library"})
    void theOtherWaysToWriteItComeToTheSame(String name) throws Exception {
        Result result = rehearsed
                .with("--approve", "bob", "--library", "delivery=" + EXAMPLES.resolve("library"))
                .run(jenkinsfile(name));

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(-1, Files.mismatch(installed("dev"), installed("prod")));
    }

    @Test
    void aCommitThatTheTestsCatchIsNotDeployed() throws Exception {
        apply("tests-catch-it.patch");

        Result result = rehearsed.with("--approve", "bob").run(jenkinsfile("Jenkinsfile"));

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("FAIL  theFrontPageGreetsByName"), rehearsed.console());
        assertTrue(rehearsed.lastLine().contains("Build and test: web #1 failed: "), rehearsed.lastLine());
        assertFalse(rehearsed.aws().codeDeploy().has("web", "dev"));
    }

    @Test
    void aCommitThatFailsOnDevIsRolledBackThere() throws Exception {
        String toDev = upTo("test", jenkinsfile("Jenkinsfile"));
        assertEquals(Result.SUCCESS, rehearsed.run(toDev), rehearsed.console());
        byte[] before = Files.readAllBytes(installed("dev"));
        apply("fails-on-dev.patch");

        Result result = rehearsed.run(toDev);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("Unable to access jarfile"), rehearsed.console());
        assertTrue(rehearsed.lastLine().contains("dev: web to dev failed, rolled back to s3://"), rehearsed.lastLine());
        assertEquals(before.length, Files.size(installed("dev")));
    }

    /** The delivery without a stage and what follows it. */
    private static String upTo(String stage, String jenkinsfile) {
        return jenkinsfile.replaceFirst("(?s) *stage\\('" + stage + "'\\).*", "    }\n}\n");
    }

    @Test
    void aCommitThatReplacesSomethingOfTheFleetIsShownBeforeItDoes() throws Exception {
        assertEquals(Result.SUCCESS, rehearsed.run(upTo("dev", jenkinsfile("Jenkinsfile"))), rehearsed.console());
        String group = rehearsed.aws().codeDeploy().instances("web", "dev").toString();
        apply("replaces-on-dev.patch");
        String asks = Files.readString(workspace.resolve("Jenkinsfile"));
        Path report = workspace.resolve("target/report.html");

        Result result = rehearsed
                .with("--approve", "bob", "--report", report.toString())
                .run(asks);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("! replace  SecurityGroup"), rehearsed.console());
        assertTrue(rehearsed.console().contains("[Approval] Approved by bob"), rehearsed.console());
        assertEquals(group, rehearsed.aws().codeDeploy().instances("web", "dev").toString());
        String page = Files.readString(report);
        assertTrue(
                page.contains(
                        "<del class=\"\">Clients of the web app</del> → <ins class=\"\">Browsers of the web app</ins>"),
                page);
    }

    @Test
    void aPipelineOfCodePipelineOrchestrates() throws Exception {
        Result result = rehearsed.with("--approve", "bob").run(jenkinsfile("Jenkinsfile.pipeline"));

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed
                .aws()
                .beanstalk()
                .environment("web-test")
                .versionLabel()
                .startsWith("code-pipeline-"));
        assertTrue(rehearsed.console().contains("[CodePipeline] Deploy/Deploy"), rehearsed.console());
        assertTrue(rehearsed.console().contains("Approved by bob"), rehearsed.console());
    }

    private void apply(String patch) throws IOException, InterruptedException {
        Process git = new ProcessBuilder(
                        "git",
                        "apply",
                        EXAMPLES.resolve("web/commits").resolve(patch).toString())
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), said);
    }

    @Test
    void readmeShowsTheExample() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        assertTrue(readme.contains("```groovy\n" + jenkinsfile("Jenkinsfile") + "```\n"));
    }
}
