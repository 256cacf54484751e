package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;
import software.amazon.awssdk.services.codepipeline.model.ActionState;

/** What manual approval actions of an execution ask, people answer in the midst of the step, and AWS gets their answer once. */
class ManualApprovalTest extends SteppedPipelines {

    /** People who are asked, and remember what they have answered. */
    private static final class People implements PipelineConsent {

        final List<ManualApproval> asked = new ArrayList<>();
        final List<String> keys = new ArrayList<>();
        private final Map<String, Reply> replies = new HashMap<>();
        private final Map<String, CompletableFuture<Reply>> open = new HashMap<>();

        @Override
        public CompletableFuture<Reply> ask(ManualApproval about, int number) {
            String key = about.id() + " " + number;
            asked.add(about);
            keys.add(key);
            Reply known = replies.get(key);
            CompletableFuture<Reply> answer =
                    known == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(known);
            open.put(key, answer);
            return answer;
        }

        boolean isAsked(int times) {
            return asked.size() >= times;
        }

        String last() {
            return keys.get(keys.size() - 1);
        }

        void answer(String key, Reply reply) {
            replies.put(key, reply);
            open.get(key).complete(reply);
        }

        void approve() {
            answer(last(), new Reply(true, List.of("alice", "bob"), "fine"));
        }

        void reject() {
            answer(last(), new Reply(false, List.of("bob"), "not on a Friday"));
        }

