package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/**
 * Aborts one update of an environment
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_AbortEnvironmentUpdate.html">AbortEnvironmentUpdate</a>). AWS
 * aborts whatever is being done; so the environment's events are asked first whether that is this update, and not one that somebody
 * has begun since.
 */
public final class UpdateAbort {

    public static final String ACTION = "elasticbeanstalk:AbortEnvironmentUpdate";

    private final Supplier<String> request;
    private final BooleanSupplier through;
    private final JobConsole console;
    private volatile boolean asked;
    private String reported = "";
    private volatile Runnable reconsider = () -> {};

    /**
     * @param request the call that has begun the update; null as long as there is nothing to abort
     * @param through whether it is known to be over
     */
    public UpdateAbort(
            @NonNull Supplier<String> request, @NonNull BooleanSupplier through, @NonNull JobConsole console) {
        this.request = request;
        this.through = through;
        this.console = console;
    }

    /** @param again has the environment looked at again in the light of the abort */
    public void reconsider(@NonNull Runnable again) {
        reconsider = again;
    }

    /** The step is aborted, and the update with it. Blocks, calls AWS. */
    void begin(@NonNull AwsSession session, @NonNull String environmentId) {
        attempt(session, environmentId);
        reconsider.run(); // there may be nothing left to be waited for, and nothing more to be seen
    }

    /** Whether to try it once more: just after it was begun AWS does not show an update yet. */
    public boolean isDue(@NonNull EnvironmentSnapshot now) {
        return !asked && now.abortable();
    }

    /** Aborts it if AWS can still do that, once. What is over already comes to its own end. Blocks, calls AWS. */
    public synchronized void attempt(@NonNull AwsSession session, @NonNull String environmentId) {
        String ours = request.get();
        if (ours == null || asked) {
            return;
        }
        EnvironmentSnapshot now = EnvironmentService.find(session, environmentId);
        if (now != null && now.abortable() && isOurs(session, now, ours)) {
            asked = abort(session, environmentId);
        }
    }

    /** Where AWS does not show it, what is at work counts as ours until the environment was Ready: then it is another's. */
    private boolean isOurs(AwsSession session, EnvironmentSnapshot now, String ours) {
        EventReader.Since since = EventReader.since(session, now.id(), ours);
        if (since == EventReader.Since.UNKNOWN) {
            boolean over = through.getAsBoolean();
            report((over ? "Not aborting" : "Aborting") + " what is being done to " + now.name() + ", "
                    + (over ? "which has begun after this step's update: " : "which may not be this step's update: ")
                    + EventReader.unseen(now.name()));
            return !over;
        }
        return since == EventReader.Since.NOTHING;
    }

    private void report(String line) {
        if (!line.equals(reported)) {
            reported = line;
            console.line(line);
        }
    }

    /**
     * Aborts what is being done to an environment. Blocks, calls AWS.
     *
     * @return false if it is over, or cannot be aborted any more
     */
    public static boolean abort(@NonNull AwsSession session, @NonNull String environmentId) {
        try {
            EnvironmentService.client(session).abortEnvironmentUpdate(abort -> abort.environmentId(environmentId));
            return true;
        } catch (ElasticBeanstalkException e) {
            if (AwsFault.of(e) == AwsFault.REJECTED) {
                return false;
            }
            throw e;
        }
    }
}
