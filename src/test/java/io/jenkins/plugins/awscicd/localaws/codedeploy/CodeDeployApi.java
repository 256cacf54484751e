package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.function.Function;

/** CodeDeploy on the wire (AWS CodeDeploy API reference). */
public final class CodeDeployApi {

    /** An operation on the CodeDeploy of the caller's place, whose timeline it holds. */
    @FunctionalInterface
    interface Operation {
        ObjectNode carryOut(CodeDeploy codeDeploy, Input input) throws AwsError;
    }

    private final Function<Place, CodeDeploy> places;
    private final JsonApi api = new JsonApi("CodeDeploy", "codedeploy", "CodeDeploy_20141006");

    private CodeDeployApi(Function<Place, CodeDeploy> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, CodeDeploy> places) {
        CodeDeployApi api = new CodeDeployApi(places);
        ApplicationOperations.addTo(api);
        GroupOperations.addTo(api);
        DeploymentOperations.addTo(api);
        TargetOperations.addTo(api);
        return api.api;
    }

    CodeDeployApi operation(String name, Operation body) {
        api.operation(name, guarded(body));
        return this;
    }

    /** How an operation answers while what it asks for is not visible yet. */
    CodeDeployApi unseen(String name, Operation body) {
        api.unseen(name, guarded(body));
        return this;
    }

    private JsonApi.Operation guarded(Operation body) {
        return (input, caller) -> {
            CodeDeploy codeDeploy = places.apply(caller.place());
            synchronized (codeDeploy.timeline()) {
                return body.carryOut(codeDeploy, input);
            }
        };
    }
}
