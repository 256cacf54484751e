package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reports what becomes of an update of an environment. What its events say decides, together with the environment itself, when it is
 * over. If something follows from the verdict, it is kept, as that must not depend on when this process was restarted.
 */
public final class FollowedUpdate extends EventLog {

    private static final String VERDICT = "verdict";

    private final Course course;
    private final boolean followed;
    private EventReader reader;
    /** What the health was when nothing was being done; empty before. */
    private String healthBefore = "";
    /** How the environment is now, to be told after the events that led there; empty if there is nothing new. */
    private String healthNews = "";

    private boolean announced;
    /** Done once its end is told; null before that has begun. */
    private CompletableFuture<Void> reporting;
    /** Why it is no success; empty if it is one, null until that is told. */
    private volatile String verdict;

    /**
     * @param step with the update's own journal
     * @param health what the environment is to come to
     * @param followed whether something follows from what becomes of it
     */
    FollowedUpdate(Step step, WantedHealth health, boolean followed) {
        super(step.reporting(), step.request().reportsLogs(), "update");
        this.course = new Course(step.journal(), health);
        this.followed = followed;
    }

    /** There is nothing to follow: what was deployed before is well. */
    public static void skip(@NonNull Journal journal) {
        journal.put(VERDICT, "");
    }

    /** What is behind a failure, each in a sentence; empty after a success. */
    @NonNull
    public List<String> causes() {
        return report.causes();
    }

    /** Whoever aborts it knows why. */
    void aborted() {
        report.leave();
    }

    /** Whether its end was told, or the environment was seen Ready after it. */
    boolean isThrough() {
        return course.isThrough();
    }

    /**
     * Whether its end is told. If it has ended, has that told first.
     *
     * @param stopping whether it is only to come to an end
     */
    boolean isReported(@NonNull EnvironmentSnapshot now, boolean stopping) {
        if (hasVerdict()) {
            return true;
        }
        if (!isTelling() && course.isOver(now, stopping)) {
            ended(now).whenComplete((done, failure) -> reconsider());
        }
        return false;
    }

    boolean hasVerdict() {
        return verdict() != null;
    }

    @CheckForNull
    private String verdict() {
        String told = verdict;
        return told == null ? in.journal().read().get(VERDICT) : told;
    }

    private synchronized boolean isTelling() {
        return reporting != null;
    }

    /** Why it is no success; null if it is one, or if that is not known yet. */
    @CheckForNull
    String cause() {
        String cause = verdict();
        return cause == null || cause.isEmpty() ? null : cause;
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        course.looked(now, in.scheduler().moment());
    }

    @Override
    public synchronized void observed(@NonNull EnvironmentSnapshot now) {
        if (isTelling() || hasVerdict()) {
            return;
        }
        announce(now);
        String health = now.health().equals("Green") ? now.health() : now.healthInWords(); // Ok or Info: it is well
        boolean known = now.ready() && !now.hasNoHealthYet();
        if (!healthBefore.isEmpty() && !health.equals(healthBefore) && known) {
            healthNews = now.name() + " is " + now.healthInWords();
        }
        if (healthBefore.isEmpty() || known) {
            healthBefore = health;
        }
        readSoon();
    }

    /** Once: what was told before a restart began with it. */
    private void announce(EnvironmentSnapshot now) {
        if (!announced && in.journal().events() == 0) {
            String before = in.journal().previous();
            in.console()
                    .link(
                            "Deploying " + in.journal().label() + " to " + now.name()
                                    + (before.isEmpty() ? "" : ", which runs " + before),
                            AwsConsole.environment(in.session().region(), now.id()));
        }
        announced = true;
    }

    /** Known from the moment at which the update was asked for. */
    @Override
    protected EventReader reader() {
        String request = reader == null ? in.journal().request() : null;
        if (request != null) {
            reader = new EventReader(in.session(), request);
        }
        return reader;
    }

    @Override
    protected boolean take(Event event) {
        course.reported(event);
        return true;
    }

    @Override
    protected void read(Moment at) {
        course.read(at);
    }

    @Override
    protected void unread(AwsCallException why) {
        course.unread(why);
    }

    @Override
    protected boolean isNews(boolean events) {
        return events;
    }

    /** Not at the end: how the environment is then, is said by the last line. */
    @Override
    protected void noNews() {
        if (!healthNews.isEmpty()) {
            in.console().line(healthNews);
            in.console().flush();
            healthNews = "";
        }
    }

    /** Tells the end, once. */
    @Override
    @NonNull
    public synchronized CompletableFuture<Void> ended(@NonNull EnvironmentSnapshot last) {
        if (hasVerdict()) {
            return CompletableFuture.completedFuture(null);
        }
        if (reporting == null) {
            reporting = readRest()
                    .thenCompose(done -> lookForNewer(last))
                    .thenCompose(done -> course.cause(last) == null
                            ? CompletableFuture.completedFuture(null)
                            : report.print(last, course.bad()))
                    .thenRun(() -> end(lastLine(last)))
                    .handle((done, failure) -> {
                        decide(course.cause(last));
                        return null;
                    });
        }
        return reporting;
    }

    private void decide(@CheckForNull String cause) {
        verdict = cause == null ? "" : cause;
        if (followed && !isAbandoned()) {
            in.journal().put(VERDICT, verdict);
        }
    }

    /** Whether it is somebody else's update that has brought another version. */
    private CompletableFuture<Void> lookForNewer(EnvironmentSnapshot last) {
        String request = in.journal().request();
        if (request == null || last.ended() || !course.isOdd(last)) {
            return CompletableFuture.completedFuture(null);
        }
        Instant seen =
                in.session().time().now().minus(course.sinceLook(in.scheduler().moment()));
        return EventReader.sinceInLane(in.session(), last.id(), request, seen).handle((since, failure) -> {
            course.since(failure == null ? since : EventReader.Since.UNKNOWN);
            return null;
        });
    }

    private String lastLine(EnvironmentSnapshot last) {
        String cause = course.cause(last);
        String runs = last.name() + " runs " + last.versionLabel() + " and is " + last.healthInWords();
        return cause != null
                ? last.name() + ": " + cause
                : (course.replaced(last) ? "Deployed; by another update since, " + runs : runs) + took();
    }

    /** How long it is since AWS was asked, such as {@code " after 2 min 5 s"}. */
    private String took() {
        Instant asked = in.journal().asked();
        return asked == null
                ? ""
                : " after "
                        + Durations.inWords(
                                Duration.between(asked, in.session().time().now()));
    }
}
