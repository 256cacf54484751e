package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an endpoint says that a batch is made of, it is told in few words, and in no time. */
@Timeout(60)
class BatchTreeTest {

    private static BatchMember member(String identifier, String... dependsOn) {
        return new BatchMember(identifier, List.of(dependsOn), false, BatchMember.Attempt.NONE, List.of());
    }

    private static BatchTree tree(List<BatchMember> members) {
        return new BatchTree(batch(members, "IN_PROGRESS"));
    }

    private static BatchSnapshot batch(List<BatchMember> members, String status) {
        return new BatchSnapshot(
                "web:1",
                "arn:aws:codebuild:eu-west-1:123456789012:build-batch/web:1",
                "web",
                1,
                status,
                false,
                false,
                status,
                List.of(),
                members,
                "",
                null,
                null,
                List.of(),
                null,
                null,
                Map.of(),
                ReportOutcome.NONE);
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    @Test
    void eachIsBelowTheLastThatItComesAfter() {
        List<String> plan = tree(List.of(
                        member("compile"),
                        member("unit", "compile"),
                        member("integration", "compile"),
                        member("publish", "package", "compile"),
                        member("package", "unit"),
                        member("docs")))
                .plan();
        assertEquals(
                List.of(
                        "  compile",
                        "    unit after compile",
                        "      package after unit",
                        "        publish after package, compile",
                        "    integration after compile",
                        "  docs"),
                plan);
    }

    @Test
    void aLongChainIsNoLongColumn() {
        List<BatchMember> chain = new ArrayList<>();
        for (int i = 20_000; i > 0; i--) {
            chain.add(member("b" + i, "b" + (i - 1)));
        }
        BatchTree tree = tree(chain);
        assertTrue(length(tree.plan()) < 1 << 20, () -> "" + length(tree.plan()));
        assertTrue(length(tree.outcome()) < 1 << 20, () -> "" + length(tree.outcome()));
    }

    @Test
    void aLongNameMakesNoOtherLineLong() {
        List<BatchMember> members = new ArrayList<>();
        members.add(member("n".repeat(1 << 20)));
        for (int i = 0; i < 100; i++) {
            members.add(member("b" + i, "n".repeat(1 << 20)));
        }
        BatchTree tree = tree(members);
        assertTrue(length(tree.plan()) < 1 << 20, () -> "" + length(tree.plan()));
        assertTrue(length(tree.outcome()) < 1 << 20, () -> "" + length(tree.outcome()));
    }

    /** A failure is kept with the run, and what runs is said again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "IN_PROGRESS"})
    void manyLongNamesMakeNoLongSentence(String status) {
        List<BatchMember> members = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            BatchMember.Attempt attempt = new BatchMember.Attempt("web:" + i, status, null, true);
            members.add(new BatchMember("n".repeat(1_000) + i, List.of(), false, attempt, List.of()));
        }
        BatchSnapshot batch = batch(members, status);
        String said = status.equals("FAILED") ? batch.cause() : batch.running(Instant.EPOCH);
        assertTrue(said.length() < 100_000, () -> "" + said.length());
    }

    @Test
    void aCircleHasAnEnd() {
        assertEquals(2, tree(List.of(member("a", "b"), member("b", "a"))).plan().size());
    }

    /** Such as one that AWS does not list yet. */
    @Test
    void whatComesAfterOneThatIsNotThereHasThoseAfterItBelow() {
        for (String root : List.of("a", "m", "z", "pack", "site", "unit", "compile")) {
            assertEquals(
                    List.of(
                            "    " + root + " after gone",
                            "      y after " + root,
                            "        x after y",
                            "      w after " + root),
                    tree(List.of(member(root, "gone"), member("x", "y"), member("y", root), member("w", root)))
                            .plan());
        }
    }

    @Test
    void whatComesAfterACircleIsBelowIt() {
        List<String> plan = tree(List.of(
                        member("z", "b"), member("a", "b"), member("b", "a"), member("self", "self"), member("c", "z")))
                .plan();
        assertEquals(
                List.of("z after b", "c after z"),
                plan.stream()
                        .map(String::strip)
                        .filter(line -> line.matches("[zc] .*"))
                        .toList());
        assertEquals(5, plan.size());
        int z = plan.stream().map(String::strip).toList().indexOf("z after b");
        assertEquals("c after z", plan.get(z + 1).strip());
    }

    @Test
    void twoOfOneNameAreBothThere() {
        assertEquals(
                3,
                tree(List.of(member("a"), member("a"), member("b", "a"))).plan().size());
    }
}
