package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMEvents;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A restart builds nothing twice, and the pull request's one comment ends with the verdict. */
@WithSharedJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CodeCommitRestartTest {

    @RegisterExtension
    private final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    private final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void aRunThatGoesOnTellsItsEnd() throws Throwable {
        CodeCommit codeCommit = local.aws().codeCommit();
        Repository web = codeCommit.repository("web");
        codeCommit.commit(web, "main", Map.of("a", "a"));
        codeCommit.commit(
                web,
                "feature",
                Map.of(
                        "Jenkinsfile",
                        "codeCommitStatus message: 'begins'\nsleep 10\ncodeCommitStatus message: 'goes on'\n"));
        PullRequest request = codeCommit.pullRequest(web, "Feature", "feature", "main");
        sessions.then(jenkins -> {
            local.configure();
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new CodeCommitCredentials(CredentialsScope.GLOBAL, "code", "the code"));
            SystemCredentialsProvider.getInstance().save();
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
            CodeCommitSCMSource source = new CodeCommitSCMSource(codeCommit.url(web));
            source.setId("web");
            source.setCredentialsId("code");
            PullRequestStatusTrait trait = new PullRequestStatusTrait();
            trait.setApprove(true);
            source.setTraits(List.of(new PullRequestDiscoveryTrait("merge"), trait));
            project.getSourcesList().add(new BranchSource(source));
            project.scheduleBuild2(0).getFuture().get();
            while (project.getItem("PR-1").getLastBuild() == null) {
                Thread.sleep(50);
            }
            jenkins.waitForMessage("Sleeping", project.getItem("PR-1").getLastBuild());
        });
        sessions.last(jenkins -> {
            WorkflowMultiBranchProject project =
                    jenkins.jenkins.getItemByFullName("shop", WorkflowMultiBranchProject.class);
            WorkflowRun run = project.getItem("PR-1").getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            for (int i = 0; i < 300 && !request.approvals().containsValue("APPROVE"); i++) {
                Thread.sleep(100);
            }
            assertEquals(1, request.comments().size(), request.comments().toString());
            assertTrue(
                    request.comments().get(0).contains("**succeeded**"),
                    request.comments().toString());
            assertEquals(1, local.aws().calls().count("CodeCommit.PostCommentForPullRequest"));
            assertTrue(request.approvals().containsValue("APPROVE"));
            long before = SCMEvents.getWatermark();
            RepositoryEvents.fire(new RepositoryEvents.PullRequestChange(
                    Kind.UPDATED, "123456789012", "eu-west-1", "web", "1", "feature", "main", null));
            SCMEvents.awaitAll(before);
            jenkins.waitUntilNoActivity();
            assertEquals(1, project.getItem("PR-1").getLastBuild().getNumber(), "what is built is not built again");
        });
    }
}
