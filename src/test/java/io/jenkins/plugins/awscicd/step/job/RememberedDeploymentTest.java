package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What is remembered of what codeDeploy has done. */
@WithSharedJenkins
class RememberedDeploymentTest extends CodeDeployRuns {

    private static Deployment latest() {
        return Deployments.get().latest(null, "web").orElseThrow();
    }

    @Test
    void aSuccess() throws Exception {
        local.aws().codeDeploy().group(group());
        WorkflowRun run = run(Result.SUCCESS, "withEnv(['GIT_COMMIT=0a1b2c3d']) { " + STEP + " }");

        Deployment remembered = latest();
        assertEquals(DeploymentVerdict.SUCCESS, remembered.verdict());
        assertEquals(onlyDeployment().id(), remembered.id());
        assertEquals("s3://artifacts/web.zip", remembered.revision());
        assertEquals("0a1b2c3d", remembered.commit());
        assertEquals("prod", remembered.destination().target());
        assertEquals(run.getParent().getFullName(), remembered.origin().job());
        assertNotNull(remembered.ended());
        assertNull(remembered.cause());
    }

    @Test
    void aFailureWhateverTheScriptMakesOfIt() throws Exception {
        local.aws().codeDeploy().group(failing());
        run(Result.SUCCESS, STEP + ", propagate: false");

        assertEquals(DeploymentVerdict.FAILURE, latest().verdict());
        assertNotNull(latest().cause());
    }

    @Test
    void whatNobodyHasSeenEndIsNoSuccess() throws Exception {
        groupThatTakes(60);
        run(Result.SUCCESS, STEP + ", wait: 'false'");

        assertEquals(DeploymentVerdict.UNKNOWN, latest().verdict());
    }

    @Test
    void whatWaitsForItsTrafficIsHeld() throws Exception {
        local.aws().codeDeploy().group(group().blueGreen().stopUnlessContinued(60));
        WorkflowRun run = run(Result.SUCCESS, STEP + ", wait: 'ready'");

        assertEquals(DeploymentVerdict.HELD, latest().verdict());
        assertTrue(
                jenkins.createWebClient().getPage(run, "aws").asNormalizedText().contains("Ready, waits for traffic"));
    }

    private io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec failing() {
        var group = group();
        group.simulation().fail("Install", NO_PORT);
        return group;
    }
}
