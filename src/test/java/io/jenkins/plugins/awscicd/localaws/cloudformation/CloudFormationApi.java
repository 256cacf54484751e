package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryApi;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.function.Function;

/** CloudFormation on the wire (AWS CloudFormation API reference). */
public final class CloudFormationApi {

    private static final String VERSION = "2010-05-15";

    /** An operation on the CloudFormation of the caller's place, whose timeline it holds; so does what it answers. */
    @FunctionalInterface
    interface Operation {
        Xml.Content carryOut(CloudFormation cloudFormation, QueryInput input) throws AwsError;
    }

    private final Function<Place, CloudFormation> places;
    private final QueryApi api = new QueryApi(
                    "CloudFormation",
                    "cloudformation",
                    VERSION,
                    "http://cloudformation.amazonaws.com/doc/" + VERSION + "/")
            .resources("ChangeSetName", "StackName", "StackSetName", "OperationId", "StackDriftDetectionId")
            .unseen((operation, caller, resource) ->
                    operation.contains("ChangeSet") ? Refusal.noChangeSet(resource) : Refusal.noStackWithId(resource));

    private CloudFormationApi(Function<Place, CloudFormation> places) {
        this.places = places;
    }

    public static QueryApi of(Function<Place, CloudFormation> places) {
        CloudFormationApi api = new CloudFormationApi(places);
        StackOperations.addTo(api);
        RollbackOperations.addTo(api);
        StackDescriptions.addTo(api);
        ResourceDescriptions.addTo(api);
        EventOperations.addTo(api);
        ChangeSetOperations.addTo(api);
        TemplateOperations.addTo(api);
        ExportOperations.addTo(api);
        DriftOperations.addTo(api);
        StackSetOperations.addTo(api);
        StackSetDescriptions.addTo(api);
        return api.api;
    }

    CloudFormationApi operation(String name, Operation body) {
        api.operation(name, (input, caller) -> {
            CloudFormation cloudFormation = places.apply(caller.place());
            synchronized (cloudFormation.timeline()) {
                Xml.Content content = body.carryOut(cloudFormation, input);
                return content == null ? null : guarded(cloudFormation, content);
            }
        });
        return this;
    }

    private static Xml.Content guarded(CloudFormation cloudFormation, Xml.Content content) {
        return xml -> {
            synchronized (cloudFormation.timeline()) {
                content.writeTo(xml);
            }
        };
    }
}
