package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.FasterScheduler;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkTiming;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentTiming;
import io.jenkins.plugins.awscicd.localaws.wire.DatedHttpClient;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.stage.Configuration;
import io.jenkins.plugins.awscicd.rehearsal.stage.ConfigurationFile;
import io.jenkins.plugins.awscicd.rehearsal.step.Answers;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rehearses Jenkinsfiles of a test in a workspace of its own, with a local AWS of its own, in hurried time. */
final class Rehearsed implements AutoCloseable {

    private final Path workspace;
    private final LocalAws aws = LocalAws.builder()
            .timing(Timing.NONE)
            .deploymentTiming(DeploymentTiming.NONE.with(Duration.ofMillis(20)))
            .beanstalkTiming(BeanstalkTiming.all(Duration.ofMillis(20)))
            .cloudFormationTiming(CloudFormationTiming.all(Duration.ofMillis(20)))
            .start();
    private final AwsEngine engine = new AwsEngine(
            new FasterScheduler(20),
            () -> null,
            DatedHttpClient::ofNetwork,
            endpoint -> true,
            () -> Addresses.DEFAULT,
            "test");
    private final Map<String, String> terminal = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> arguments = new ArrayList<>();
    private String typed = "";
    private String abortAt;

    Rehearsed(Path workspace) {
        this.workspace = workspace;
    }

    /** Writes a file into the workspace. */
    Rehearsed file(String path, String content) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Sets a variable on the terminal. */
    Rehearsed terminal(String name, String value) {
        terminal.put(name, value);
        return this;
    }

    Rehearsed approve(Approval value) {
        return with("--approve", value.name().toLowerCase(Locale.ROOT));
    }

    /** Adds to the command line. */
    Rehearsed with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** What the person at the terminal types. */
    Rehearsed types(String text) {
        typed = text;
        return this;
    }

    /** The person at the terminal aborts when a line with this text is printed. */
    Rehearsed abortAt(String text) {
        abortAt = text;
        return this;
    }

    /** Rehearses a Jenkinsfile. */
    Result run(String jenkinsfile) throws IOException, InterruptedException {
        file("Jenkinsfile", jenkinsfile);
        Watched out = new Watched();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(arguments);
        all.add(workspace.resolve("Jenkinsfile").toString());
        RehearsalOptions options = RehearsalOptions.parse(all, Map.of("USER", "ada"));
        Configuration configuration = options.stages() == null
                ? Configuration.NONE
                : new ConfigurationFile(options.stages(), terminal).read();
        RehearsalAws ofSteps = new RehearsalAws(
                engine,
                new AwsAccess(
                        aws.home().region(),
                        null,
                        null,
                        null,
                        null,
                        aws.endpoint().toString()),
                true,
                new LocalPreparations(aws, options, console));
        Answers answers = new Answers(new ByteArrayInputStream(typed.getBytes(Charset.defaultCharset())));
        Rehearsal rehearsal = new Rehearsal(options, configuration, ofSteps, console, answers);
        out.rehearsal = rehearsal;
        return rehearsal.run(terminal);
    }

    LocalAws aws() {
        return aws;
    }

    /** All that was printed. */
    String console() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return console().lines().toList();
    }

    String lastLine() {
        List<String> lines = lines();
        return lines.get(lines.size() - 1);
    }

    @Override
    public void close() {
        aws.close();
        engine.close();
    }

    private final class Watched extends ByteArrayOutputStream {
        private Rehearsal rehearsal;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            printed.write(bytes, offset, length);
            if (abortAt != null && console().contains(abortAt)) {
                abortAt = null;
                rehearsal.abort();
            }
        }
    }
}
