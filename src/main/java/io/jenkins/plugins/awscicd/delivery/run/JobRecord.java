package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One job at AWS as its run knows it: kept with the run as {@link AwsAction}, which alone changes it. However much AWS says of the
 * job, this stays small. Whatever changes is replaced as a whole, so that a record can be shown and saved at any time.
 */
@ExportedBean(defaultVisibility = 3)
public final class JobRecord {

    /** What has become of the job, for the run. */
    public enum State {
        /** AWS has not started it yet. */
        PREPARING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        STOPPED,
        /** Nobody watches it any more, and it may go on. */
        LEFT
    }

    private static final int FACTS = 20;
    private static final int TEXT = 1000;
    /** Shorter waits are not worth a word. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

    private String step;
    private String service;
    private final String stage;
    private final int number;
    private final long begun;

    private volatile String id;
    private volatile String name;
    private volatile String status;
    private volatile State state = State.PREPARING;
    private volatile boolean atRest;
    private volatile long started;
    private volatile long ended;
    private volatile String cause;
    private volatile String consoleUrl;
    private volatile ArrayList<JobPhase> phases = new ArrayList<>();
    private volatile ArrayList<JobFact> facts = new ArrayList<>();

    /** What was seen last, so that what has not changed is not taken for news. */
    private transient volatile Progress latest;
    /** The action's version in which this has changed last. */
    private transient volatile long version;

    /**
     * @param step tells the run's steps apart
     * @param service such as {@code CodeBuild}
     * @param name what the job is about, as long as AWS has not named it
     * @param stage for which stage it is; null if for none
     * @param number tells the run's jobs apart; its place among them
     */
    JobRecord(
            @NonNull String step,
            @NonNull String service,
            @NonNull String name,
            @CheckForNull String stage,
            int number,
            @NonNull Instant begun) {
        this.step = step;
        this.service = service;
        this.name = Shortened.cut(name, TEXT);
        this.stage = stage;
        this.number = number;
        this.begun = begun.toEpochMilli();
    }

    /** What is kept may lack what another version of the plugin has written otherwise, such as a state that this one does not know. */
    private Object readResolve() {
        step = Util.fixNull(step);
        service = Util.fixNull(service);
        name = Util.fixNull(name);
        state = state == null ? State.LEFT : state;
        phases = phases == null ? new ArrayList<>() : phases;
        facts = facts == null ? new ArrayList<>() : facts;
        return this;
    }

    /** The job that AWS has started in place of this one. */
    JobRecord successor(int newNumber, Instant when) {
        return new JobRecord(step, service, name, stage, newNumber, when);
    }

    /** @return whether this is news */
    boolean observed(Progress now, Instant when) {
        if (now.equals(latest)) {
            return false;
        }
        if (started == 0) {
            Instant first = now.started();
            started = first == null ? when.toEpochMilli() : first.toEpochMilli();
        }
        id = Shortened.cut(now.id(), TEXT);
        name = Shortened.cut(now.name(), TEXT);
        status = Shortened.cut(now.status(), TEXT);
        consoleUrl = JobFact.address(now.consoleUrl());
        cause = now.cause().isEmpty() ? null : Shortened.cut(now.cause(), TEXT);
        facts = new ArrayList<>(
                now.facts().stream().limit(FACTS).map(JobFact::of).toList());
        atRest = now.state() == Progress.State.AT_REST;
        State next =
                switch (now.state()) {
                    case RUNNING, AT_REST -> State.RUNNING;
                    case SUCCEEDED -> State.SUCCEEDED;
                    case FAILED -> State.FAILED;
                    case STOPPED -> State.STOPPED;
                };
        Instant last = now.ended();
        ended = next == State.RUNNING ? 0 : (last == null ? when : last).toEpochMilli();
        if (!now.phases().isEmpty()) {
            phases = PhaseHistory.told(now.phases());
        } else if (next == State.RUNNING) {
            phases = PhaseHistory.passed(phases, Shortened.cut(now.stage(), TEXT), Instant.ofEpochMilli(started), when);
        } else {
            boolean badly = next != State.SUCCEEDED;
            phases = PhaseHistory.ended(phases, badly ? status : null, badly, Instant.ofEpochMilli(ended));
        }
        state = next;
        latest = now;
        return true;
    }

    /**
     * The step has come to its end. What AWS has said of the job's own end is not changed by it.
     *
     * @param how what the step makes of a job that goes on at AWS, or that AWS was asked for in vain
     * @param why in a sentence; null if there is nothing to say
     */
    void concluded(State how, @CheckForNull String why, Instant when) {
        if (isOver()) {
            return;
        }
        boolean mayGoOn = state == State.RUNNING && !atRest;
        State next = mayGoOn ? State.LEFT : how;
        if (why != null) {
            cause = Shortened.cut(why, TEXT);
        }
        ended = when.toEpochMilli();
        phases = PhaseHistory.ended(phases, null, next == State.FAILED, when);
        state = next;
    }

    /** What the step has found out about a failure beyond what AWS says of the job. */
    void explained(String why) {
        if (state == State.FAILED && (cause == null || !why.contains(cause))) {
            cause = Shortened.cut(why, TEXT);
        }
    }

