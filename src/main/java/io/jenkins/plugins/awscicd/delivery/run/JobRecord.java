package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.store.LineFields;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One job at AWS as its run knows it: one of its {@link RunJobs}, which alone change it. However much AWS says of the job, this stays
 * small. Whatever changes is replaced as a whole, so that a record can be shown and written at any time.
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
        /** A stage's guards have not let it through: nothing was done. */
        REFUSED,
        /** Nobody watches it any more, and it may go on. */
        LEFT
    }

    private static final int FACTS = 20;
    private static final int TEXT = 1000;

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
    /** What the step has made of it; null until its end, and if it was not the step's last job. */
    private volatile State outcome;

    private volatile String cause;
    private volatile String consoleUrl;
    private volatile ArrayList<JobPhase> phases = new ArrayList<>();
    private volatile ArrayList<JobFact> facts = new ArrayList<>();
    /** What was seen last: what has not changed is no news. */
    private transient volatile Progress latest;
    /** Of the run's jobs, when this has changed last. */
    private transient volatile long version;

    /** @param number tells the run's jobs apart, in their order */
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

    /** As {@link JobLine} has written it, or another version of it. */
    JobRecord(@NonNull LineFields kept, @NonNull List<JobPhase> phases, @NonNull List<JobFact> facts) {
        this.number = (int) kept.number("number");
        this.step = kept.required("step");
        this.service = kept.required("service");
        this.stage = kept.text("stage");
        this.begun = kept.instant("begun").toEpochMilli();
        this.id = kept.text("id");
        this.name = kept.required("name");
        this.status = kept.text("status");
        this.state = kept.word(State.class, "state", State.LEFT);
        this.outcome = kept.has("outcome") ? kept.word(State.class, "outcome", State.LEFT) : null;
        this.atRest = kept.flag("atRest");
        this.started = kept.instant("started").toEpochMilli();
        this.ended = kept.instant("ended").toEpochMilli();
        this.cause = kept.text("cause");
        this.consoleUrl = JobFact.address(kept.text("consoleUrl"));
        this.phases = new ArrayList<>(phases);
        this.facts = new ArrayList<>(facts);
    }

    /** Runs had their records in build.xml before: what is there may lack what another version of the plugin has written otherwise. */
    private Object readResolve() {
        step = Util.fixNull(step);
        service = Util.fixNull(service);
        name = Util.fixNull(name);
        state = state == null ? State.LEFT : state;
        phases = new ArrayList<>(Util.fixNull(phases));
        facts = new ArrayList<>(Util.fixNull(facts));
        return this;
    }

    /** AWS has started another job in place of this one. */
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
        State next = atRest ? State.RUNNING : State.valueOf(now.state().name());
        Instant last = now.ended();
        ended = next == State.RUNNING ? 0 : (last == null ? when : last).toEpochMilli();
        phases = PhaseHistory.of(
                now, phases, Instant.ofEpochMilli(started), next == State.RUNNING ? when : Instant.ofEpochMilli(ended));
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
        outcome = how;
        left(how, why, when);
    }

    /** Nobody watches it any more, whatever the step has made of it. */
    void left(State how, @CheckForNull String why, Instant when) {
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

    String step() {
        return step;
    }

    @CheckForNull
    Progress latest() {
        return latest;
    }

    boolean isAtRest() {
        return atRest;
    }

    State outcome() {
        return outcome;
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

    public int getNumber() {
        return number;
    }

    /** Such as {@code CodeBuild}. */
    @Exported
    @NonNull
    public String getService() {
        return service;
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

    /** In milliseconds since the epoch, as are the other times. */
    @Exported
    public long getBegun() {
        return begun;
    }

    /** When AWS began with it; 0 if it has not. */
    @Exported
    public long getStarted() {
        return started;
    }

    /** 0 if it has not. */
    @Exported
    public long getEnded() {
        return ended;
    }

    /** Why it failed, or could not be started, or is not watched any more; null if it was not. */
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
}
