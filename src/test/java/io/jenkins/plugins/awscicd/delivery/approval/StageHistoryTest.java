package io.jenkins.plugins.awscicd.delivery.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentBuilder;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FakeChangeLogSCM;
import org.jvnet.hudson.test.JenkinsRule;

/** What the last runs of a job tell of a stage. */
@WithSharedJenkins
class StageHistoryTest {

    private final FakeChangeLogSCM scm = new FakeChangeLogSCM();

    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject();
        job.setScm(scm);
    }

    private FreeStyleBuild build(String... commits) throws Exception {
        for (String commit : commits) {
            scm.addChange().withAuthor("alice").withMsg(commit + "\nin detail");
        }
        return jenkins.buildAndAssertSuccess(job);
    }

    private FreeStyleBuild decided(String stage, String what, Outcome outcome, String... commits) throws Exception {
        FreeStyleBuild build = build(commits);
        ApprovalRequest request = new ApprovalRequest(Map.of("message", "?", "stage", stage, "what", what));
        ApprovalRecord record = new ApprovalRecord(
                "A" + build.getNumber(),
                request,
                RunPolicy.of(build, request.policy()),
                StageHistory.before(build, request),
                null,
                Instant.now(),
                null);
        ApprovalAction.of(build).add(record);
        record.ended(outcome, Instant.now());
        ApprovalAction.of(build).save();
        return build;
    }

    private static ApprovalRequest asking(String stage) {
        return new ApprovalRequest(Map.of("message", "?", "stage", stage));
    }

    private static ApprovalRequest askingAboutStack(String stack) {
        return new ApprovalRequest(Map.of(
                "message",
                "?",
                "stage",
                "prod",
                "what",
                "change set of stack " + stack,
                "revision",
                "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/jenkins-1/2"));
    }

    /** What runs on a stack is no earlier state of the stack, nor the other way round. */
    @Test
    void aStackIsNotTakenForTheAppThatRunsOnIt() throws Exception {
        FreeStyleBuild first = build("one");
        deployed("codeDeploy", "web", "s3://releases/web/1.zip", first);
        assertNull(
                StageHistory.before(build("two"), askingAboutStack("web-fleet")).getCurrent());
        deployed("cloudFormationDeploy", "web-fleet", "arn:fleet", first);
        deployed("cloudFormationDeploy", "web-net", "arn:net", first);
        FreeStyleBuild last = build("three");
        assertEquals(
                "arn:fleet",
                StageHistory.before(last, askingAboutStack("web-fleet")).getCurrent());
        assertEquals(
                "s3://releases/web/1.zip",
                StageHistory.before(last, asking("prod")).getCurrent());
    }

    private void deployed(String step, String application, String revision, FreeStyleBuild by) {
        Instant now = Instant.now();
        Deployments.get()
                .started(new DeploymentBuilder(
                                application,
                                step,
                                "eu-west-1",
                                new Destination("prod", application, application),
                                new Origin(job.getFullName(), by.getNumber(), by.getUrl(), List.of(), Origin.Left.RUN),
                                now)
                        .revision(revision)
                        .ended(now)
                        .verdict(DeploymentVerdict.SUCCESS)
                        .build());
    }

    private static String commits(StageBackground background) {
        return String.join("\n", background.getCommits());
    }

    @Test
    void nothingIsKnownAtFirst() throws Exception {
        build("one");
        StageBackground background = StageHistory.before(build("two"), asking("prod"));
        assertNull(background.getApprovedIn());
        assertNull(background.getCurrent());
        assertEquals("two (alice)", commits(background), "of this run alone");
    }

    @Test
    void commitsSinceTheLastApprovalForTheStage() throws Exception {
        decided("prod", "web 1", Outcome.APPROVED, "one");
        decided("test", "web 2", Outcome.APPROVED, "two");
        decided("prod", "web 3", Outcome.REJECTED, "three", "four");
        StageBackground background = StageHistory.before(build("five"), asking("prod"));
        assertEquals("web 1", background.getCurrent());
        assertEquals("#1", background.getApprovedIn());
        assertEquals(1, background.getApprovedInNumber());
        assertEquals("five (alice)\nfour (alice)\nthree (alice)\ntwo (alice)", commits(background));
        assertNull(
                StageHistory.before(job.getLastBuild(), new ApprovalRequest(Map.of("message", "?")))
                        .getApprovedIn(),
                "no stage is one of its own");
    }

    @Test
    void listsAreBounded() throws Exception {
        String[] commits = new String[Commits.LISTED + 3];
        for (int i = 0; i < commits.length; i++) {
            commits[i] = i + " " + "x".repeat(300);
        }
        StageBackground background = StageHistory.before(build(commits), asking("prod"));
        assertEquals(Commits.LISTED, background.getCommits().size());
        assertEquals(3, background.getFurtherCommits());
        assertTrue(background.getCommits().stream().allMatch(line -> line.length() <= 120));
    }
}
