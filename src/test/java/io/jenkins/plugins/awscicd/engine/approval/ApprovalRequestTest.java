package io.jenkins.plugins.awscicd.engine.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalRequestTest {

    private static Map<String, Object> arguments(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("message", "Ship it?"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    private static List<String> problems(Map<String, Object> arguments, String... parameters) {
        return new ApprovalRequest(arguments).problems(name -> !name.endsWith("-team"), List.of(parameters));
    }

    @Test
    void nothingButTheMessageIsRequired() throws Exception {
        assertEquals(List.of(), problems(arguments()));
        ApprovalRequest request = new ApprovalRequest(arguments("stage", " ", "approvers", null, "timeout", ""));
        assertEquals(List.of(), request.problems(name -> true, List.of()));
        assertEquals("Ship it?", request.message());
        assertNull(request.stage());
        assertNull(request.timeout());
        assertNull(request.topic());
        assertEquals(OnTimeout.REJECT, request.onTimeout());
        assertEquals(1, request.policy().approvals());
        assertEquals(List.of(), request.policy().approvers());
        assertFalse(request.policy().forbidSelfApproval());
        assertFalse(request.policy().administratorsExempt());
    }

    @Test
    void readsAndKeepsEverything() throws Exception {
        ApprovalRequest given = new ApprovalRequest(arguments(
                "stage", "prod",
                "what", "web 1.4.2",
                "revision", "3f2a1bc",
                "link", "https://example.com/release/1.4.2",
                "approvers", List.of("alice", " bob ", "ops-team"),
                "approvals", "2",
                "forbidSelfApproval", true,
                "commentRequired", "true",
                "administratorsExempt", false,
                "ok", "Ship",
                "cancel", "Not yet",
                "timeout", 2,
                "unit", "HOURS",
                "onTimeout", "abort",
                "notify", "arn:aws:sns:eu-west-1:123456789012:approvals"));
        assertEquals(List.of(), given.problems(name -> true, List.of("VERSION")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(given);
        }
        ApprovalRequest request =
                (ApprovalRequest) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertEquals("prod", request.stage());
        assertEquals("web 1.4.2", request.what());
        assertEquals("Not yet", request.cancel());
        assertEquals("3f2a1bc", request.revision());
        assertEquals("https://example.com/release/1.4.2", request.link());
        assertEquals("Ship", request.ok());
        assertEquals(Duration.ofHours(2), request.timeout());
        assertEquals(OnTimeout.ABORT, request.onTimeout());
        assertEquals("arn:aws:sns:eu-west-1:123456789012:approvals", String.valueOf(request.topic()));
        assertEquals(
                "2 approvals by alice, bob, ops-team; not by whoever started the run; each with a comment",
                request.policy().toString());
    }

    /** What was built, as titles have room for it: no branch is cut, but what nobody reads is. */
    @ParameterizedTest
    @CsvSource({
        "0123456789abcdef0123456789abcdef01234567, build web #1 of 01234567",
        "s.XPuyTbQBiTenrioqGjzFu3hulBbUTL, build web #1 of s.XPuyTb…",
        "3sL4kqtJlcpXroDTDmJ_rmSpXd3dIbrH, build web #1 of 3sL4kqtJ…",
        "release/a-branch-with-a-long-name-of-its-own, build web #1 of release/a-branch-with-a-long-name-of-its-own",
        "v1.4.2, build web #1 of v1.4.2"
    })
    void callsShortlyWhatWasBuilt(String exactly, String what) {
        Approvable build = new Approvable() {
            @Override
            public String subject() {
                return "build web #1";
            }

            @Override
            public String exactly() {
                return exactly;
            }

            @Override
            public String deployable() {
                return "s3://artifacts/web.zip";
            }

            @Override
            public String getConsoleUrl() {
                return "https://console.example/web";
            }
        };
        ApprovalRequest request = new ApprovalRequest(arguments("message", "Ship it?", "what", build));
        assertEquals(what, request.what());
        assertEquals("s3://artifacts/web.zip", request.revision());
    }

    @Test
    void timeoutIsInMinutesUnlessItSays() {
        assertEquals(Duration.ofMinutes(90), new ApprovalRequest(arguments("timeout", 90)).timeout());
        assertEquals(Duration.ofDays(3), new ApprovalRequest(arguments("timeout", "3", "unit", "DAYS")).timeout());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stages    | prod   | stages: there is no such argument; did you mean stage?",
                "approvers | ,      | approvers: names nobody; use user IDs and group names",
                "approvals | 0      | approvals: 0 is out of range; use 1 to 100",
                "approvals | two    | approvals: 'two' is not a whole number",
                "forbidSelfApproval | maybe | forbidSelfApproval: 'maybe' is neither true nor false",
                "timeout   | 0      | timeout: 0 is out of range; use 1 to",
                "timeout   | 600000 | timeout: longer than a year; use a shorter timeout, or none",
                "unit      | HOUR   | unit: 'HOUR' is not known; use one of NANOSECONDS,",
                "unit      | HOURS  | unit: only used with timeout; add that, or leave unit out",
                "onTimeout | abort  | onTimeout: only used with timeout;",
                "onTimeout | fail   | onTimeout: 'fail' is not known; use one of reject, approve, abort",
                "link      | javascript:alert(1) | link: 'javascript:alert(1)' is not the address of a page; use one such as",
                "notify    | approvals | notify: 'approvals' is not the ARN of an SNS topic; use the form",
                "notify    | arn:aws:sqs:eu-west-1:123456789012:queue  | is not the ARN of an SNS topic"
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String name, String value, String problem) {
        List<String> problems = problems(arguments(name, value));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith(name + ": "), problems::toString);
        assertTrue(problems.get(0).contains(problem), problems::toString);
    }

    @Test
    void messageIsMandatory() {
        assertEquals(
                List.of("message: missing; ask for approval, such as 'Ship it to prod?'"),
                problems(arguments("message", " ")));
    }

    @Test
    void moreApprovalsThanPeopleAreAProblem() {
        assertEquals(
                List.of(
                        "approvals: 3 is more than the number of approvers (alice, bob); name more approvers, or a group"),
                problems(arguments("approvers", "alice, bob, alice", "approvals", 3)));
        assertEquals(List.of(), problems(arguments("approvers", "alice,ops-team", "approvals", 3)));
        assertEquals(List.of(), problems(arguments("approvals", 3)));
    }

    @Test
    void parametersDoNotClash() {
        assertEquals(
                List.of("parameters: 'approval-comment' is reserved for the comment; use another name"),
                problems(arguments(), "VERSION", "approval-comment"));
        assertEquals(
                List.of("parameters: two have the same name; use different names"), problems(arguments(), "A", "A"));
    }

    @Test
    void whatASecretMayBeInIsNotShown() {
        Map<String, Object> shown = ApprovalArguments.plain(
                Map.of("what", Map.of("stack", "web", "parameters", Map.of("DbPassword", "hunter-2-two"))));
        assertTrue(String.valueOf(shown.get("what")).contains("stack: web"), shown.toString());
        assertFalse(shown.toString().contains("hunter-2-two"), shown.toString());
        Map<String, Object> built = ApprovalArguments.plain(Map.of(
                "what",
                Map.of(
                        "project",
                        "web",
                        "sourceVersion",
                        "0a1b",
                        "environmentVariables",
                        Map.of("TOKEN", "hunter-2-two"))));
        assertEquals("build of web @ 0a1b", built.get("what"));
        assertFalse(built.toString().contains("hunter-2-two"), built.toString());
        Map<String, Object> commit = ApprovalArguments.plain(
                Map.of("what", Map.of("revision", Map.of("repository", "shop/web", "commit", "0a1b"))));
        assertEquals("shop/web @ 0a1b", commit.get("what"));
        assertEquals("shop/web @ 0a1b", commit.get("revision"));
    }
}
