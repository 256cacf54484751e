package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** CodeBuild on the wire (AWS CodeBuild API reference). */
public final class CodeBuildApi {

    /** Of lists of names and ids. */
    private static final int PAGE = 100;

    private final Function<Place, CodeBuild> places;

    private CodeBuildApi(Function<Place, CodeBuild> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, CodeBuild> places) {
        CodeBuildApi api = new CodeBuildApi(places);
        JsonApi json = new JsonApi("CodeBuild", "codebuild", "CodeBuild_20161006")
                .operation("StartBuild", api::startBuild)
                .operation("StopBuild", api::stopBuild)
                .operation("RetryBuild", api::retryBuild)
                .operation("BatchGetBuilds", (input, caller) -> api.batchGetBuilds(input, caller, true))
                .unseen("BatchGetBuilds", (input, caller) -> api.batchGetBuilds(input, caller, false))
                .operation("ListBuilds", api::listBuilds)
                .operation("ListBuildsForProject", api::listBuildsForProject)
                .operation("CreateProject", api::createProject)
                .operation("UpdateProject", api::updateProject)
                .operation("DeleteProject", api::deleteProject)
                .operation("BatchGetProjects", (input, caller) -> api.batchGetProjects(input, caller, true))
                .unseen("BatchGetProjects", (input, caller) -> api.batchGetProjects(input, caller, false))
                .operation("ListProjects", api::listProjects)
                .operation(
                        "BatchGetReports",
                        (input, caller) -> api.at(caller).reports().batchGet(input))
                .operation(
                        "DescribeTestCases",
                        (input, caller) -> api.at(caller).reports().testCases(input))
                .operation(
                        "DescribeCodeCoverages",
                        (input, caller) -> api.at(caller).reports().codeCoverages(input));
        BatchApi.addTo(json, places);
        return json;
    }

    private ObjectNode startBuild(Input input, Caller caller) throws AwsError {
        return build(at(caller).start(input.node(), caller.name()));
    }

    private ObjectNode stopBuild(Input input, Caller caller) throws AwsError {
        return build(at(caller).all().stop(required(input, "id")));
    }

    private ObjectNode retryBuild(Input input, Caller caller) throws AwsError {
        return build(at(caller).retry(required(input, "id"), input.node(), caller.name()));
    }

    private ObjectNode batchGetBuilds(Input input, Caller caller, boolean visible) throws AwsError {
        List<String> ids = input.texts("ids");
        Constraints.batch("ids", ids);
        Builds builds = at(caller).all();
        return batch(
                ids,
                visible ? id -> builds.find(id).map(Build::toJson) : id -> Optional.empty(),
                "builds",
                "buildsNotFound");
    }

    private ObjectNode listBuilds(Input input, Caller caller) throws AwsError {
        return ids(input, at(caller).all().all());
    }

    private ObjectNode listBuildsForProject(Input input, Caller caller) throws AwsError {
        CodeBuild codeBuild = at(caller);
        ObjectNode project = codeBuild.projects().get(required(input, "projectName"));
        List<Build> builds = codeBuild.all().of(project.path("name").asText());
        if (input.text("sortOrder") != null && builds.size() > PAGE) {
            throw Constraints.invalid("sortOrder may not be set: the project has more than " + PAGE + " builds");
        }
        return ids(input, builds);
    }

    private static ObjectNode ids(Input input, List<Build> builds) throws AwsError {
        List<String> ids = new ArrayList<>(builds.stream().map(Build::id).toList());
        // The newest first, unless the caller wants otherwise.
        if (!"ASCENDING".equals(input.text("sortOrder"))) {
            Collections.reverse(ids);
        }
        return page(input, ids, "ids");
    }

    private ObjectNode createProject(Input input, Caller caller) throws AwsError {
        return object().set("project", at(caller).projects().create(input.node()));
    }

    private ObjectNode updateProject(Input input, Caller caller) throws AwsError {
        return object().set("project", at(caller).projects().update(input.node()));
    }

    private ObjectNode deleteProject(Input input, Caller caller) throws AwsError {
        at(caller).projects().delete(required(input, "name"));
        return object();
    }

    private ObjectNode batchGetProjects(Input input, Caller caller, boolean visible) throws AwsError {
        List<String> names = input.texts("names");
        Constraints.batch("names", names);
        Projects projects = at(caller).projects();
        return batch(names, visible ? projects::find : name -> Optional.empty(), "projects", "projectsNotFound");
    }

    private ObjectNode listProjects(Input input, Caller caller) throws AwsError {
        List<String> names = new ArrayList<>(at(caller).projects().names(input.text("sortBy", "NAME")));
        if ("DESCENDING".equals(input.text("sortOrder"))) {
            Collections.reverse(names);
        }
        return page(input, names, "projects");
    }

    private static ObjectNode batch(
            List<String> keys, Function<String, Optional<ObjectNode>> find, String foundMember, String missingMember) {
        ObjectNode output = object();
        ArrayNode found = output.putArray(foundMember);
        ArrayNode missing = output.putArray(missingMember);
        for (String key : keys) {
            find.apply(key).ifPresentOrElse(found::add, () -> missing.add(key));
        }
        return output;
    }

    static ObjectNode page(Input input, List<String> all, String member) throws AwsError {
        int from;
        try {
            from = Integer.parseUnsignedInt(input.text("nextToken", "0"));
        } catch (NumberFormatException e) {
            throw Constraints.invalid("Invalid nextToken");
        }
        int to = Math.min(all.size(), from + PAGE);
        ObjectNode output = object();
        all.subList(Math.min(from, to), to).forEach(output.putArray(member)::add);
        if (to < all.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return output;
    }

    private static ObjectNode build(Build build) {
        return object().set("build", build.toJson());
    }

    static String required(Input input, String member) throws AwsError {
        String value = input.text(member);
        if (value == null || value.isEmpty()) {
            throw Constraints.isNull(member);
        }
        return value;
    }

    private CodeBuild at(Caller caller) {
        return places.apply(caller.place());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
