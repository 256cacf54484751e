package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.ExtensionList;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Without the git plugin there is no branch source, and all else is there. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@OwnJenkins
class WithoutGitTest {

    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .withDebugServer(false)
            .omitPlugins(
                    "git",
                    "git-client",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "pipeline-model-extensions");

    @Test
    void allElseIsThere() throws Throwable {
        jenkins.then(rule -> {
            Jenkins controller = rule.jenkins;
            assertNull(controller.getPlugin("git"));
            assertNotNull(controller.getPlugin("aws-cicd"));
            assertFalse(controller.getPluginManager().getFailedPlugins().stream()
                    .anyMatch(failed -> failed.name.contains("aws-cicd")));
            assertNotNull(controller.getDescriptor(CodeCommitCredentials.class));
            assertEquals(
                    1,
                    StepDescriptor.all().stream()
                            .filter(it -> it.getFunctionName().equals("codeCommitStatus"))
                            .count());
            assertEquals(
                    0, ExtensionList.lookup(RepositoryEvents.Listener.class).size());
            RepositoryEvents.fire(new RepositoryEvents.ReferenceChange(
                    Kind.CREATED, "123456789012", "eu-west-1", "web", "refs/heads/main", null, null));
        });
    }
}
