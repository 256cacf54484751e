package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.Stages;
import java.util.Objects;
import jenkins.model.Jenkins;

/** Where stages are, as they are configured, whatever a step has called its stage. */
final class PlacesOfStages {

    private PlacesOfStages() {}

    /**
     * Whether it is a stage's own place. Stages that leave the application open have a place for each, which only their guards keep a job
     * from making as many of as it likes.
     */
    static boolean isConfigured(@NonNull Destination destination, @NonNull String job) {
        String name = destination.stage();
        if (name == null) {
            return false;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Item item = Jenkins.get().getItemByFullName(job);
            ResolvedStage stage = Stages.of(item).find(name).orElse(null);
            if (stage == null) {
                return false;
            }
            StageDefaults its = stage.defaults();
            return isAt(its.getDeploymentGroup(), its.getCodeDeployApplication(), destination, stage)
                    || isAt(its.getEnvironment(), its.getBeanstalkApplication(), destination, stage);
        }
    }

    private static boolean isAt(
            @CheckForNull String target,
            @CheckForNull String application,
            Destination destination,
            ResolvedStage stage) {
        return Objects.equals(target, destination.target())
                && (application == null ? stage.isGuarded() : application.equals(destination.application()));
    }
}
