package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Further tries of a failed build, over restarts of Jenkins. */
class CodeBuildRetryRestartTest extends RestartedRuns {

    private List<Build> builds() {
        return local.aws().codeBuild().builds();
    }

    private void project() {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", LONG.toSeconds())
                        .variable("SIMULATED_STATUS", "FAILED,SUCCEEDED"));
    }

    /** While the build runs, and while its second try does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachTryIsMadeOnce(int running) throws Throwable {
        project();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(
                    jenkins,
                    "retried-" + running,
                    "def build = codeBuild project: 'web', retryBuild: 1\n"
                            + "echo \"${build.tries.size()} tries: ${build.tries[0].status}, ${build.status}\"");
            jenkins.waitForMessage("PROVISIONING", run);
            if (running == 2) {
                local.advance(LONG.plus(Duration.ofSeconds(20)));
                jenkins.waitForMessage("web #2 is try 2 of 2", run);
            }
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "retried-" + running);
            if (running == 1) {
                local.advance(LONG.plus(Duration.ofSeconds(20)));
                jenkins.waitForMessage("web #2 is try 2 of 2", run);
            }
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("2 tries: FAILED, SUCCEEDED", run);
            String log = JenkinsRule.getLog(run);
            for (String once : List.of("Started web #1", "web #1 ended", "web #2 is try 2 of 2", "web #2 succeeded")) {
                assertEquals(1, log.split(once, -1).length - 1, once);
            }
        });
        assertEquals(2, builds().size());
        assertEquals(1, local.aws().calls().count("CodeBuild.RetryBuild"));
    }

    /** Pipeline goes on with no step of it then. */
    @Test
    void aRunThatIsKilledNamesTheTryThatMayStillRun() throws Throwable {
        project();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowRun run = start(jenkins, "killed-retry", "codeBuild project: 'web', retryBuild: 1");
            jenkins.waitForMessage("PROVISIONING", run);
            local.advance(LONG.plus(Duration.ofSeconds(20)));
            jenkins.waitForMessage("web #2 is try 2 of 2", run);
        });
        Build second = builds().get(1);
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "killed-retry");
            run.doKill();
            jenkins.waitForCompletion(run);
            boolean said = JenkinsRule.getLog(run)
                    .contains("[AWS CI/CD] " + second.id() + " may still run in AWS: this run was killed");
            if (!said) { // the program was faster
                LocalAwsExtension.await(() -> second.status() == Status.STOPPED);
            }
        });
        assertEquals(2, builds().size());
    }
}
