package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import java.util.List;

/** The ids of the targets of the deployment that was looked at last, so that they need not be asked for each time. */
final class KnownTargets {

    private String deployment = "";
    private List<String> ids = List.of();

    /** Empty as long as there may be others. */
    @NonNull
    synchronized List<String> of(@NonNull DeploymentSnapshot now) {
        return now.id().equals(deployment) && ids.size() >= now.overview().total() ? ids : List.of();
    }

    /** To a replacement belong targets that come later: of a blue/green deployment the ids are never all known. */
    synchronized void remember(@NonNull DeploymentSnapshot now, @NonNull List<String> all, @NonNull List<Target> seen) {
        if (seen.stream().allMatch(target -> target.label().isEmpty())) {
            deployment = now.id();
            ids = List.copyOf(all);
        }
    }
}
