package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** CodeCommit on the wire: repositories and branches (CodeCommit API reference). What is in them, git itself serves. */
public final class CodeCommitApi {

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,100}");

    private final Function<Place, CodeCommit> places;

    private CodeCommitApi(Function<Place, CodeCommit> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, CodeCommit> places) {
        CodeCommitApi api = new CodeCommitApi(places);
        return new JsonApi("CodeCommit", "codecommit", "CodeCommit_20150413")
                .operation("CreateRepository", api::create)
                .operation("DeleteRepository", api::delete)
                .operation("GetRepository", api::get)
                .operation("ListRepositories", api::list)
                .operation("ListBranches", api::branches)
                .operation("GetBranch", api::branch);
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

    private ObjectNode list(Input input, Caller caller) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Repository repository : places.apply(caller.place()).all()) {
            all.add(object().put("repositoryName", repository.name()).put("repositoryId", repository.id()));
        }
        return object().set("repositories", all);
    }

    private ObjectNode branches(Input input, Caller caller) throws AwsError {
        CodeCommit service = places.apply(caller.place());
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        service.branches(repository(service, input)).forEach(all::add);
        return object().set("branches", all);
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

    private static Repository repository(CodeCommit service, Input input) throws AwsError {
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
