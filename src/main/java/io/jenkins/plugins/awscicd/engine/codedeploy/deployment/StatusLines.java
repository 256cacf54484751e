package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.Aim;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The lines that say how a deployment as a whole stands: its beginning, its status and its end. Called in order. */
final class StatusLines {

    private final AwsSession session;
    private final JobConsole console;
    private final Aim aim;
    private String statusReported;

    /** @param reported the status that was told before a restart; empty if none was */
    StatusLines(AwsSession session, JobConsole console, Aim aim, String reported) {
        this.session = session;
        this.console = console;
        this.aim = aim;
        this.statusReported = reported;
    }

    /** The status that was told last; empty before. */
    @NonNull
    String reported() {
        return statusReported;
    }

    /** What is told next is of this deployment. */
    void reportStart(@NonNull DeploymentSnapshot now) {
        statusReported = "";
        String config = now.config().isEmpty() ? "" : ", " + now.config();
        console.link(
                (now.rollbackOf() == null ? aim.words() : "AWS rolls back ") + now.name() + config + ": " + now.id(),
                AwsConsole.deployment(session.region(), now.id()));
        console.line("Revision " + now.what());
    }

    /** Whether it says what has become of the targets: then what they went through comes first. */
    static boolean followsTargets(@NonNull DeploymentSnapshot now) {
        return now.status().equals("Ready") || now.terminationWait();
    }

    /** If it is another one than before. */
    void reportStatus(@NonNull DeploymentSnapshot now) {
        String status = now.terminationWait() ? "TerminationWait" : now.status();
        if (status.equals(statusReported)) {
            return;
        }
        statusReported = status;
        String line =
                switch (status) {
                    case "Queued" -> "Queued by AWS";
                    case "Baking" -> "Baking: the traffic is shifted, and AWS watches the alarms";
                    case "Ready" -> "Ready: the replacement waits for traffic";
                    case "TerminationWait" -> "The traffic is shifted; the original waits for termination";
                    default -> "";
                };
        if (!line.isEmpty()) {
            console.line(line);
        }
        now.messages().stream()
                .filter(message -> !message.equals(now.errorMessage()))
                .forEach(console::line);
    }

    void reportVerdict(@NonNull DeploymentSnapshot last) {
        String took = last.created() == null || last.completed() == null
                ? ""
                : " in " + Durations.inWords(Duration.between(last.created(), last.completed()));
        String counts =
                last.overview().total() == 0 ? "" : " (" + last.overview().inWords() + ")";
        String what = last.rollbackOf() == null ? last.name() : "The rollback of " + last.rollbackOf();
        if (last.succeeded()) {
            console.line(what + " succeeded" + took + counts);
            return;
        }
        console.line(what + " ended with status " + last.status() + took + counts);
        console.line(last.cause());
        String advice = Advice.on(last.errorCode());
        if (!advice.isEmpty()) {
            console.line(advice);
        }
        // While the rollback may yet be named, that is told when it is known.
        if (!last.rollbackMessage().isEmpty()
                && !last.successorDue()
                && last.rollbackId() == null
                && last.rollbackOf() == null) {
            console.line(last.rollbackMessage());
        }
    }

    /**
     * What AWS is at, for whoever has heard nothing for a while.
     *
     * @param working what was seen last of the targets that AWS works on
     */
    @NonNull
    static String running(@NonNull DeploymentSnapshot now, @NonNull Instant at, @NonNull List<Target> working) {
        String after = now.created() == null ? "" : " after " + Durations.inWords(Duration.between(now.created(), at));
        return (now.overview().total() == 0 || now.status().equals("Baking")
                        ? now.id() + " is " + now.status()
                        : now.overview().inWords())
                + after
                + slowest(working);
    }

    /** Of the targets that were looked at, the one that is furthest from its end. */
    private static String slowest(List<Target> working) {
        return working.stream()
                .min(Comparator.comparingLong(StatusLines::done))
                .flatMap(target -> target.events().stream()
                        .filter(event -> !event.ended())
                        .findFirst()
                        .map(event -> (working.size() == 1 ? "; " : "; the slowest, ")
                                + target.name()
                                + (working.size() == 1 ? " is at " : ", is at ")
                                + event.name()))
                .orElse("");
    }

    private static long done(Target target) {
        return target.events().stream().filter(Target.Event::ended).count();
    }
}
