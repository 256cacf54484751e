package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program: its arguments and its exit code. */
class RehearsalMainTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> terminal = new HashMap<>(Map.of("PATH", System.getenv("PATH")));

    private int run(String jenkinsfile, String... arguments) throws Exception {
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile);
        String[] all = new String[arguments.length + 1];
        all[0] = file.toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return main(all);
    }

    private int main(String... arguments) throws Exception {
        return new RehearsalMain(terminal, print(out), print(err), InputStream.nullInputStream()).run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void aDeliveryRunsAgainstALocalAwsOfItsOwn() throws Exception {
        Files.writeString(directory.resolve("buildspec.yml"), """
                version: 0.2
                phases:
                  build:
                    commands: ["test -e Jenkinsfile"]
                """);

        assertEquals(0, run("codeBuild project: 'web', source: 'workspace'", "--region=eu-north-1"), out.toString());

        assertTrue(out.toString(StandardCharsets.UTF_8).contains("https://eu-north-1.console.aws.amazon.com/"));
    }

    @Test
    void aFailedDeliveryIsAnExitCode() throws Exception {
        assertEquals(1, run("input 'Go on?'", "--approve", "none"));
        assertEquals(1, run("unstable 'shaky'"));
        assertEquals(0, run("input 'Go on?'", "--approve", "all"));
    }

    @Test
    void anotherWorkspaceCanBeNamed(@TempDir Path other) throws Exception {
        assertEquals(0, run("writeFile file: 'here.txt', text: ''", "--workspace", other.toString()), out.toString());

        assertTrue(Files.exists(other.resolve("here.txt")));
    }

    @Test
    void anAwsThatIsThereAlreadyIsUsed() throws Exception {
        try (LocalAws aws = LocalAws.builder().timing(Timing.NONE).start()) {
            aws.codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 0));
            terminal.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
            terminal.put("AWS_REGION", aws.home().region());

            assertEquals(0, run("codeBuild 'web'"), out.toString());
            assertEquals(1, run("codeBuild 'other'"), out.toString());

            assertEquals(1, aws.codeBuild().builds().size());
            assertTrue(
                    out.toString(StandardCharsets.UTF_8).contains("codebuild:StartBuild failed for project 'other'"),
                    out.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --approve ,           | --approve: ',' names nobody; write a user, or USER:GROUP,GROUP
            --parameter NAME      | --parameter needs NAME=VALUE
            --secret S3CR3T       | --secret needs NAME=VALUE
            --stages missing.yaml | There is no readable file missing.yaml
            --approve             | --approve needs a value
            --endpoint nowhere    | --endpoint must be a URL, not nowhere
            --workspace missing   | There is no directory
            --verbose             | There is no option --verbose
            missing/Jenkinsfile   | There is no readable file missing/Jenkinsfile
            one two               | One Jenkinsfile at a time: one, two
            """)
    void wrongUsageIsSaid(String arguments, String message) throws Exception {
        String[] all = arguments.split(" ");
        int code = message.startsWith("There is no directory") ? run("", all) : main(all);

        assertEquals(2, code);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(message), err.toString());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("usage: rehearse"));
    }
}
