package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Run;
import java.util.function.Function;
import jenkins.model.RunAction2;

/** What is kept with a run, and shown by the REST API. */
public abstract class RunRecords implements RunAction2 {

    private transient Run<?, ?> run;

    protected RunRecords(@NonNull Run<?, ?> run) {
        this.run = run;
    }

    /** The run's action of that type, which it gets if it has none. */
    @NonNull
    protected static <A extends RunRecords> A of(
            @NonNull Run<?, ?> run, @NonNull Class<A> type, @NonNull Function<Run<?, ?>, A> make) {
        synchronized (type) {
            A action = run.getAction(type);
            if (action == null) {
                action = make.apply(run);
                run.addAction(action);
            }
            return action;
        }
    }

    /** For {@code api/json} and the like. */
    @NonNull
    public final Api getApi() {
        return new Api(this);
    }

    @NonNull
    public final Run<?, ?> getRun() {
        return run;
    }

    @Override
    public final void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public final void onLoad(Run<?, ?> r) {
        run = r;
    }
}
