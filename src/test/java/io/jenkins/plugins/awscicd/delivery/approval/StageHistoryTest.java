package io.jenkins.plugins.awscicd.delivery.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.time.Instant;
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
                StageHistory.before(build, stage),
                null,
                Instant.now(),
                null);
        ApprovalAction.of(build).add(record);
        record.ended(outcome, Instant.now());
        ApprovalAction.of(build).save();
        return build;
    }

    private static String commits(StageBackground background) {
        return String.join("\n", background.getCommits());
    }

    @Test
    void nothingIsKnownAtFirst() throws Exception {
        build("one");
        StageBackground background = StageHistory.before(build("two"), "prod");
        assertNull(background.getApprovedIn());
        assertNull(background.getCurrent());
        assertEquals("two (alice)", commits(background), "of this run alone");
    }

    @Test
    void commitsSinceTheLastApprovalForTheStage() throws Exception {
        decided("prod", "web 1", Outcome.APPROVED, "one");
        decided("test", "web 2", Outcome.APPROVED, "two");
        decided("prod", "web 3", Outcome.REJECTED, "three", "four");
        StageBackground background = StageHistory.before(build("five"), "prod");
        assertEquals("web 1", background.getCurrent());
        assertEquals("#1", background.getApprovedIn());
        assertEquals(1, background.getApprovedInNumber());
        assertEquals("five (alice)\nfour (alice)\nthree (alice)\ntwo (alice)", commits(background));
        assertNull(StageHistory.before(job.getLastBuild(), null).getApprovedIn(), "no stage is one of its own");
    }

    @Test
    void listsAreBounded() throws Exception {
        String[] commits = new String[Commits.LISTED + 3];
        for (int i = 0; i < commits.length; i++) {
            commits[i] = i + " " + "x".repeat(300);
        }
        StageBackground background = StageHistory.before(build(commits), "prod");
        assertEquals(Commits.LISTED, background.getCommits().size());
        assertEquals(3, background.getFurtherCommits());
        assertTrue(background.getCommits().stream().allMatch(line -> line.length() <= 120));
    }
}
