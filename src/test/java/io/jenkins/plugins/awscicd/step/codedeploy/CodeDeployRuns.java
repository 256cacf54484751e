package io.jenkins.plugins.awscicd.step.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.time.Duration;
import java.util.List;

/** Runs that deploy web to prod. */
public abstract class CodeDeployRuns extends PipelineRuns {

    protected static final String WEB_TO_PROD = "application: 'web', deploymentGroup: 'prod'";
    public static final String STEP = "codeDeploy " + WEB_TO_PROD + ", revision: 's3://artifacts/web.zip'";
    public static final Diagnostics NO_PORT =
            Diagnostics.scriptFailed("scripts/check.sh", 3, "[stdout]checking\n[stderr]no such port");

    /** The group that is deployed to; its events take no time to speak of. */
    protected GroupSpec group() {
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(50));
        return group;
    }

    /** Creates the group, whose deployments take that long. */
    protected void groupThatTakes(int seconds) {
        GroupSpec group = group();
        group.simulation().event("Install", Duration.ofSeconds(seconds));
        local.aws().codeDeploy().group(group);
    }

    protected Deployment onlyDeployment() {
        List<Deployment> deployments = local.aws().codeDeploy().deployments();
        assertEquals(1, deployments.size(), "deployments in AWS");
        return deployments.get(0);
    }
}
