package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** How to enter a build that is paused is told to those who may configure its job, while it runs, and to nobody else. */
@WithSharedJenkins
class DebuggedRunTest extends CodeDeployRuns {

    private static String seenBy(String user, WorkflowRun run) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        client.login(user);
        StringBuilder all = new StringBuilder();
        for (String path : List.of(
                "",
                "aws/",
                "aws/changes?view=page&since=0",
                "aws/changes?view=lines&since=0",
                "aws/api/json?depth=5",
                "aws/api/xml?depth=5",
                "api/json?depth=3",
                "consoleText")) {
            all.append(client.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), run.getUrl() + path)))
                    .getContentAsString());
        }
        return all.toString();
    }

    private static String kept(WorkflowRun run) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void onlyWhoMayConfigureIsToldTheWayIn() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_BREAKPOINT", "true")
                        .variable("SIMULATED_SECONDS", 1));
        WorkflowRun run = start(job("codeBuild project: 'web', debugSession: true"));
        jenkins.waitForMessage("The build is paused at codebuild-breakpoint", run);
        Build build = local.aws().codeBuild().builds().get(0);
        String command = "aws ssm start-session --target " + build.sessionTarget() + " --region eu-west-1";
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
        try {
            for (String other : List.of("reader", "builder")) {
                assertFalse(seenBy(other, run).contains(build.sessionTarget()), other);
            }
            String told = seenBy("configurer", run);
            assertEquals(2, told.split(command, -1).length - 1, "on the page and in its changes alone");
            assertTrue(told.contains("AWS Session Manager"), told);
            assertFalse(kept(run).contains(build.sessionTarget()), "kept nowhere");

            local.aws().codeBuild().resume(build.id());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertFalse(seenBy("configurer", run).contains(build.sessionTarget()), "nobody enters what has ended");
            assertFalse(kept(run).contains(build.sessionTarget()), "kept nowhere");
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(new AuthorizationStrategy.Unsecured());
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
        jenkins.assertLogContains("The build goes on after codebuild-breakpoint", run);
    }
}
