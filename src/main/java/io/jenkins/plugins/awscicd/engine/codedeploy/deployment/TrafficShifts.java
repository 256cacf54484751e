package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.job.ForwardingListener;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The deployments of one step of which it was seen that their traffic is shifted. Those to ECS do not say that they wait for the end
 * of the original: they are {@code InProgress} while all that happens to their target has happened.
 */
final class TrafficShifts {

    private static final String MARK = "shifted";

    private final Set<String> shifted = new TreeSet<>();
    private Runnable news = () -> {};

    /** @param reported what {@link #reported} has given before a restart; empty for the beginning */
    TrafficShifts(String reported) {
        for (String id : reported.split(" ")) {
            if (!id.isEmpty()) {
                shifted.add(id);
            }
        }
    }

    static String mark() {
        return MARK;
    }

    synchronized String reported() {
        return String.join(" ", shifted);
    }

    /** @param whenSeen run whenever a shift is seen that was not known */
    void listen(@NonNull Runnable whenSeen) {
        news = whenSeen;
    }

    /** Takes in what was seen of a deployment's targets. */
    void seen(@NonNull String deployment, @NonNull Collection<Target> targets) {
        boolean done = !targets.isEmpty() && targets.stream().allMatch(Target::shifted);
        boolean added;
        synchronized (this) {
            added = done && shifted.add(deployment);
        }
        if (added) {
            news.run();
        }
    }

    /** A snapshot with what it does not say itself. */
    @NonNull
    synchronized DeploymentSnapshot complete(@NonNull DeploymentSnapshot now) {
        return now.mayWaitUnsaid() && shifted.contains(now.id()) ? now.withTerminationWait() : now;
    }

    /** A listener that hears of complete snapshots. */
    @NonNull
    JobListener<DeploymentSnapshot> completing(@NonNull JobListener<DeploymentSnapshot> listener) {
        return new ForwardingListener<>(listener) {
            @Override
            public void observed(DeploymentSnapshot now) {
                super.observed(complete(now));
            }

            @Override
            public void ended(List<DeploymentSnapshot> jobs) {
                super.ended(jobs.stream().map(TrafficShifts.this::complete).toList());
            }
        };
    }
}
