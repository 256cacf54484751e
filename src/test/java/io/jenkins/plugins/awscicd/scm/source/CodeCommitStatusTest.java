package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;

/** Pull requests are told how their runs stand, in one comment each, and are approved at the built commit. */
@WithSharedJenkins
class CodeCommitStatusTest extends CodeCommitProjects {

    private static final String ROLE = "arn:aws:iam::123456789012:role/reviewer";

    private PullRequest request(String jenkinsfile) {
        codeCommit.commit(web, "feature", Map.of("Jenkinsfile", jenkinsfile));
        return codeCommit.pullRequest(web, "Feature", "feature", "main");
    }

    @Test
    void aStepTellsThePullRequestThatIsBuilt() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(CodeCommitCredentials.class::isInstance)
                .forEach(it -> ((CodeCommitCredentials) it).setRole(ROLE));
        PullRequest request = request("codeCommitStatus()\n"
                + "parallel a: { codeCommitStatus message: 'tests run' }, b: { codeCommitStatus message: 'so do others' }\n"
                + "codeCommitStatus state: 'success', approve: true, message: 'all is well'\n");
        WorkflowMultiBranchProject project = project(new PullRequestDiscoveryTrait("head"));
        WorkflowRun run = jenkins.assertBuildStatusSuccess(last(project, "PR-1"));
        String commit = codeCommit.tip(web, "feature").orElseThrow();
        jenkins.assertLogContains("[CodeCommit] Pull request 1: commented (running)", run);
        jenkins.assertLogContains("[CodeCommit] Pull request 1: comment updated (success)", run);
        jenkins.assertLogContains("[CodeCommit] Pull request 1: approved at " + commit, run);
        assertEquals(1, request.comments().size(), request.comments().toString());
        String comment = request.comments().get(0);
        assertTrue(comment.contains("](" + jenkins.getURL() + run.getUrl() + ") **succeeded** at `"), comment);
        assertTrue(comment.endsWith(".\n\nall is well"), comment);
        assertEquals(List.of("APPROVE"), List.copyOf(request.approvals().values()));
        String approver = request.approvals().keySet().iterator().next();
        assertTrue(approver.startsWith("arn:aws:sts::123456789012:assumed-role/reviewer/"), approver);
        assertEquals(1, local.aws().calls().count("CodeCommit.PostCommentForPullRequest"));
    }

    @Test
    void aFailureRevokesAndAnOldCommitIsNotApproved() throws Exception {
        PullRequest request = request("codeCommitStatus state: params.STATE ?: 'success', approve: true\n");
        WorkflowMultiBranchProject project = project(new PullRequestDiscoveryTrait("head"));
        jenkins.assertBuildStatusSuccess(last(project, "PR-1"));
        String old = codeCommit.tip(web, "feature").orElseThrow();
        assertEquals(List.of("APPROVE"), List.copyOf(request.approvals().values()));
        WorkflowRun failed = run(
                Result.SUCCESS,
                "codeCommitStatus pullRequest: '1', commit: '" + old + "', state: 'failure', approve: true");
        jenkins.assertLogContains("approval revoked at " + old, failed);
        assertEquals(List.of("REVOKE"), List.copyOf(request.approvals().values()));
        codeCommit.commit(web, "feature", Map.of("other", "other"));
        WorkflowRun late = run(
                Result.SUCCESS,
                "codeCommitStatus pullRequest: '1', commit: '" + old + "', state: 'success', approve: true");
        jenkins.assertLogContains("has other commits than " + old, late);
        assertEquals(Map.of(), request.approvals());
        codeCommit.close(request);
        WorkflowRun closed = run(
                Result.SUCCESS,
                "codeCommitStatus pullRequest: '1', commit: '" + old + "', state: 'success', approve: true");
        jenkins.assertLogContains("merged or closed meanwhile", closed);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        PullRequest request = request("echo 'other'\n");
        codeCommit.author(request, "arn:aws:iam::123456789012:user/local");
        String commit = codeCommit.tip(web, "feature").orElseThrow();
        jenkins.assertLogContains(
                "AWS takes no approval of the author: use another role",
                run(
                        Result.FAILURE,
                        "codeCommitStatus pullRequest: '1', commit: '" + commit
                                + "', state: 'success', approve: true"));
        jenkins.assertLogContains(
                "this run builds no pull request of CodeCommit", run(Result.FAILURE, "codeCommitStatus()"));
        WorkflowRun wrong = run(Result.FAILURE, "codeCommitStatus pullRequest: 'seven', commit: 'abc', state: 'fine'");
        jenkins.assertLogContains("codeCommitStatus pullRequest: 'seven' is not a pull request", wrong);
        jenkins.assertLogContains("codeCommitStatus commit: 'abc' is not a commit", wrong);
        jenkins.assertLogContains("use one of running, success, unstable, failure, aborted", wrong);
        jenkins.assertLogContains(
                "codecommit:GetPullRequest failed for pull request 99",
                run(Result.FAILURE, "codeCommitStatus pullRequest: '99'"));
    }

    @Test
    void theTraitTellsEachRun() throws Exception {
        PullRequest request = request("echo 'builds'\nif (env.BRANCH_NAME) { error 'broken' }\n");
        PullRequestStatusTrait trait = new PullRequestStatusTrait();
        trait.setApprove(true);
        WorkflowMultiBranchProject project = project(new PullRequestDiscoveryTrait("head"), trait);
        WorkflowRun first = jenkins.assertBuildStatus(Result.FAILURE, last(project, "PR-1"));
        await(() -> request.comments().stream().anyMatch(it -> it.contains("**failed**")));
        await(() -> request.approvals().containsValue("REVOKE"));
        assertEquals(1, request.comments().size(), request.comments().toString());
        codeCommit.commit(web, "feature", Map.of("Jenkinsfile", "echo 'builds'\n"));
        scan(project);
        WorkflowRun second = jenkins.assertBuildStatusSuccess(last(project, "PR-1"));
        assertEquals(first.getNumber() + 1, second.getNumber());
        await(() -> request.comments().size() == 2 && request.comments().get(1).contains("**succeeded**"));
        await(() -> request.approvals().containsValue("APPROVE"));
    }

    private static void await(java.util.function.BooleanSupplier so) throws InterruptedException {
        for (int i = 0; i < 300 && !so.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertTrue(so.getAsBoolean());
    }
}