        /** Why the last question was withdrawn; null if it was not. */
        Throwable withdrawn() throws InterruptedException {
            CompletableFuture<Reply> question = open.get(last());
            if (!question.isDone()) {
                return null;
            }
            try {
                question.get();
                return null;
            } catch (CancellationException e) {
                return e;
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    private final People people = new People();

    private void approved(String mode) {
        approved(mode, "https://example.com/tea");
    }

    private void approved(String mode, String url) {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode(mode)
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .set("CustomData", "Is it tea?")
                        .set("ExternalEntityLink", url)
                        .action("Ship", "Invoke", "Lambda")
                        .runOrder(2));
    }

    private Step asked() {
        int before = people.asked.size();
        Step step = step().asking(people).begin();
        bench.advanceUntil(() -> people.isAsked(before + 1), LONG);
        return step;
    }

    private List<ActionExecutionDetail> actions(String execution) {
        return PipelineService.client(bench.session())
                .listActionExecutions(list -> list.pipelineName("web")
                        .filter(filter -> filter.latestInPipelineExecution(
                                it -> it.pipelineExecutionId(execution).startTimeRange("Latest"))))
                .actionExecutionDetails();
    }

    private ActionExecutionDetail approval(String execution) {
        return actions(execution).stream()
                .filter(action -> action.actionName().equals("Approve"))
                .findFirst()
                .orElseThrow();
    }

    private String token(String mode) {
        if (mode.equals("PARALLEL")) {
            return approval(executions().get(0).id()).output().executionResult().externalExecutionId();
        }
        return PipelineService.client(bench.session()).getPipelineState(it -> it.name("web")).stageStates().stream()
                .flatMap(stage -> stage.actionStates().stream())
                .filter(action -> action.actionName().equals("Approve"))
                .map(ActionState::latestExecution)
                .findFirst()
                .orElseThrow()
                .token();
    }

    private void answerInAws(String mode, String status) {
        PipelineService.client(bench.session())
                .putApprovalResult(it -> it.pipelineName("web")
                        .stageName("Deploy")
                        .actionName("Approve")
                        .token(token(mode))
                        .result(result -> result.status(status).summary("as I say")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERSEDED", "QUEUED", "PARALLEL"})
    void anApprovalIsAskedAndItsAnswerGivenToAws(String mode) {
        approved(mode);
        Step step = asked();
        ManualApproval seen = people.asked.get(0);
        String id = executions().get(0).id();
        assertEquals("Deploy/Approve of web " + id.substring(0, 8), seen.subject());
        assertEquals("Source @ " + COMMIT, seen.exactly());
        assertEquals("https://example.com/tea", seen.getConsoleUrl());
        assertEquals("Is it tea?", seen.details().get(0));
        assertEquals("Source at 01234567: Serve tea", seen.details().get(1));
        assertTrue(seen.details().get(2).contains("/executions/" + id), seen.details()::toString);
        bench.advance(Duration.ofHours(2).toSeconds());
        assertFalse(step.kept.isOver());
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, calls("PutApprovalResult"));
        assertEquals(
                "alice, bob in Jenkins: fine",
                approval(id).output().executionResult().externalExecutionSummary());
        assertEquals(1, people.asked.size());
    }

    @ParameterizedTest
    @EnumSource
    void inEveryDialectItIsAskedAndAnsweredOnce(Dialect dialect) {
        for (String mode : List.of("SUPERSEDED", "PARALLEL")) {
            bench.aws().codePipeline().speak(dialect);
            approved(mode);
            Step step = asked();
            people.approve();
            step.untilOver();
            assertEquals(Verdict.End.SUCCEEDED, step.end(), mode);
            assertFalse(
                    step.lines().stream().anyMatch(line -> line.contains("another answer")), step.lines()::toString);
        }
        assertEquals(2, people.asked.size());
        assertEquals(2, calls("PutApprovalResult"));
    }

    @ParameterizedTest
    @EnumSource
    void aRejectionEndsTheExecutionAndIsNobodysFailure(Dialect dialect) {
        bench.aws().codePipeline().speak(dialect);
        approved("QUEUED");
        Step step = step().with("retry", 3).asking(people).begin();
        bench.advanceUntil(() -> people.isAsked(1), LONG);
        people.reject();
        step.untilOver();
        assertEquals(Verdict.End.STOPPED, step.end());
        assertEquals("Failed", executions().get(0).status());
        assertEquals(
                List.of("Source/Source Succeeded", "Deploy/Approve Failed"),
                executions().get(0).ran());
        assertEquals(1, people.asked.size());
        if (dialect != Dialect.ANSWERED_WITHOUT_WORDS) {
            assertTrue(
                    step.kept.console.lastLine().endsWith("bob in Jenkins: not on a Friday"), step.lines()::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERSEDED", "QUEUED", "PARALLEL"})
    void whatIsApprovedInAwsMeanwhileIsAskedNoMore(String mode) throws Exception {
        approved(mode);
        Step step = asked();
        answerInAws(mode, "Approved");
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        AnsweredElsewhere why = (AnsweredElsewhere) people.withdrawn();
        assertEquals(AnsweredElsewhere.How.APPROVED, why.how());
        assertTrue(why.by().startsWith("arn:aws:"), why::by);
        assertEquals("as I say", why.comment());
        assertEquals(1, calls("PutApprovalResult"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRejectedInAwsMeanwhileIsSo(Dialect dialect) throws Exception {
        bench.aws().codePipeline().speak(dialect);
        approved("SUPERSEDED");
        Step step = asked();
        answerInAws("SUPERSEDED", "Rejected");
        step.untilOver();
        assertEquals(Verdict.End.STOPPED, step.end());
        AnsweredElsewhere why = (AnsweredElsewhere) people.withdrawn();
        assertEquals(AnsweredElsewhere.How.REJECTED, why.how());
        assertEquals(dialect == Dialect.ANSWERED_BY_NOBODY, why.by() == null);
    }

    @Test
    void whatNobodyAnswersInTheTimeThatAwsGivesIsAskedNoMore() throws Exception {
        approved("QUEUED");
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .timeoutMinutes(5));
        Step step = step().asking(people).begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertEquals(AnsweredElsewhere.How.EXPIRED, ((AnsweredElsewhere) people.withdrawn()).how());
        assertEquals(0, calls("PutApprovalResult"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERSEDED", "PARALLEL"})
    void aRestartGoesOnWithTheSameQuestion(String mode) {
        approved(mode);
        Step step = asked();
        step.restart(30);
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        assertEquals(people.keys.get(0), people.keys.get(1));
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, calls("PutApprovalResult"));
        assertEquals(1, executions().size());
    }

    /** The controller goes down between the answer and the call. */
    @Test
    void anAnswerThatAwsHasNotHadBeforeARestartIsGivenAfterIt() {
        approved("SUPERSEDED");
        Step step = asked();
        step.kept.execution().leave();
        people.replies.put(people.last(), new Reply(true, List.of("bob"), null));
        bench.advance(5);
        step.kept.resume(bench.scheduler(), null, null);
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, calls("PutApprovalResult"));
    }

    @Test
    void anAnswerWhoseAnswerIsLostIsNotTakenForSomebodyElses() {
        approved("SUPERSEDED");
        Step step = asked();
        loseAnswerTo("PutApprovalResult");
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertFalse(step.lines().stream().anyMatch(line -> line.contains("another answer")), step.lines()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERSEDED", "PARALLEL"})
    void whatAwsAsksAnewIsAskedAnewAndNotAnsweredByWhatWasSaidBefore(String mode) {
        approved(mode);
        Step step = asked();
        bench.aws().codePipeline().renewTokens("web");
        people.approve();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        assertNotEquals(people.keys.get(0), people.keys.get(1));
        assertEquals("InProgress", approval(executions().get(0).id()).statusAsString());
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
    }

    @Test
    void anAbortWithdrawsTheQuestionAndWaitsForNobody() throws Exception {
        approved("SUPERSEDED");
        Step step = asked();
        step.kept.execution().stop(new CancellationException("aborted"), null);
        assertTrue(people.withdrawn() instanceof CancellationException);
        bench.advance(20);
        assertTrue(step.kept.isOver());
        assertEquals("Stopped", executions().get(0).status());
        assertEquals(0, calls("PutApprovalResult"));
    }

    @Test
    void anAbortThatLeavesTheExecutionLeavesItsQuestionToAws() throws Exception {
        approved("SUPERSEDED");
        Step step = step().asking(people);
        step.kept.leaving();
        step.begin();
        bench.advanceUntil(() -> people.isAsked(1), LONG);
        step.kept.execution().stop(new CancellationException("aborted"), null);
        bench.advance(2);
        assertTrue(step.kept.isOver());
        assertTrue(people.withdrawn() instanceof CancellationException);
        assertEquals("InProgress", approval(executions().get(0).id()).statusAsString());
    }

    @Test
    void theTimeOfTheStepIsOverWhileItWaits() throws Exception {
        approved("SUPERSEDED");
        Step step = step().asking(people);
        step.kept.within(Duration.ofMinutes(10));
        step.begin().untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        assertTrue(people.withdrawn() instanceof CancellationException);
        assertEquals("Stopped", executions().get(0).status());
    }

    @Test
    void parallelExecutionsAreAnsweredEachForItself() {
        approved("PARALLEL");
        List<Step> steps = List.of(asked(), asked(), asked());
        people.answer(people.keys.get(1), new Reply(false, List.of("bob"), "no tea"));
        bench.advance(60);
        assertEquals(
                List.of("InProgress", "Failed", "InProgress"),
                executions().stream().map(it -> it.status()).toList());
        people.answer(people.keys.get(2), new Reply(true, List.of("bob"), null));
        bench.advance(90);
        assertEquals(
                List.of("InProgress", "Failed", "Succeeded"),
                executions().stream().map(it -> it.status()).toList());
        people.answer(people.keys.get(0), new Reply(true, List.of("bob"), null));
        steps.forEach(Step::untilOver);
        assertEquals(
                List.of(Verdict.End.SUCCEEDED, Verdict.End.STOPPED, Verdict.End.SUCCEEDED),
                steps.stream().map(Step::end).toList());
        assertEquals(3, calls("PutApprovalResult"));
    }

    /** The state of the pipeline shows what the other one asks. */
    @Test
    void anExecutionBehindAnotherIsNotTakenForIt() {
        approved("QUEUED");
        Step first = asked();
        Step second = step().asking(people).begin();
        bench.advance(120);
        assertEquals(1, people.asked.size());
        people.approve();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        assertNotEquals(
                people.asked.get(0).execution().id(),
                people.asked.get(1).execution().id());
        people.approve();
        first.untilOver();
        second.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, second.end());
    }

    /** Of two controllers, or two runs. */
    @Test
    void ofTwoWhoAskTheSameTheFirstAnswerCounts() throws Exception {
        approved("SUPERSEDED");
        Step one = asked();
        Step other = step().with("operation", "watch")
                .with("execution", executions().get(0).id())
                .asking(people)
                .begin();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        people.answer(people.keys.get(0), new Reply(true, List.of("bob"), "mine"));
        one.untilOver();
        other.untilOver();
        assertEquals(1, calls("PutApprovalResult"));
        assertEquals(Verdict.End.SUCCEEDED, other.end());
    }

    @Test
    void whoComesSecondIsToldSo() {
        approved("SUPERSEDED");
        Step step = asked();
        answerInAws("SUPERSEDED", "Rejected");
        people.approve(); // before anything of that is seen
        step.untilOver();
        assertEquals(Verdict.End.STOPPED, step.end());
        assertTrue(
                step.lines().contains("AWS has had another answer to Deploy/Approve first, and not that of alice, bob"),
                step.lines()::toString);
    }

    @Test
    void aGuardIsAskedBeforeTheAnswerIsGiven() {
        approved("SUPERSEDED");
        List<String> passed = new ArrayList<>();
        Step step = step().asking(people).guarded((application, target, revision) -> {
            passed.add(target);
            if (passed.size() > 1) {
                throw new Refused("closed by now");
            }
        });
        step.begin();
        bench.advanceUntil(() -> people.isAsked(1), LONG);
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.REFUSED, step.end());
        assertEquals(0, calls("PutApprovalResult"));
        assertTrue(
                step.lines().contains("Deploy/Approve is left open, and can be answered in AWS"),
                step.lines()::toString);
        assertEquals("InProgress", approval(executions().get(0).id()).statusAsString());
    }

    @Test
    void anAnswerThatAwsDoesNotAllowIsToldAndTriedAgain() {
        approved("SUPERSEDED");
        Step step = asked();
        bench.aws().faults().on("CodePipeline.PutApprovalResult").accessDenied().times(2);
        people.approve();
        bench.advance(5);
        assertTrue(
                step.lines().stream()
                        .anyMatch(line ->
                                line.startsWith("AWS has not taken the answer to Deploy/Approve yet, retrying: ")
                                        && line.contains("codepipeline:PutApprovalResult")),
                step.lines()::toString);
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(3, calls("PutApprovalResult"));
    }

    @Test
    void whatNobodyCanBeAskedHereIsLeftToAws() {
        approved("SUPERSEDED");
        Step step = step().asking((about, number) ->
                        CompletableFuture.failedFuture(new IllegalStateException("no input in this kind of job")))
                .begin();
        bench.advance(60);
        assertTrue(
                step.lines()
                        .contains(
                                "Nobody is asked about Deploy/Approve here any more, answer it in AWS: no input in this"
                                        + " kind of job"),
                step.lines()::toString);
        answerInAws("SUPERSEDED", "Approved");
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
    }

    @Test
    void approvalsSideBySideAreQuestionsOfTheirOwn() {
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Law", "Approval", "Manual")
                        .action("Taste", "Approval", "Manual"));
        Step step = asked();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        people.keys.forEach(key -> people.answer(key, new Reply(true, List.of("bob"), null)));
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(2, calls("PutApprovalResult"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "ftp://example.com", "https://exa mple.com/\"><b>"})
    void whatIsNoPageIsNotShownAsOne(String url) {
        approved("SUPERSEDED", url);
        asked();
        assertTrue(people.asked.get(0).getConsoleUrl().startsWith("https://eu-west-1.console.aws.amazon.com/"));
        assertFalse(people.asked.get(0).details().toString().contains(url));
    }

    @Test
    void nobodyIsAskedUnlessTheStepSaysSo() {
        approved("SUPERSEDED");
        Step step = step().asking(people).with("approvals", "aws").begin();
        bench.advance(60);
        assertEquals(0, people.asked.size());
        assertEquals(0, calls("GetPipelineState"));
        answerInAws("SUPERSEDED", "Approved");
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
    }

    @Test
    void whatAwsGetsFitsItsLimit() {
        assertEquals("Somebody in Jenkins", ApprovalCalls.summary(new Reply(true, List.of(), null)));
        assertEquals("bob in Jenkins: a b", ApprovalCalls.summary(new Reply(true, List.of("bob"), "a\nb")));
        String whole = ApprovalCalls.summary(new Reply(true, List.of("bob"), "x".repeat(600)));
        assertEquals(512, whole.length());
        assertTrue(whole.endsWith("…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERSEDED", "QUEUED", "PARALLEL"})
    void anAnswerWhoseTokenAwsRefusesThoughItShowsItIsGivenAgain(String mode) {
        approved(mode);
        Step step = asked();
        bench.aws().codePipeline().refuseTokens(2);
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
        assertEquals(1, people.asked.size(), "the question is the same");
        assertEquals(3, calls("PutApprovalResult"));
        assertTrue(
                step.lines().stream()
                        .anyMatch(line ->
                                line.startsWith("AWS has not taken the answer to Deploy/Approve yet, retrying: ")
                                        && line.contains("Invalid approval token")),
                step.lines()::toString);
    }

    @Test
    void thatAwsShowsNoTokenIsSaid() {
        approved("SUPERSEDED");
        bench.aws().codePipeline().hideTokens(true);
        Step step = step().asking(people).begin();
        bench.advance(300);
        assertEquals(0, people.asked.size());
        assertEquals(
                1,
                step.lines().stream()
                        .filter(line ->
                                line.startsWith("AWS does not show with which token Deploy/Approve is answered"))
                        .count(),
                step.lines()::toString);
        bench.aws().codePipeline().hideTokens(false);
        bench.advanceUntil(() -> people.isAsked(1), LONG);
        people.approve();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end());
    }
}
