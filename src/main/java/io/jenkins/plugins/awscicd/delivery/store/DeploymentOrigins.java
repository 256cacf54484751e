package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.time.Instant;
import jenkins.model.Jenkins;

/** Tells the deployments what becomes of the jobs and runs from which they came. */
final class DeploymentOrigins {

    private DeploymentOrigins() {}

    private static void writeIf(boolean changed) {
        if (changed) {
            Computer.threadPoolForRemoting.execute(() -> Deployments.get().write());
        }
    }

    private static void unseen(Deployment deployment) {
        Deployments.get()
                .ended(
                        deployment.token(),
                        DeploymentVerdict.UNKNOWN,
                        null,
                        Messages.Deployment_runOver(),
                        Instant.now());
    }

    /** Jobs and folders. */
    @Extension
    public static final class OfItems extends ItemListener {

        /** Whatever ran when Jenkins went down is continued by its run, or by nobody. */
        @Override
        public void onLoaded() {
            Computer.threadPoolForRemoting.execute(() -> {
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    Deployments.get().running().stream()
                            .filter(deployment -> !isRunning(deployment.origin()))
                            .forEach(DeploymentOrigins::unseen);
                }
            });
        }

        private static boolean isRunning(Origin origin) {
            Job<?, ?> job =
                    origin.left() == Origin.Left.RUN ? Jenkins.get().getItemByFullName(origin.job(), Job.class) : null;
            Run<?, ?> run = job == null ? null : job.getBuildByNumber(origin.number());
            return run != null && run.isBuilding();
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            writeIf(Deployments.get().moved(oldFullName, newFullName));
        }

        @Override
        public void onDeleted(Item item) {
            writeIf(Deployments.get().gone(item.getFullName(), 0));
        }

        @Override
        public void onBeforeShutdown() {
            Deployments.get().write();
        }
    }

    /** Runs. */
    @Extension
    public static final class OfRuns extends RunListener<Run<?, ?>> {

        @Override
        public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
            Deployments.get().running().stream()
                    .filter(deployment -> isOf(run, deployment.origin()))
                    .forEach(DeploymentOrigins::unseen);
        }

        private static boolean isOf(Run<?, ?> run, Origin origin) {
            return origin.left() == Origin.Left.RUN
                    && origin.number() == run.getNumber()
                    && origin.job().equals(run.getParent().getFullName());
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            writeIf(Deployments.get().gone(run.getParent().getFullName(), run.getNumber()));
        }
    }
}
