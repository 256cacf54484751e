package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Operations on applications and their revisions. */
final class ApplicationOperations {

    private ApplicationOperations() {}

    static void addTo(CodeDeployApi api) {
        api.operation("CreateApplication", ApplicationOperations::create)
                .operation(
                        "GetApplication",
                        (codeDeploy, input) -> object().set(
                                        "application", of(codeDeploy, input).toJson()))
                .operation(
                        "ListApplications",
                        (codeDeploy, input) ->
                                Pages.page(input, codeDeploy.applications().names(), "applications"))
                .operation("DeleteApplication", ApplicationOperations::delete)
                .operation("RegisterApplicationRevision", ApplicationOperations::register)
                .operation("GetApplicationRevision", ApplicationOperations::revision)
                .operation("ListApplicationRevisions", ApplicationOperations::revisions);
    }

    private static Application of(CodeDeploy codeDeploy, Input input) throws AwsError {
        return codeDeploy.applications().get(Refusal.applicationName(input));
    }

    private static ObjectNode create(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = codeDeploy
                .applications()
                .create(
                        Refusal.applicationName(input),
                        input.text("computePlatform", "Server"),
                        codeDeploy.timeline().now());
        return object().put("applicationId", application.id());
    }

    private static ObjectNode delete(CodeDeploy codeDeploy, Input input) throws AwsError {
        codeDeploy.applications().delete(Refusal.applicationName(input));
        return null;
    }

    private static ObjectNode register(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = of(codeDeploy, input);
        String description = input.text("description");
        if (description != null) {
            CreateDeployment.checkDescription(description);
        }
        ObjectNode location = RevisionLocation.of(input, application.platform());
        application
                .revisions()
                .register(location, description, codeDeploy.timeline().now());
        return null;
    }

    private static ObjectNode revision(CodeDeploy codeDeploy, Input input) throws AwsError {
        Application application = of(codeDeploy, input);
        ObjectNode location = RevisionLocation.of(input, application.platform());
        Revisions.Revision revision = application.revisions().find(location).orElseThrow(Revisions::doesNotExist);
        ObjectNode output = object().put("applicationName", application.name());
        output.set("revision", revision.location().deepCopy());
        output.set("revisionInfo", revision.info());
        return output;
    }

    private static ObjectNode revisions(CodeDeploy codeDeploy, Input input) throws AwsError {
        String bucket = input.text("s3Bucket");
        String prefix = input.text("s3KeyPrefix", "");
        if (bucket == null && !prefix.isEmpty()) {
            throw AwsError.badRequest(
                    "BucketNameFilterRequiredException", "A bucket name is required, but was not provided.");
        }
        String deployed = input.text("deployed", "ignore");
        List<Revisions.Revision> found = new ArrayList<>();
        for (Revisions.Revision one : of(codeDeploy, input).revisions().all()) {
            boolean asked =
                    switch (deployed) {
                        case "include" -> one.deployed();
                        case "exclude" -> !one.deployed();
                        default -> true;
                    };
            boolean there = bucket == null
                    || one.location().at("/s3Location/bucket").asText().equals(bucket)
                            && one.location().at("/s3Location/key").asText().startsWith(prefix);
            if (asked && there) {
                found.add(one);
            }
        }
        String sortBy = input.text("sortBy", "registerTime");
        found.sort(Comparator.comparing(one -> one.time(sortBy)));
        if ("descending".equals(input.text("sortOrder"))) {
            Collections.reverse(found);
        }
        // Pages are cut by text, which names a location as well as any id.
        ObjectNode page = Pages.page(
                input, found.stream().map(one -> one.location().toString()).toList(), "revisions");
        ArrayNode locations = object().arrayNode();
        page.get("revisions")
                .forEach(text -> found.stream()
                        .map(Revisions.Revision::location)
                        .filter(location -> location.toString().equals(text.asText()))
                        .forEach(location -> locations.add(location.deepCopy())));
        page.set("revisions", locations);
        return page;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
