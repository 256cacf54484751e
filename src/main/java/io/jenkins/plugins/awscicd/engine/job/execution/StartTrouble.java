package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Says that AWS does not begin what it is asked to begin: one line for each kind of failure. Throttling is nothing to tell, it only begins
 * a little later.
 */
public final class StartTrouble implements RetryListener {

    private final JobConsole console;
    private final Function<Throwable, String> limit;
    private final Set<AwsFault> reported = ConcurrentHashMap.newKeySet();

    public StartTrouble(@NonNull JobConsole console) {
        this(console, failure -> "");
    }

    /** @param limit how long a failure is put up with, in words that end the line and make even throttling worth it; empty if as long as ever */
    public StartTrouble(@NonNull JobConsole console, @NonNull Function<Throwable, String> limit) {
        this.console = console;
        this.limit = limit;
    }

    @Override
    public void onRetry(@NonNull AwsFault fault, @NonNull Throwable failure) {
        String end = limit.apply(failure);
        boolean worthTelling = fault != AwsFault.BUSY || !end.isEmpty();
        if (worthTelling && reported.add(fault)) {
            console.line("Not started yet, retrying: " + AwsCallException.said(failure) + end);
        }
    }
}
