package io.jenkins.plugins.awscicd.engine.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ApprovalPolicyTest {

    private static final Names EXACT = new Names(UnaryOperator.identity(), UnaryOperator.identity());

    private final List<String> approved = new ArrayList<>();
    private final List<String> starters = new ArrayList<>(List.of("starter"));
    private Names names = Names.CASE_INSENSITIVE;

    private static Person user(String id, String... groups) {
        return new Person(id, List.of(groups), true, false);
    }

    private static Person administrator(String id) {
        return new Person(id, List.of("authenticated"), true, true);
    }

    private static ApprovalPolicy policy(String approvers, int approvals, boolean forbidSelf, boolean comment) {
        return new ApprovalPolicy(
                approvers.isEmpty() ? List.of() : List.of(approvers.split(",")), approvals, forbidSelf, comment, false);
    }

    private Decision decide(ApprovalPolicy policy, Person who, String comment) {
        Decision decision = policy.decide(new Answer(who, comment, Instant.EPOCH, Map.of()), approved, starters, names);
        if (decision.accepted()) {
            approved.add(who.id());
        }
        return decision;
    }

    private void refuses(ApprovalPolicy policy, Person who, String why) {
        Decision decision = decide(policy, who, "fine");
        assertEquals(why, decision.refusal());
        assertFalse(decision.complete());
    }

    private void completes(ApprovalPolicy policy, Person who) {
        Decision decision = decide(policy, who, "fine");
        assertNull(decision.refusal());
        assertTrue(decision.complete());
    }

    @Test
    void countsEachWhoMayApproveOnce() {
        List<Person> answered =
                List.of(user("mallory"), user("alice"), user("starter"), user("alice"), user("bob", "ops"));
        assertEquals(
                List.of("alice", "bob"),
                policy("alice,starter,ops", 2, true, false).counted(answered, starters, names));
    }

    @Test
    void whoeverMayBuildApprovesWhereNobodyIsNamed() {
        ApprovalPolicy policy = policy("", 1, false, false);
        completes(policy, user("alice"));
        approved.clear();
        completes(policy, user("starter"));
        refuses(
                policy,
                new Person("reader", List.of(), false, false),
                "reader may not approve this without the permission to build the job");
    }

    @Test
    void anybodyAtAllApprovesWhereNobodyNeedsToBeKnown() {
        completes(policy("", 1, false, false), new Person(null, List.of(), true, false));
        refuses(
                policy("", 1, false, false),
                new Person(null, List.of(), false, false),
                "Somebody who is not logged in may not approve this without the permission to build the job");
        String logIn = "Log in first, so that it is known who approves";
        refuses(policy("alice", 1, false, false), new Person(null, List.of(), true, true), logIn);
        refuses(policy("", 1, true, false), new Person(null, List.of(), true, true), logIn);
        refuses(policy("", 2, false, false), new Person(null, List.of(), true, true), logIn);
    }

    @Test
    void approversAreUsersAndGroups() {
        ApprovalPolicy policy = policy("alice,release-team", 1, false, false);
        completes(policy, user("Alice"));
        approved.clear();
        completes(policy, user("bob", "authenticated", "Release-Team"));
        approved.clear();
        completes(policy, new Person("alice", List.of(), false, false)); // being named is enough
        approved.clear();
        refuses(policy, user("carol", "authenticated"), "carol is not among the approvers: alice, release-team");
        names = EXACT;
        refuses(policy, user("Alice"), "Alice is not among the approvers: alice, release-team");
        refuses(policy, user("bob", "Release-Team"), "bob is not among the approvers: alice, release-team");
    }

    @Test
    void whoStartedTheRunIsNoApproverOfIt() {
        ApprovalPolicy policy = policy("starter,alice", 1, true, false);
        refuses(policy, user("Starter"), "Starter started this run, so somebody else must approve it");
        completes(policy, user("alice"));
        approved.clear();
        starters.clear(); // a timer, say
        completes(policy, user("starter"));
    }

    @Test
    void twoApprovalsAreOfTwoPeople() {
        ApprovalPolicy policy = policy("", 2, false, false);
        Decision first = decide(policy, user("alice"), null);
        assertTrue(first.accepted());
        assertFalse(first.complete());
        assertEquals(1, first.wanted());
        refuses(policy, user("ALICE"), "ALICE has already approved this; somebody else must approve it, too");
        assertEquals(1, decide(policy, user("alice"), "again").wanted());
        completes(policy, user("bob"));
    }

    @Test
    void commentIsRequiredOnlyWhereItIs() {
        ApprovalPolicy policy = policy("", 1, false, true);
        for (String nothing : Arrays.asList(null, "", " \n")) {
            assertEquals(
                    "A comment is required: say why you approve this",
                    decide(policy, user("alice"), nothing).refusal());
        }
        completes(policy, user("alice"));
        assertNotNull(policy("bob", 1, false, true).objection(user("alice"), approved, starters, names));
    }

    @Test
    void administratorsAreNoExceptionUnlessTheyAre() {
        ApprovalPolicy strict = policy("alice", 1, true, true);
        starters.add("admin");
        refuses(strict, administrator("admin"), "admin is not among the approvers: alice");
        refuses(
                policy("", 1, true, false),
                administrator("admin"),
                "admin started this run, so somebody else must approve it");
        ApprovalPolicy exempt = new ApprovalPolicy(List.of("alice"), 2, true, true, true);
        assertEquals(
                "A comment is required: say why you approve this",
                decide(exempt, administrator("admin"), null).refusal());
        assertEquals(1, decide(exempt, administrator("admin"), "urgent").wanted());
        refuses(exempt, administrator("admin"), "admin has already approved this; somebody else must approve it, too");
        refuses(exempt, user("bob"), "bob is not among the approvers: alice");
        completes(exempt, user("alice"));
    }

    @Test
    void saysItselfInWords() {
        assertEquals(
                "1 approval by anyone who may build the job",
                policy("", 1, false, false).toString());
        assertEquals(
                "2 approvals by alice, team or an administrator; not by whoever started the run; each with a comment",
                new ApprovalPolicy(List.of("alice", "team"), 2, true, true, true).toString());
    }
}
