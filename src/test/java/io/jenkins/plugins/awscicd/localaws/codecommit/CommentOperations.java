package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest.Comment;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Comments on pull requests, posted once for each token and changed by their author (CodeCommit API reference). */
final class CommentOperations {

    /** "Comments are limited to 10,240 characters" (CommentContentSizeLimitExceededException). */
    private static final int LONGEST = 10_240;

    private final Function<Place, CodeCommit> places;

    CommentOperations(Function<Place, CodeCommit> places) {
        this.places = places;
    }

    ObjectNode post(Input input, Caller caller) throws AwsError, IOException {
        CodeCommit service = places.apply(caller.place());
        PullRequest request = PullRequestOperations.find(service, input);
        Repository repository = CodeCommitApi.repository(service, input);
        if (!request.repository.equals(repository)) {
            throw AwsError.badRequest(
                    "RepositoryNotAssociatedWithPullRequestException",
                    "The repository is not associated with the pull request");
        }
        String before = commit(repository, input.text("beforeCommitId"));
        String after = commit(repository, input.text("afterCommitId"));
        if (before.equals(after)) {
            throw AwsError.badRequest(
                    "BeforeCommitIdAndAfterCommitIdAreSameException", "The before and the after commit are the same");
        }
        String content = content(input);
        String token = input.text("clientRequestToken");
        synchronized (request) {
            Comment comment = earlier(service, request, token, content).orElse(null);
            if (comment == null) {
                comment = new Comment(
                        service.pullRequests().newCommentId(),
                        caller.arn(),
                        token,
                        before,
                        after,
                        service.now(),
                        content);
                request.comments.add(comment);
            }
            return object().put("repositoryName", repository.name())
                    .put("pullRequestId", request.id)
                    .put("beforeCommitId", comment.before)
                    .put("afterCommitId", comment.after)
                    .set("comment", shown(comment));
        }
    }

    private static Optional<Comment> earlier(CodeCommit service, PullRequest request, String token, String content)
            throws AwsError {
        Optional<Comment> same = request.comments.stream()
                .filter(comment -> token != null && token.equals(comment.token))
                .findFirst();
        if (same.isPresent()
                && !same.get().content.equals(content)
                && !service.speaks(Dialect.TOKEN_WHATEVER_THE_TEXT)) {
            throw AwsError.badRequest(
                    "IdempotencyParameterMismatchException",
                    "The client request token is not valid: its parameters are not those of the earlier request");
        }
        return same;
    }

    private static String commit(Repository repository, String id) throws AwsError, IOException {
        if (id == null) {
            throw AwsError.badRequest("CommitIdRequiredException", "A commit ID is required");
        }
        if (!id.matches("[0-9a-f]{40}")) {
            throw AwsError.badRequest("InvalidCommitIdException", "The commit ID " + id + " is not valid");
        }
        if (Content.git(repository, "cat-file", "-e", id + "^{commit}").isEmpty()) {
            throw AwsError.badRequest("CommitDoesNotExistException", "The commit " + id + " does not exist");
        }
        return id;
    }

    private static String content(Input input) throws AwsError {
        String content = input.text("content");
        if (content == null || content.isBlank()) {
            throw AwsError.badRequest("CommentContentRequiredException", "The comment is empty");
        }
        if (content.length() > LONGEST) {
            throw AwsError.badRequest("CommentContentSizeLimitExceededException", "The comment is too large");
        }
        return content;
    }

    ObjectNode update(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        String id = input.text("commentId", "");
        String content = content(input);
        for (PullRequest request : service.pullRequests().all()) {
            synchronized (request) {
                for (Comment comment : request.comments) {
                    if (comment.id.equals(id)) {
                        return object().set("comment", shown(update(service, comment, content, caller)));
                    }
                }
            }
        }
        throw AwsError.badRequest("CommentDoesNotExistException", "The comment does not exist");
    }

    private static Comment update(CodeCommit service, Comment comment, String content, Caller caller) throws AwsError {
        if (comment.deleted) {
            throw AwsError.badRequest("CommentDeletedException", "The comment has been deleted");
        }
        if (!comment.author.equals(caller.arn())) {
            throw AwsError.badRequest("CommentNotCreatedByCallerException", "The comment was created by another user");
        }
        comment.content = content;
        comment.modified = service.now();
        return comment;
    }

    ObjectNode delete(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        for (PullRequest request : service.pullRequests().all()) {
            synchronized (request) {
                for (Comment comment : request.comments) {
                    if (comment.id.equals(input.text("commentId", ""))) {
                        comment.deleted = true;
                        return object().set("comment", shown(comment));
                    }
                }
            }
        }
        throw AwsError.badRequest("CommentDoesNotExistException", "The comment does not exist");
    }

    private static ObjectNode shown(Comment comment) {
        ObjectNode shown = object().put("commentId", comment.id)
                .put("creationDate", Timestamps.epochSeconds(comment.created))
                .put("lastModifiedDate", Timestamps.epochSeconds(comment.modified))
                .put("authorArn", comment.author)
                .put("deleted", comment.deleted);
        if (!comment.deleted) {
            shown.put("content", comment.content);
        }
        if (comment.token != null) {
            shown.put("clientRequestToken", comment.token);
        }
        return shown;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