    boolean isOf(String otherStep) {
        return step.equals(otherStep);
    }

    /** Whether it is the job of this id, or about to become it. */
    boolean isOrBecomes(String otherId) {
        return id == null || id.equals(otherId);
    }

    /** Whether nothing more is heard of it. */
    public boolean isOver() {
        return state != State.PREPARING && state != State.RUNNING;
    }

    long version() {
        return version;
    }

    void version(long newVersion) {
        version = newVersion;
    }

    /** Its place among the run's jobs. */
    public int getNumber() {
        return number;
    }

    /** Such as {@code CodeBuild}. */
    @Exported
    @NonNull
    public String getService() {
        return service;
    }

    /** What kind of job it is, on a page. */
    @NonNull
    public String getKind() {
        return switch (service) {
            case "CodeBuild" -> Messages.JobRecord_build();
            case "CodeDeploy" -> Messages.JobRecord_deployment();
            case "Beanstalk", "Elastic Beanstalk" -> Messages.JobRecord_update();
            default -> service;
        };
    }

    /** The job's id at AWS; null if it has not started it. */
    @Exported
    @CheckForNull
    public String getId() {
        return id;
    }

    /** Such as {@code web #42}. */
    @Exported
    @NonNull
    public String getName() {
        return name;
    }

    /** For which stage it is; null if for none. */
    @Exported
    @CheckForNull
    public String getStage() {
        return stage;
    }

    /** In AWS's word; null if AWS has not started it. */
    @Exported
    @CheckForNull
    public String getStatus() {
        return status;
    }

    @Exported
    @NonNull
    public State getState() {
        return state;
    }

    /** What has become of it, in a word or two: AWS's, if that says all. */
    @NonNull
    public String getStateInWords() {
        String said = status;
        return switch (state) {
            case PREPARING -> Messages.JobRecord_preparing();
            case LEFT -> said == null ? Messages.JobRecord_left() : Messages.JobRecord_leftAs(said);
            case RUNNING, SUCCEEDED, FAILED, STOPPED -> said == null || atRest ? stateAlone() : said.replace('_', ' ');
        };
    }

    private String stateAlone() {
        return switch (state) {
            case SUCCEEDED -> Messages.JobRecord_succeeded();
            case FAILED -> Messages.JobRecord_failed();
            case STOPPED -> Messages.JobRecord_stopped();
            case LEFT, PREPARING, RUNNING -> status == null ? Messages.JobRecord_preparing() : status;
        };
    }

    /** The symbol of its state. */
    @NonNull
    public String getIcon() {
        return switch (state) {
            case PREPARING, RUNNING -> "symbol-status-nobuilt-anime";
            case SUCCEEDED -> "symbol-status-blue";
            case FAILED -> "symbol-status-red";
            case STOPPED -> "symbol-status-aborted";
            case LEFT -> "symbol-status-disabled";
        };
    }

    /** What it is doing, or what has become of it. */
    @NonNull
    public String getNowInWords() {
        List<JobPhase> all = phases;
        return isOver() || all.isEmpty()
                ? getStateInWords()
                : all.get(all.size() - 1).getName();
    }

    /** For whoever hears of changes. */
    @NonNull
    public String getNews() {
        return name + ": " + getNowInWords();
    }

    /** When the step began, in milliseconds since the epoch. */
    @Exported
    public long getBegun() {
        return begun;
    }

    /** When AWS began with it, in milliseconds since the epoch; 0 if it has not. */
    @Exported
    public long getStarted() {
        return started;
    }

    /** When it ended, in milliseconds since the epoch; 0 if it has not. */
    @Exported
    public long getEnded() {
        return ended;
    }

    /** When it began, as a date. */
    @NonNull
    public Date getSinceDate() {
        return new Date(getSince());
    }

    /** From when on what is shown as its duration counts. */
    public long getSince() {
        return started == 0 ? begun : started;
    }

    /** How long it took, or has taken so far. */
    @NonNull
    public String getDurationInWords() {
        long until = ended == 0 ? System.currentTimeMillis() : ended;
        return Durations.inWords(Duration.ofMillis(Math.max(0, until - getSince())));
    }

    /** How long it took before AWS had started it; null if that is not worth a word. */
    @CheckForNull
    public String getWaitInWords() {
        Duration wait = Duration.ofMillis(started == 0 ? 0 : started - begun);
        return wait.compareTo(WORTH_TELLING) < 0 ? null : Durations.inWords(wait);
    }

    /** Why it failed, or could not be started, or is not watched any more; null if there is nothing to say. */
    @Exported
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** Its page in the AWS console; null if it has none. */
    @Exported
    @CheckForNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    @Exported
    @NonNull
    public List<JobPhase> getPhases() {
        return List.copyOf(phases);
    }

    @Exported
    @NonNull
    public List<JobFact> getFacts() {
        return List.copyOf(facts);
    }

    /** Its phases as parts of a bar. */
    @NonNull
    public List<PhaseBar.Part> getBar() {
        return PhaseBar.of(phases, System.currentTimeMillis());
    }
}
