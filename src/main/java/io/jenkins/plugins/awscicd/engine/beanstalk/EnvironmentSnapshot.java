package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/**
 * An environment at one moment
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EnvironmentDescription.html">EnvironmentDescription</a>).
 *
 * @param id such as {@code e-abcdefghij}
 * @param status {@code Launching}, {@code Updating}, {@code Ready}, {@code Aborting}, {@code LinkingFrom}, {@code LinkingTo},
 *     {@code Terminating}, {@code Terminated}
 * @param health {@code Green}, {@code Yellow}, {@code Red} or {@code Grey}
 * @param healthStatus what enhanced health says, such as {@code Ok} or {@code Severe}; empty without it
 * @param versionLabel the application version that the environment counts as running; empty if it has none
 * @param cname the host of its URL; empty if it has none
 * @param abortable whether what is being done to it can be aborted
 * @param description empty if it has none
 * @param worker whether it works off a queue, and has no CNAME
 * @param platform its solution stack's name, or else its ARN
 */
public record EnvironmentSnapshot(
        @NonNull String id,
        @NonNull String application,
        @NonNull String name,
        @NonNull String status,
        @NonNull String health,
        @NonNull String healthStatus,
        @NonNull String versionLabel,
        @NonNull String cname,
        boolean abortable,
        @NonNull String description,
        boolean worker,
        @NonNull String platform,
        @NonNull String arn)
        implements Snapshot {

    /** How the descriptions of those begin that blue/green deployments make. */
    public static final String CLONE = "Blue/green clone made by Jenkins, ";

    @Override
    public String nameInEvents() {
        return name;
    }

    public static EnvironmentSnapshot of(EnvironmentDescription seen) {
        return new EnvironmentSnapshot(
                seen.environmentId(),
                orEmpty(seen.applicationName()),
                orEmpty(seen.environmentName()),
                orEmpty(seen.statusAsString()),
                orEmpty(seen.healthAsString()),
                orEmpty(seen.healthStatusAsString()),
                orEmpty(seen.versionLabel()),
                orEmpty(seen.cname()),
                Boolean.TRUE.equals(seen.abortableOperationInProgress()),
                orEmpty(seen.description()),
                seen.tier() != null && "Worker".equals(seen.tier().name()),
                orEmpty(seen.solutionStackName() == null ? seen.platformArn() : seen.solutionStackName()),
                orEmpty(seen.environmentArn()));
    }

    /** Whether a blue/green deployment of Jenkins has made it. */
    public boolean cloned() {
        return description.startsWith(CLONE);
    }

    /** What it is to a gate. */
    @NonNull
    public Gate.Where where() {
        Gate.Where where = new Gate.Where(application, name, cname.isEmpty() ? null : cname);
        return cloned() ? where.asClone() : where;
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    @Override
    public String stage() {
        return status;
    }

    /** An environment lives on; only what is done to it ends. */
    @Override
    public boolean ended() {
        return "Terminated".equals(status);
    }

    @Override
    public boolean hasComeToRest() {
        return ended() || ready();
    }

    /** Whether it is about to end. */
    public boolean terminating() {
        return "Terminating".equals(status);
    }

    /** Whether nothing is being done to it. */
    public boolean ready() {
        return "Ready".equals(status);
    }

    /** Whether AWS cannot tell how healthy it is: so it is during an update, and for some time after it. */
    public boolean hasNoHealthYet() {
        return "Grey".equals(health);
    }

    /** Such as {@code Green (Ok)}. */
    public String healthInWords() {
        return healthStatus.isEmpty() ? health : health + " (" + healthStatus + ")";
    }

    @Override
    public String running(Instant at) {
        return name + ": " + status + ", health " + healthInWords();
    }

    @Override
    public Progress progress(AwsSession session) {
        List<Progress.Fact> facts = new ArrayList<>();
        if (!versionLabel.isEmpty()) {
            facts.add(new Progress.Fact(What.VERSION, versionLabel));
        }
        facts.add(new Progress.Fact(What.HEALTH, healthInWords()));
        if (!cname.isEmpty()) {
            facts.add(new Progress.Fact(What.ADDRESS, cname, "http://" + cname));
        }
        return new Progress(
                id,
                application + " on " + name,
                status,
                ready() ? Progress.State.AT_REST : ended() ? Progress.State.FAILED : Progress.State.RUNNING,
                status,
                List.of(),
                facts,
                "",
                AwsConsole.environment(session.region(), id),
                null,
                null);
    }
}
