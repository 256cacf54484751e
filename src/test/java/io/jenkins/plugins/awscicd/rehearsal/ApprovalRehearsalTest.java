package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code awsApproval} in rehearsals. */
class ApprovalRehearsalTest {

    private static final String ASKS = """
            def it = awsApproval message: 'Ship it?', stage: 'prod', what: 'web 1.4.2', approvers: ['ops-team'],
                approvals: 2, forbidSelfApproval: true, commentRequired: true,
                parameters: [string(name: 'SPEED', defaultValue: 'slow')]
            echo "${it.approved} by ${it.approvers.join(' and ')}: ${it.comments.join(', ')} at ${it.parameters.SPEED}"
            """;

    @TempDir
    private Path workspace;

    private Rehearsed rehearsed;

    @BeforeEach
    void begin() {
        rehearsed = new Rehearsed(workspace);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    private void prints(String line) {
        assertTrue(rehearsed.lines().stream().anyMatch(it -> it.strip().equals(line)), rehearsed.console());
    }

    @Test
    void allIsApprovedByOtherPeople() throws Exception {
        assertEquals(Result.SUCCESS, rehearsed.approve(Approval.ALL).run(ASKS), rehearsed.console());
        prints("[Approval] To approve: web 1.4.2");
        prints("[Approval] Required: 2 approvals by ops-team; not by whoever started the run; each with a comment");
        prints("true by approver-1 and approver-2: --approve all, --approve all at slow");
    }

    @Test
    void nothingIsApproved() throws Exception {
        assertEquals(Result.ABORTED, rehearsed.approve(Approval.NONE).run(ASKS));
        assertTrue(
                rehearsed.lastLine().contains("Not approved: 'Ship it?' would have been asked (--approve none)"),
                rehearsed.console());
    }

    @Test
    void thePersonAtTheTerminalIsAsked() throws Exception {
        Result result = rehearsed.types("y\nfine\nyes\n\ny\ngood\nfast\n").run(ASKS);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        prints("[Approval] Approved by approver-1 (1 of 2): fine");
        prints("[Approval] Not counted: A comment is required: say why you approve this");
        prints("true by approver-1 and approver-2: fine, good at fast");
    }

    @Test
    void thePersonAtTheTerminalRejects() throws Exception {
        assertEquals(Result.ABORTED, rehearsed.types("n\n").run(ASKS));
        assertTrue(rehearsed.lastLine().contains("Not approved: 'Ship it?' was rejected"), rehearsed.console());
    }

    @Test
    void argumentsAreThoseOfTheEngine() throws Exception {
        assertEquals(Result.FAILURE, rehearsed.run("awsApproval message: 'Ship it?', onTimeout: 'abort', topic: 'x'"));
        for (String problem : List.of("topic: there is no such argument; use one of message,")) {
            assertTrue(rehearsed.console().contains("awsApproval " + problem), rehearsed.console());
        }
    }

    @Test
    void takesWhatCodeBuildReturns() throws Exception {
        rehearsed.file("buildspec.yml", "version: 0.2\nphases:\n  build:\n    commands: [echo built]\n");
        Result result = rehearsed.approve(Approval.ALL).run("""
                def build = codeBuild 'web'
                awsApproval message: 'Ship it?', what: build
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        prints("[Approval] To approve: build web #1");
    }
}
