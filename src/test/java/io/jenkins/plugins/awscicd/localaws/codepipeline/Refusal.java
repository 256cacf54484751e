package io.jenkins.plugins.awscicd.localaws.codepipeline;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;

/** CodePipeline's errors. The API reference has the codes and what they mean; not all words are published. */
final class Refusal {

    private Refusal() {}

    static AwsError validation(String message) {
        return AwsError.badRequest("ValidationException", message);
    }

    static AwsError noPipeline(Place place, String name) {
        return AwsError.badRequest(
                "PipelineNotFoundException",
                "Account '" + place.account() + "' does not have a pipeline with name '" + name + "'");
    }

    static AwsError noExecution(String pipeline, String id) {
        return AwsError.badRequest(
                "PipelineExecutionNotFoundException",
                "The pipeline execution with ID '" + id + "' was not found for pipeline '" + pipeline + "'");
    }

    static AwsError noStage(String pipeline, String stage) {
        return AwsError.badRequest(
                "StageNotFoundException", "Stage '" + stage + "' was not found in pipeline '" + pipeline + "'");
    }

    static AwsError noAction(String stage, String action) {
        return AwsError.badRequest(
                "ActionNotFoundException", "Action '" + action + "' was not found in stage '" + stage + "'");
    }

    static AwsError of(String code, String message) {
        return AwsError.badRequest(code, message);
    }
}
