package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codebuild.model.Build;

/**
 * A session of Systems Manager that can be opened to a build while it runs
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/userguide/session-manager.html">Debug builds with Session Manager</a>). What it is
 * known by lets people in: it is not to be kept, nor told but to whom it is for.
 *
 * @param target what Systems Manager knows it by
 * @param longest how long the build may run, be it paused or not; null if AWS does not say
 */
record DebugSession(@NonNull String target, @CheckForNull Duration longest) {

    /** People put it into a command line: nothing that a shell, or the AWS CLI, would take for something else. */
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=@-]*");

    /**
     * Where the build pauses: a command of its own, or the first of several, and not one that only has the name in it. Whether what comes
     * before it in a line has ended, nobody says.
     */
    private static final Pattern BREAKPOINT = Pattern.compile(
            "(?s)\\[Container] \\S+ \\S+ Running command codebuild-breakpoint[ \\t]*((\\R|;|&&|\\|\\|).*)?");

    private static final Pattern NEXT = Pattern.compile("(?s)\\[Container] .*");

    /** Null if none can be opened, or not yet, or not any more. */
    @CheckForNull
    static DebugSession of(@NonNull Build build) {
        String target =
                build.debugSession() == null ? null : build.debugSession().sessionTarget();
        boolean isOpen =
                target != null && TARGET.matcher(target).matches() && !Boolean.TRUE.equals(build.buildComplete());
        Integer minutes = build.timeoutInMinutes();
        return isOpen ? new DebugSession(target, minutes == null ? null : Duration.ofMinutes(minutes)) : null;
    }

    /** What opens it from a terminal. */
    @NonNull
    String command(@NonNull Region region) {
        return "aws ssm start-session --target " + target + " --region " + region.id();
    }

    /** Without what lets people in. */
    @Override
    @NonNull
    public String toString() {
        return "DebugSession";
    }

    /**
     * Tells the readers of a console of the sessions to one build, but not the way into them. AWS does not say that a build is paused, so it
     * is taken for paused when a session can be opened, the last that its log has is the command to pause, and nothing has come after that for
     * a while.
     */
    static final class Told {

        /** Longer than what a build says that goes on takes to be read. */
        private static final Duration QUIET = Duration.ofSeconds(15);

        private final JobConsole console;
        private final Scheduler scheduler;
        /** When the command to pause was read, which is the last that was; null else. */
        private Moment reached;

        private boolean told;
        private boolean paused;
        private boolean pauseTold;
        private DebugSession open;

        /** @param told whether it was told before that a session can be opened */
        Told(@NonNull JobConsole console, @NonNull Scheduler scheduler, boolean told) {
            this.console = console;
            this.scheduler = scheduler;
            this.told = told;
        }

        /** AWS was asked, whatever it has said. */
        synchronized void looked() {
            if (reached != null && open != null && QUIET.compareTo(reached.until(scheduler.moment())) <= 0) {
                reached = null;
                paused = true;
                tell();
            }
        }

        /** @return whether there is news that is not to be told again */
        synchronized boolean look(@CheckForNull DebugSession now) {
            open = now;
            boolean news = now != null && !told;
            if (news) {
                told = true;
                console.line(
                        "A debug session can be opened: the build pauses where its buildspec calls codebuild-breakpoint. "
                                + "How to enter it is on the AWS page of this run, for those who may configure the job");
            }
            tell();
            return news;
        }

        synchronized boolean isTold() {
            return told;
        }

        /** Reads what the build has said, which may be sooner than AWS says that a session can be opened. */
        synchronized void read(@NonNull List<String> messages) {
            for (String message : messages) {
                boolean isBreakpoint = BREAKPOINT.matcher(message).matches();
                reached = isBreakpoint && !paused ? scheduler.moment() : null;
                if (!isBreakpoint && NEXT.matcher(message).matches()) {
                    paused = false;
                }
            }
            tell();
        }

        private void tell() {
            DebugSession session = open;
            if (session == null || pauseTold == paused) {
                return;
            }
            pauseTold = paused;
            String most = session.longest == null
                    ? ""
                    : "; AWS ends it when it has run for " + Durations.inWords(session.longest) + " in all";
            console.line(
                    paused
                            ? "The build is paused at codebuild-breakpoint. It goes on when codebuild-resume is called in its session"
                                    + most
                            : "The build goes on after codebuild-breakpoint");
        }
    }
}
