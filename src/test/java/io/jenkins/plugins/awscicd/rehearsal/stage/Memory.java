package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was approved and what was deployed in a delivery. The delivery's thread and the engine's both use it. */
public final class Memory {

    /**
     * An approval that counted.
     *
     * @param stage what it is for; null for none
     * @param revision what it is of; null for nothing
     */
    public record Approved(String stage, String revision, String who, List<String> groups) {}

    /**
     * A deployment.
     *
     * @param stage in whose name; null for none
     * @param target what was deployed to
     * @param revision what was deployed; null if that is not known
     * @param cause why it failed; null if it did not
     */
    public record Deployed(String stage, Target target, String revision, String cause, Instant when) {

        public boolean succeeded() {
            return cause == null;
        }
    }

    private final List<Approved> approvals = new ArrayList<>();
    private final List<Deployed> deployments = new ArrayList<>();

    public synchronized void add(Approved approval) {
        approvals.add(approval);
    }

    public synchronized void add(Deployed deployment) {
        deployments.add(deployment);
    }

    public synchronized List<Approved> approvals() {
        return List.copyOf(approvals);
    }

    public synchronized List<Deployed> deployments() {
        return List.copyOf(deployments);
    }
}
