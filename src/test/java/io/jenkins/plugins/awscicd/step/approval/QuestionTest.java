package io.jenkins.plugins.awscicd.step.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.delivery.approval.StageBackground;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people are asked, as they read it. */
class QuestionTest {

    private static final String OBJECT =
            "s3://artifacts/jenkins/web/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.zip";
    private static final String PAGE = "https://eu-west-1.console.aws.amazon.com/builds/web:1?a=1&b=2";

    private static ApprovalRecord asked(Map<String, String> arguments) {
        ApprovalRequest request = new ApprovalRequest(arguments);
        StageBackground background = new StageBackground(OBJECT, "#7", 7, Instant.EPOCH, Commits.of(List.of()));
        return new ApprovalRecord(
                "Approval-1",
                request,
                new RunPolicy(request.policy(), Set.of(), null),
                background,
                null,
                Instant.EPOCH,
                null);
    }

    @Test
    void aLongRevisionIsShortAndThereOnce() {
        ApprovalRecord record =
                asked(Map.of("message", "Ship it?", "what", "build web #1", "revision", OBJECT, "link", PAGE));
        List<String> lines = ApprovalBriefing.of(record);
        assertEquals("To approve: build web #1 (0123456789.zip)", lines.get(0));
        assertEquals(1, lines.stream().filter(line -> line.contains(OBJECT)).count(), lines::toString);
        assertTrue(lines.contains("Revision: " + OBJECT), lines::toString);
        assertTrue(lines.contains("Last approved for this stage: 0123456789.zip, #7"), lines::toString);
    }

    @Test
    void theLinkIsOneAndEverythingElseIsText() {
        ApprovalRecord record = asked(Map.of("message", "Ship it?", "what", "web <i>1</i>", "link", PAGE));
        String html = new CommentParameter(ApprovalBriefing.of(record), record.getLink()).getFormattedDescription();
        assertTrue(
                html.contains("<a href=\"https://eu-west-1.console.aws.amazon.com/builds/web:1?a=1&amp;b=2\""), html);
        assertFalse(html.contains("<b>") || html.contains("<i>"), html);
    }

    @Test
    void whatIsShortStaysAsItIs() {
        ApprovalRecord record = asked(Map.of("message", "Ship it?", "what", "web 1.4.2", "revision", "3f2a1bc"));
        assertEquals("web 1.4.2 (3f2a1bc)", record.getSubject());
        assertTrue(ApprovalBriefing.of(record).stream().noneMatch(line -> line.startsWith("Revision:")));
    }
}
