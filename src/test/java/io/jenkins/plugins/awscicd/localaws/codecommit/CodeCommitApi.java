package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** CodeCommit on the wire (CodeCommit API reference). What is in the repositories, git itself serves, too. */
public final class CodeCommitApi {

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,100}");

    private final Function<Place, CodeCommit> places;

    private CodeCommitApi(Function<Place, CodeCommit> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, CodeCommit> places) {
        CodeCommitApi api = new CodeCommitApi(places);
        Content content = new Content(places);
        PullRequestOperations pullRequests = new PullRequestOperations(places);
        CommentOperations comments = new CommentOperations(places);
        return new JsonApi("CodeCommit", "codecommit", "CodeCommit_20150413")
                .operation("CreateRepository", api::create)
                .operation("DeleteRepository", api::delete)
                .operation("GetRepository", api::get)
                .operation("ListRepositories", api::list)
                .operation("ListBranches", api::branches)
                .operation("GetBranch", api::branch)
                .operation("ListTagsForResource", api::tags)
                .operation("GetCommit", content::commit)
                .operation("GetFile", content::file)
                .operation("GetFolder", content::folder)
                .operation("GetMergeOptions", content::mergeOptions)
                .operation("CreatePullRequest", pullRequests::create)
                .operation("GetPullRequest", pullRequests::get)
                .operation("ListPullRequests", pullRequests::list)
                .operation("UpdatePullRequestStatus", pullRequests::status)
                .operation("UpdatePullRequestApprovalState", pullRequests::approve)
                .operation("GetPullRequestApprovalStates", pullRequests::approvals)
                .operation("PostCommentForPullRequest", comments::post)
                .operation("UpdateComment", comments::update)
                .operation("DeleteCommentContent", comments::delete);
    }

    private ObjectNode create(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        String name = name(input);
        if (service.find(name).isPresent()) {
            throw AwsError.badRequest("RepositoryNameExistsException", "Repository named " + name + " already exists");
        }
        return object().set(
                        "repositoryMetadata",
                        metadata(service, service.create(name, input.text("repositoryDescription"))));
    }

    private ObjectNode delete(Input input, Caller caller) throws AwsError {
        Optional<Repository> gone = places.apply(caller.place()).delete(name(input));
        ObjectNode answer = object();
        gone.ifPresent(repository -> answer.put("repositoryId", repository.id()));
        return answer;
    }

    private ObjectNode get(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        return object().set("repositoryMetadata", metadata(service, repository(service, input)));
    }

    private ObjectNode list(Input input, Caller caller) throws AwsError {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        CodeCommit service = places.apply(caller.place());
        List<Repository> repositories = service.all();
        int from = Integer.parseInt(input.text("nextToken", "0"));
        int end = Math.min(repositories.size(), from + service.pageSize());
        for (Repository repository : repositories.subList(Math.min(from, end), end)) {
            all.add(object().put("repositoryName", repository.name()).put("repositoryId", repository.id()));
        }
        ObjectNode answer = object();
        answer.set("repositories", all);
        return end < repositories.size() ? answer.put("nextToken", String.valueOf(end)) : answer;
    }

    private ObjectNode branches(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        return service.page(input, "branches", service.branches(repository(service, input)), Integer.MAX_VALUE);
    }

    private ObjectNode branch(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        Repository repository = repository(service, input);
        String name = input.text("branchName");
        if (name == null) {
            throw AwsError.badRequest("BranchNameRequiredException", "A branch name is required");
        }
        String tip = service.tip(repository, name)
                .orElseThrow(
                        () -> AwsError.badRequest("BranchDoesNotExistException", "Branch " + name + " does not exist"));
        return object().set("branch", object().put("branchName", name).put("commitId", tip));
    }

    private ObjectNode tags(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        String arn = input.text("resourceArn", "");
        if (service.all().stream().noneMatch(repository -> repository.arn().equals(arn))) {
            throw AwsError.badRequest("RepositoryDoesNotExistException", "There is no repository " + arn);
        }
        ObjectNode answer = object();
        ObjectNode tags = answer.putObject("tags");
        service.tags(arn).forEach(tags::put);
        return answer;
    }

    static Repository repository(CodeCommit service, Input input) throws AwsError {
        String name = name(input);
        return service.find(name)
                .orElseThrow(() -> AwsError.badRequest("RepositoryDoesNotExistException", name + " does not exist"));
    }

    private static String name(Input input) throws AwsError {
        String name = input.text("repositoryName");
        if (name == null) {
            throw AwsError.badRequest("RepositoryNameRequiredException", "A repository name is required");
        }
        if (!NAME.matcher(name).matches() || name.endsWith(".git")) {
            throw AwsError.badRequest("InvalidRepositoryNameException", name + " is not a valid repository name");
        }
        return name;
    }

    private static ObjectNode metadata(CodeCommit service, Repository repository) {
        double created = repository.created().toEpochMilli() / 1000.0;
        ObjectNode metadata = object().put("accountId", service.place().account())
                .put("repositoryId", repository.id())
                .put("repositoryName", repository.name())
                .put("Arn", repository.arn())
                .put("cloneUrlHttp", service.url(repository))
                .put("creationDate", created)
                .put("lastModifiedDate", created);
        if (repository.description() != null) {
            metadata.put("repositoryDescription", repository.description());
        }
        service.defaultBranch(repository).ifPresent(branch -> metadata.put("defaultBranch", branch));
        return metadata;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
