package io.jenkins.plugins.awscicd.localaws.codebuild;

import java.util.function.BooleanSupplier;

/**
 * Where a build that runs commands pauses, until {@code codebuild-resume} ("Debug builds with Session Manager" in the CodeBuild user guide).
 * Builds that are started without a session go past it.
 */
final class Breakpoint {

    private static final String COMMAND = "codebuild-breakpoint";
    /** How often it is seen whether the build has ended, in milliseconds of real time. */
    private static final int POLL = 20;

    private final boolean pauses;
    private boolean paused;

    Breakpoint(Build build) {
        pauses = build.isDebugged();
    }

    static boolean is(String command) {
        return command.strip().equals(COMMAND);
    }

    synchronized void pause(BooleanSupplier brokenOff) throws InterruptedException {
        paused = pauses;
        while (paused && !brokenOff.getAsBoolean()) {
            wait(POLL);
        }
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }
}
