package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.util.Date;
import java.util.List;

/** A job as pages show it. */
public final class ShownJob {

    /** Shorter waits are not worth a word. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

    private final JobRecord job;
    private final long usual;
    private final boolean mayEnter;

    ShownJob(@NonNull JobRecord job) {
        this(job, 0, false);
    }

    /**
     * @param usual how long it takes usually, in milliseconds; 0 if that is not known
     * @param mayEnter whether whoever looks may be told how to enter it
     */
    ShownJob(@NonNull JobRecord job, long usual, boolean mayEnter) {
        this.job = job;
        this.usual = usual;
        this.mayEnter = mayEnter;
    }

    /** How to enter it; null if it cannot be entered at the moment, or whoever looks may not. */
    @CheckForNull
    Progress.WayIn wayIn() {
        Progress seen = job.latest(); // kept nowhere else
        return seen == null || job.isOver() || !mayEnter ? null : seen.wayIn();
    }

    /** Whether it can be entered, and whoever looks may be told how. */
    public boolean isOpen() {
        return wayIn() != null;
    }

    /** The page from which a session is opened; null if it is not {@linkplain #isOpen open}. */
    @CheckForNull
    public String getSessionUrl() {
        Progress.WayIn way = wayIn();
        return way == null ? null : JobFact.address(way.url());
    }

    /** What opens a session from a terminal; null if it is not {@linkplain #isOpen open}. */
    @CheckForNull
    public String getSessionCommand() {
        Progress.WayIn way = wayIn();
        return way == null ? null : way.command();
    }

    /** All that is known of it. */
    @NonNull
    public JobRecord getRecord() {
        return job;
    }

    /** What kind of job it is. */
    @NonNull
    public String getKind() {
        return switch (job.getService()) {
            case "CodeBuild" -> Messages.JobRecord_build();
            case "CodeDeploy" -> Messages.JobRecord_deployment();
            case "CloudFormation" -> Messages.JobRecord_stack();
            case "CodePipeline" -> Messages.JobRecord_pipeline();
            case "Beanstalk", "Elastic Beanstalk" -> Messages.JobRecord_update();
            default -> job.getService();
        };
    }

    /** What has become of it, in a word or two: AWS's, if that says all. */
    @NonNull
    public String getStateInWords() {
        String said = job.getStatus();
        return switch (job.getState()) {
            case PREPARING -> Messages.JobRecord_preparing();
            case LEFT ->
                isHeld()
                        ? Messages.JobRecord_held()
                        : said == null ? Messages.JobRecord_left() : Messages.JobRecord_leftAs(said);
            case REFUSED -> Messages.JobRecord_refused();
            case RUNNING, SUCCEEDED, FAILED, STOPPED ->
                said == null || job.isAtRest() ? stateAlone(said) : said.replace('_', ' ');
        };
    }

    /** Whether it goes on when somebody lets its new instances have the traffic. */
    private boolean isHeld() {
        return "Ready".equals(job.getStatus()) && "CodeDeploy".equals(job.getService());
    }

    private String stateAlone(@CheckForNull String said) {
        return switch (job.getState()) {
            case SUCCEEDED -> Messages.JobRecord_succeeded();
            case FAILED -> Messages.JobRecord_failed();
            case STOPPED -> Messages.JobRecord_stopped();
            case REFUSED -> Messages.JobRecord_refused();
            case LEFT, PREPARING, RUNNING -> said == null ? Messages.JobRecord_preparing() : said;
        };
    }

    /** The symbol of its state. */
    @NonNull
    public String getIcon() {
        return switch (job.getState()) {
            case PREPARING, RUNNING -> "symbol-status-nobuilt-anime";
            case SUCCEEDED -> "symbol-status-blue";
            case FAILED -> "symbol-status-red";
            case STOPPED -> "symbol-status-aborted";
            case REFUSED -> "symbol-lock-closed";
            case LEFT -> isHeld() ? "symbol-pause" : "symbol-status-disabled";
        };
    }

    /** What it is doing, or what has become of it. */
    @NonNull
    public String getNowInWords() {
        List<JobPhase> phases = job.getPhases();
        return job.isOver() || phases.isEmpty()
                ? getStateInWords()
                : phases.get(phases.size() - 1).getName();
    }

    /** What its page at AWS is called here: its id, or its name where the id is an ARN, which nobody reads. */
    @CheckForNull
    public String getLinkText() {
        String id = job.getId();
        return id != null && id.startsWith("arn:") && !job.getName().isBlank() ? job.getName() : id;
    }

    /** For whoever hears of changes. */
    @NonNull
    public String getNews() {
        return job.getName() + ": " + getNowInWords();
    }

    /** When it began. */
    @NonNull
    public Date getSinceDate() {
        return new Date(getSince());
    }

    /** From when on what is shown as its duration counts, in milliseconds since the epoch. */
    public long getSince() {
        return job.getStarted() == 0 ? job.getBegun() : job.getStarted();
    }

    /** How long it took, or has taken so far. */
    @NonNull
    public String getDurationInWords() {
        long until = job.getEnded() == 0 ? System.currentTimeMillis() : job.getEnded();
        return Durations.inWords(Duration.ofMillis(Math.max(0, until - getSince())));
    }

    /** How long it took before AWS had started it; null if that is not worth a word. */
    @CheckForNull
    public String getWaitInWords() {
        Duration wait = Duration.ofMillis(getSince() - job.getBegun());
        return wait.compareTo(WORTH_TELLING) < 0 ? null : Durations.inWords(wait);
    }

    /** How long it takes usually, in milliseconds; 0 if that is not known, or no matter any more. */
    public long getUsual() {
        return job.isOver() || job.getStarted() == 0 ? 0 : usual;
    }

    /** How long it may still take; null if that is not known. */
    @CheckForNull
    public String getLeftInWords() {
        long left = getSince() + getUsual() - System.currentTimeMillis();
        return getUsual() == 0
                ? null
                : left < 1000
                        ? Messages.JobRecord_longer(Durations.inWords(Duration.ofMillis(usual)))
                        : Messages.JobRecord_timeLeft(Durations.inWords(Duration.ofMillis(left)));
    }

    /** Its phases as parts of a bar, which has room for what is still to come if that is known. */
    @NonNull
    public List<PhaseBar.Part> getBar() {
        return PhaseBar.of(job.getPhases(), System.currentTimeMillis(), getUsual());
    }

    /** Whether its phases are builds, which have phases of their own. */
    public boolean isTree() {
        return job.getPhases().stream().anyMatch(phase -> phase.getUrl() != null);
    }
}
