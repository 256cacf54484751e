package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.PhaseSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Runs the commands of one phase: until one fails, and then the phase's "finally". */
final class PhaseCommands {

    private final Shell shell;
    private final BuildLog log;
    private final BuildVariables variables;
    private final Breakpoint breakpoint;

    PhaseCommands(Shell shell, BuildLog log, BuildVariables variables, Breakpoint breakpoint) {
        this.shell = shell;
        this.log = log;
        this.variables = variables;
        this.breakpoint = breakpoint;
    }

    void run(PhaseSpec spec, BooleanSupplier brokenOff) throws IOException, InterruptedException, PhaseFailure {
        PhaseFailure failure = run(spec.commands(), brokenOff);
        for (int retry = 1; retry <= spec.retries() && failure != null && isRetried(spec, failure); retry++) {
            log.container("Retrying the phase, " + retry + " of " + spec.retries());
            failure = run(spec.commands(), brokenOff);
        }
        if (failure != null) {
            shell.export(Map.of("CODEBUILD_BUILD_SUCCEEDING", "0"));
        }
        PhaseFailure finallyFailure = run(spec.finallyCommands(), brokenOff);
        if (failure != null || finallyFailure != null) {
            throw failure != null ? failure : finallyFailure;
        }
    }

    private static boolean isRetried(PhaseSpec spec, PhaseFailure failure) {
        return spec.retried().matcher(failure.getMessage()).find();
    }

    /** @return the first failure, or {@code null} */
    private PhaseFailure run(List<String> commands, BooleanSupplier brokenOff)
            throws IOException, InterruptedException {
        for (String command : commands) {
            if (brokenOff.getAsBoolean()) {
                return null;
            }
            String shown = variables.masked(command.strip());
            log.container("Running command " + shown);
            if (Breakpoint.is(command)) {
                breakpoint.pause(brokenOff);
                continue;
            }
            int status = shell.run(command);
            if (status != 0 && !brokenOff.getAsBoolean()) {
                log.container("Command did not exit successfully " + shown + " exit status " + status);
                return new PhaseFailure(
                        "COMMAND_EXECUTION_ERROR",
                        "Error while executing command: " + shown + ". Reason: exit status " + status);
            }
        }
        return null;
    }
}
