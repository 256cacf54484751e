package io.jenkins.plugins.awscicd.engine.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are asked about is what {@code what} is, and no other revision beside it. */
class OtherRevisionTest {

    private static final String ARN = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/a/b";

    private static StackResult planned() {
        return new StackResult(
                "web", "id", "CREATE_COMPLETE", ARN, false, Map.of(), List.of(), List.of(), Map.of(), "", null);
    }

    @Test
    void anotherIsFound() {
        for (Object what :
                List.of(planned(), Map.of("changeSet", planned()), Map.of("stack", "web", "changeSet", ARN))) {
            assertEquals(ARN, ApprovalArguments.otherRevision(what, "s3://artifacts/web.zip"));
            assertNull(ApprovalArguments.otherRevision(what, ARN));
        }
        assertEquals(
                "s3://artifacts/web.zip",
                ApprovalArguments.otherRevision(
                        Map.of("revision", "s3://artifacts/web.zip"), "s3://artifacts/web.zip.old"));
        assertEquals(
                "build of web @ abc",
                ApprovalArguments.otherRevision(Map.of("project", "web", "sourceVersion", "abc"), "def"));
        assertEquals("stack: web, delete", ApprovalArguments.otherRevision(deletion(), "s3://artifacts/web.zip"));
    }

    private static Map<String, Object> deletion() {
        Map<String, Object> call = new java.util.LinkedHashMap<>();
        call.put("stack", "web");
        call.put("delete", true);
        return call;
    }

    @Test
    void theSameMayBeSaidInMoreWords() {
        Map<String, Object> what = Map.of("revision", "s3://artifacts/web.zip");
        for (String same :
                List.of("s3://artifacts/web.zip", "s3://artifacts/web.zip @ v1", "s3://artifacts/web.zip of shop")) {
            assertNull(ApprovalArguments.otherRevision(what, same));
        }
        assertNull(ApprovalArguments.otherRevision(null, "v1"));
        assertNull(ApprovalArguments.otherRevision(Map.of("template", "web.yaml"), "v1"));
    }
}
