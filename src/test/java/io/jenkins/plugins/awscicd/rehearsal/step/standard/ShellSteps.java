package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code sh}: really run, in the workspace. */
final class ShellSteps {

    private static final List<String> PARAMETERS =
            List.of("script", "returnStdout", "returnStatus", "label", "encoding");

    private static final long REST_SECONDS = 5;

    private final Delivery delivery;

    ShellSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        steps.add("sh", PARAMETERS, this::sh);
        for (String name : List.of("bat", "powershell", "pwsh")) {
            steps.add(name, PARAMETERS, call -> {
                throw new StepFailure(
                        name + ": this machine stands for the agent, and a rehearsal runs scripts with its sh"
                                + " alone. Ask isUnix() first, or put what " + name + " does behind a when condition");
            });
        }
    }

    private Object sh(StepCall call) throws IOException, InterruptedException {
        if (call.flag("returnStdout") && call.flag("returnStatus")) {
            throw new StepFailure("sh: use only one of returnStdout and returnStatus");
        }
        ProcessBuilder builder = new ProcessBuilder(command(call.required("script")))
                .directory(delivery.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(!call.flag("returnStdout"));
        builder.environment().clear();
        builder.environment().putAll(delivery.env().getEnvironment());
        Process process = builder.start();
        int status;
        String output;
        try {
            CompletableFuture<String> err = read(() -> reported(process.errorReader(StandardCharsets.UTF_8)));
            CompletableFuture<String> out = read(() ->
                    call.flag("returnStdout") ? whole(process) : reported(process.inputReader(StandardCharsets.UTF_8)));
            status = process.waitFor();
            // What the script has left running in the background may hold its output open for long.
            err.completeOnTimeout("", REST_SECONDS, TimeUnit.SECONDS).join();
            output = out.completeOnTimeout("", REST_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            // Without effect on a process that has ended; one that was interrupted must not run on.
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        if (call.flag("returnStatus")) {
            return status;
        }
        if (status != 0) {
            throw new StepFailure("script returned exit code " + status);
        }
        return call.flag("returnStdout") ? output : null;
    }

    /** As in Jenkins: {@code sh -xe}, unless the script's first line names another interpreter. */
    private List<String> command(String script) throws IOException {
        Path file = Files.createTempFile(
                delivery.scratch(),
                "script",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, script.stripLeading());
        return script.stripLeading().startsWith("#!")
                ? List.of(file.toString())
                : List.of("sh", "-xe", file.toString());
    }

    private static CompletableFuture<String> read(Supplier<String> reading) {
        return CompletableFuture.supplyAsync(reading, task -> {
            Thread thread = new Thread(task, "sh output");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private String reported(BufferedReader lines) {
        lines.lines().forEach(delivery.console()::line);
        return "";
    }

    private static String whole(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
