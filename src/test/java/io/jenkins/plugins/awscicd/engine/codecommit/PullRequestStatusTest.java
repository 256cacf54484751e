package io.jenkins.plugins.awscicd.engine.codecommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus.Commented;
import io.jenkins.plugins.awscicd.engine.codecommit.PullRequestStatus.Decided;
import io.jenkins.plugins.awscicd.localaws.codecommit.Dialect;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pull request is told of a commit in one comment and by an approval of this commit alone, whatever CodeCommit does otherwise. */
class PullRequestStatusTest {

    private final Bench bench = Bench.real(it -> it);
    private final io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit local =
            bench.aws().codeCommit();
    private final CodeCommit aws = new CodeCommit(bench.session());
    private final Journal journal = new Journal();
    private Repository web;
    private io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest request;
    private String commit;

    /** As it is on a disk. */
    private static final class Journal implements CommentJournal {
        private String first;
        private String id;

        @Override
        public String token() {
            return "token-of-run-7";
        }

        @Override
        public String firstText() {
            return first;
        }

        @Override
        public String commentId() {
            return id;
        }

        @Override
        public void begin(String text) {
            first = text;
        }

        @Override
        public void posted(String commentId) {
            id = commentId;
        }
    }

    @BeforeEach
    void pullRequest() {
        web = local.repository("web");
        local.commit(web, "main", Map.of("a", "a"));
        commit = local.commit(web, "feature", Map.of("b", "b"));
        request = local.pullRequest(web, "Feature", "feature", "main");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<List<Dialect>> dialects() {
        return Stream.concat(Stream.of(List.of()), Stream.of(Dialect.values()).map(List::of));
    }

    private static <T> T of(CompletableFuture<T> asked) {
        return asked.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private PullRequestStatus status() {
        return new PullRequestStatus(aws, request.id(), commit);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void oneCommentChanges(List<Dialect> dialects) {
        dialects.forEach(local::speak);
        assertEquals(Commented.POSTED, of(status().comment(journal, "running")));
        local.commit(web, "main", Map.of("a", "other"));
        assertEquals(Commented.UPDATED, of(status().comment(journal, "passed")));
        assertEquals(List.of("passed"), request.comments());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anAnswerThatIsLostPostsNoSecondComment(List<Dialect> dialects) {
        dialects.forEach(local::speak);
        bench.aws()
                .faults()
                .on("CodeCommit.PostCommentForPullRequest")
                .error(500)
                .afterExecution()
                .times(1);
        assertEquals(Commented.POSTED, of(status().comment(journal, "running")));
        assertEquals(List.of("running"), request.comments());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aControllerThatFellBetweenTheCallAndItsNoteGoesOnWithTheSameComment(List<Dialect> dialects) {
        dialects.forEach(local::speak);
        of(status().comment(journal, "running"));
        journal.id = null; // the note of it was lost
        assertEquals(Commented.UPDATED, of(status().comment(journal, "passed")));
        assertEquals(List.of("passed"), request.comments());
    }

    @Test
    void aCommentThatSomebodyHasDeletedDoesNotComeBack() {
        of(status().comment(journal, "running"));
        local.deleteComments(request);
        assertEquals(Commented.DELETED, of(status().comment(journal, "passed")));
        assertEquals(List.of(), request.comments());
    }

    @Test
    void aLongTextIsCut() {
        of(status().comment(journal, "x".repeat(20_000)));
        String text = request.comments().get(0);
        assertEquals(10_240, text.length());
        assertTrue(text.endsWith("\n…"), text.substring(10_200));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anApprovalIsGivenAndRevoked(List<Dialect> dialects) {
        dialects.forEach(local::speak);
        assertEquals(Decided.DONE, of(status().decide(true)));
        assertEquals(List.of("APPROVE"), List.copyOf(request.approvals().values()));
        assertEquals(Decided.DONE, of(status().decide(false)));
        assertEquals(List.of("REVOKE"), List.copyOf(request.approvals().values()));
    }

    @Test
    void anotherCommitIsNotApproved() {
        PullRequestStatus old = status();
        local.commit(web, "feature", Map.of("b", "moved on"));
        assertEquals(Decided.MOVED_ON, of(old.decide(true)));
        assertEquals(Map.of(), request.approvals());
        assertEquals(0, bench.aws().calls().count("CodeCommit.UpdatePullRequestApprovalState"));
    }

    @Test
    void aClosedOneAndOnesOwnAreNotApproved() {
        local.author(request, "arn:aws:iam::123456789012:user/local");
        assertEquals(Decided.BY_AUTHOR, of(status().decide(true)));
        local.close(request);
        assertEquals(Decided.CLOSED, of(status().decide(true)));
        assertEquals(Map.of(), request.approvals());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatWasNeverApprovedIsNotApprovedAfterARevocation(List<Dialect> dialects) {
        dialects.forEach(local::speak);
        assertEquals(Decided.DONE, of(status().decide(false)));
        assertTrue(!request.approvals().containsValue("APPROVE"));
    }
}
