package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pull requests on the wire, and their approvals (CodeCommit API reference). */
final class PullRequestOperations {

    private static final String HEADS = "refs/heads/";

    private final Function<Place, CodeCommit> places;

    PullRequestOperations(Function<Place, CodeCommit> places) {
        this.places = places;
    }

    ObjectNode create(Input input, Caller caller) throws AwsError, IOException {
        CodeCommit service = places.apply(caller.place());
        JsonNode target = input.node().path("targets").path(0);
        if (!(target instanceof ObjectNode one)) {
            throw AwsError.badRequest("TargetsRequiredException", "Targets are required");
        }
        Input asked = new Input(one);
        Repository repository = CodeCommitApi.repository(service, asked);
        String source = branch(asked.text("sourceReference"));
        String destination = branch(asked.text(
                "destinationReference", service.defaultBranch(repository).orElse("main")));
        for (String each : List.of(source, destination)) {
            if (service.tip(repository, each).isEmpty()) {
                throw AwsError.badRequest("ReferenceDoesNotExistException", "Reference " + each + " does not exist");
            }
        }
        if (source.equals(destination)) {
            throw AwsError.badRequest(
                    "SourceAndDestinationAreSameException", "The source and the destination are the same");
        }
        PullRequest made =
                service.pullRequests().create(repository, input.text("title", ""), caller.arn(), source, destination);
        return object().set("pullRequest", shown(made));
    }

    private static String branch(String reference) throws AwsError {
        if (reference == null) {
            throw AwsError.badRequest("ReferenceNameRequiredException", "A reference is required");
        }
        return reference.startsWith(HEADS) ? reference.substring(HEADS.length()) : reference;
    }

    ObjectNode get(Input input, Caller caller) throws AwsError, IOException {
        return object().set("pullRequest", shown(find(places.apply(caller.place()), input)));
    }

    ObjectNode list(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        Repository repository = CodeCommitApi.repository(service, input);
        String status = input.text("pullRequestStatus");
        List<String> ids = service.pullRequests().of(repository).stream()
                .filter(it -> status == null || status.equals(it.closed ? "CLOSED" : "OPEN"))
                .map(it -> it.id)
                .toList();
        return service.page(input, "pullRequestIds", ids, input.integer("maxResults", 100));
    }

    ObjectNode status(Input input, Caller caller) throws AwsError, IOException {
        CodeCommit service = places.apply(caller.place());
        PullRequest request = find(service, input);
        synchronized (request) {
            if (request.closed) {
                throw AwsError.badRequest(
                        "InvalidPullRequestStatusUpdateException", "A closed pull request cannot be opened again");
            }
            request.closed = "CLOSED".equals(input.text("pullRequestStatus"));
        }
        if (request.closed) {
            service.pullRequests().tell(request, "pullRequestStatusChanged");
        }
        return object().set("pullRequest", shown(request));
    }

    ObjectNode approve(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        PullRequest request = find(service, input);
        String state = input.text("approvalState");
        String revision = input.text("revisionId");
        if (revision == null) {
            throw AwsError.badRequest("RevisionIdRequiredException", "A revision ID is required");
        }
        if (!"APPROVE".equals(state) && !"REVOKE".equals(state)) {
            throw AwsError.badRequest("InvalidApprovalStateException", "The approval state is not valid");
        }
        synchronized (request) {
            if (request.closed) {
                throw AwsError.badRequest("PullRequestAlreadyClosedException", "The pull request is already closed");
            }
            if (!revision.equals(request.revision)) {
                throw AwsError.badRequest(
                        "RevisionNotCurrentException", "The revision ID is not that of the current revision");
            }
            if ("APPROVE".equals(state) && request.author.equals(caller.arn())) {
                throw AwsError.badRequest(
                        "PullRequestCannotBeApprovedByAuthorException",
                        "The approval cannot be applied because the user created the pull request");
            }
            Map<String, String> approvals = request.approvals.computeIfAbsent(revision, it -> new LinkedHashMap<>());
            if ("REVOKE".equals(state)
                    && !approvals.containsKey(caller.arn())
                    && service.speaks(Dialect.REVOKES_APPROVALS_ALONE)) {
                throw AwsError.badRequest("InvalidApprovalStateException", "There is no approval to revoke");
            }
            approvals.put(caller.arn(), state);
        }
        return null;
    }

    ObjectNode approvals(Input input, Caller caller) throws AwsError {
        PullRequest request = find(places.apply(caller.place()), input);
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        synchronized (request) {
            request.approvals
                    .getOrDefault(input.text("revisionId", ""), Map.of())
                    .forEach(
                            (arn, state) -> all.add(object().put("userArn", arn).put("approvalState", state)));
        }
        return object().set("approvals", all);
    }

    static PullRequest find(CodeCommit service, Input input) throws AwsError {
        String id = input.text("pullRequestId");
        if (id == null) {
            throw AwsError.badRequest("PullRequestIdRequiredException", "A pull request ID is required");
        }
        if (!id.matches("\\d{1,9}")) {
            throw AwsError.badRequest("InvalidPullRequestIdException", "The pull request ID " + id + " is not valid");
        }
        return service.pullRequests()
                .find(id)
                .orElseThrow(() -> AwsError.badRequest(
                        "PullRequestDoesNotExistException", "The pull request " + id + " does not exist"));
    }

    private static ObjectNode shown(PullRequest request) throws IOException {
        synchronized (request) {
            ObjectNode target = object().put("repositoryName", request.repository.name())
                    .put("sourceReference", request.source)
                    .put("destinationReference", request.destination)
                    .put("sourceCommit", request.sourceCommit)
                    .put("destinationCommit", request.destinationCommit);
            Content.git(request.repository, "merge-base", request.sourceCommit, request.destinationCommit)
                    .ifPresent(base -> target.put("mergeBase", base.strip()));
            target.set("mergeMetadata", object().put("isMerged", request.merged));
            ObjectNode shown = object().put("pullRequestId", request.id)
                    .put("title", request.title)
                    .put("authorArn", request.author)
                    .put("pullRequestStatus", request.closed ? "CLOSED" : "OPEN")
                    .put("creationDate", Timestamps.epochSeconds(request.created))
                    .put("lastActivityDate", Timestamps.epochSeconds(request.active))
                    .put("revisionId", request.revision);
            shown.set("pullRequestTargets", JsonNodeFactory.instance.arrayNode().add(target));
            shown.set("approvalRules", JsonNodeFactory.instance.arrayNode());
            return shown;
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
