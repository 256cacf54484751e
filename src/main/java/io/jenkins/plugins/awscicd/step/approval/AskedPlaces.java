package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Where that goes which approvers are asked about, as far as the question says: the rest is the stage's.
 *
 * @param service null if it may be CodeDeploy as well as Elastic Beanstalk
 * @param application null if it is the stage's
 * @param names of groups or environments; empty for the stage's own
 */
record AskedPlaces(
        @CheckForNull Target.Service service,
        @CheckForNull String application,
        @NonNull List<String> names) {

    /** All that are known; empty if none is. */
    @NonNull
    List<Target> targets(@NonNull StageDefaults defaults, @NonNull String region, @CheckForNull String account) {
        List<Target> targets = new ArrayList<>();
        if (service != Target.Service.BEANSTALK) {
            add(
                    targets,
                    Target.Service.CODE_DEPLOY,
                    region,
                    account,
                    defaults.getCodeDeployApplication(),
                    defaults.getDeploymentGroup());
        }
        if (service != Target.Service.CODE_DEPLOY) {
            add(
                    targets,
                    Target.Service.BEANSTALK,
                    region,
                    account,
                    defaults.getBeanstalkApplication(),
                    defaults.getEnvironment());
        }
        return targets;
    }

    private void add(
            List<Target> targets,
            Target.Service of,
            String region,
            @CheckForNull String account,
            @CheckForNull String ownApplication,
            @CheckForNull String ownName) {
        String named = application == null ? ownApplication : application;
        List<String> all = names.isEmpty() ? new ArrayList<>() : names;
        if (all.isEmpty() && ownName != null) {
            all = List.of(ownName);
        }
        if (named != null) {
            all.forEach(name -> targets.add(new Target(of, region, account, named, name)));
        }
    }
}
