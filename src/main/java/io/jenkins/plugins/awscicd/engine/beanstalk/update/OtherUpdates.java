package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.BegunUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.UpdateAbort;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/** What else was begun on the environment that a step updates, as its events tell. The methods call AWS and block. */
final class OtherUpdates {

    /** So far this machine's clock may have been set since. What is looked for is known by its run or its version, not by its time. */
    private static final Duration SET_SINCE = Duration.ofHours(1);

    private final Step step;
    private volatile String reported = "";

    OtherUpdates(Step step) {
        this.step = step;
    }

    /** Of two runs the newer one is to be deployed last. */
    void yieldToNewer(@NonNull EnvironmentSnapshot now) {
        List<BegunUpdate> begun =
                since(now, after(Instant.ofEpochMilli(step.turn().turn().order())));
        if (begun.isEmpty()) {
            reportUnseen(now, "so a newer run that has deployed there would not be noticed");
        }
        for (BegunUpdate update : begun) {
            Turn whose = step.own().of(update.request());
            if (whose != null && whose.order() > step.turn().turn().order()) {
                throw new Superseded("Stepped aside for " + whose.name() + ", which is newer and was deployed first");
            }
        }
    }

    /** From when on AWS's clock tells what was begun after this machine's has shown something. */
    @NonNull
    Instant after(@NonNull Instant here) {
        Instant there = step.session().time().at(here);
        return (there == null ? here : there).minus(SET_SINCE);
    }

    /**
     * Aborts what is being done to the environment if it is the update of an older run of the same job, and AWS can abort it.
     *
     * @return whose it was; null if it is left as it is. Fails with {@link IllegalStateException} if that cannot be known
     */
    @CheckForNull
    Turn abortOlder(@NonNull EnvironmentSnapshot busy) {
        if (!busy.abortable()) {
            return null;
        }
        List<BegunUpdate> history = since(busy, step.now().minus(Duration.ofDays(1)));
        if (history.isEmpty() && EventReader.isUnseen(step.session(), busy.id())) {
            throw new IllegalStateException(EventReader.unseen(busy.name()));
        }
        Turn whose = history.isEmpty() ? null : step.own().of(history.get(0).request());
        if (whose == null
                || !whose.job().equals(step.turn().turn().job())
                || whose.order() >= step.turn().turn().order()) {
            return null;
        }
        return UpdateAbort.abort(step.session(), busy.id()) ? whose : null;
    }

    /** Says once what cannot be known, if AWS shows no event at all. */
    void reportUnseen(@NonNull EnvironmentSnapshot now, @NonNull String consequence) {
        String line = EventReader.unseen(now.name()) + ", " + consequence;
        if (!line.equals(reported) && EventReader.isUnseen(step.session(), now.id())) {
            reported = line;
            step.console().line(line);
        }
    }

    /** The newest first. */
    @NonNull
    List<BegunUpdate> since(@NonNull EnvironmentSnapshot environment, @NonNull Instant since) {
        return allowed(EventReader.ACTION, () -> BegunUpdate.since(step.session(), environment.id(), since));
    }

    /** What is looked up on the way needs rights of its own: a refusal is to name them. */
    <T> T allowed(@NonNull String action, @NonNull Supplier<T> call) {
        try {
            return call.get();
        } catch (ElasticBeanstalkException e) {
            throw AwsFault.of(e) == AwsFault.DENIED
                    ? AwsCallException.of(
                            action, "environment '" + step.request().environment() + "'", e)
                    : e;
        }
    }
}
