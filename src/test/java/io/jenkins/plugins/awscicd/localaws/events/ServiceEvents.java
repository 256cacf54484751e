package io.jenkins.plugins.awscicd.localaws.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import java.util.List;
import java.util.Map;

/** The events of services in the shapes of their documentation, as far as somebody reads them. */
public final class ServiceEvents {

    private static final Map<String, String> DEPLOYMENT_STATES = Map.of(
            "Created", "START", "Succeeded", "SUCCESS", "Failed", "FAILURE", "Stopped", "STOP", "Ready", "READY");
    private static final Map<String, String> EXECUTION_STATES = Map.of(
            "InProgress", "STARTED",
            "Succeeded", "SUCCEEDED",
            "Failed", "FAILED",
            "Cancelled", "CANCELED",
            "Superseded", "SUPERSEDED",
            "Stopping", "STOPPING",
            "Stopped", "STOPPED");

    private static final Map<String, String> ACTION_STATES =
            Map.of("InProgress", "STARTED", "Succeeded", "SUCCEEDED", "Failed", "FAILED", "Abandoned", "CANCELED");

    private final EventBridge bus;

    public ServiceEvents(EventBridge bus) {
        this.bus = bus;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * "CodeBuild Build State Change" of CodeBuild's sample events.
     *
     * @param build as the API describes it
     */
    public void build(String arn, ObjectNode build) {
        ObjectNode detail = object().put(
                        "build-status", build.path("buildStatus").asText())
                .put("project-name", build.path("projectName").asText())
                .put("build-id", arn);
        ObjectNode more = detail.putObject("additional-information");
        more.set("environment", build.path("environment"));
        more.set("source", build.path("source"));
        more.put("build-complete", build.path("buildComplete").asBoolean());
        more.put("initiator", build.path("initiator").asText());
        detail.put("current-phase", build.path("currentPhase").asText()).put("version", "1");
        bus.emit("aws.codebuild", "CodeBuild Build State Change", List.of(arn), detail);
    }

    /** "CodeDeploy Deployment State-change Notification"; of a state that has none, nothing is sent. */
    public void deployment(
            String region, String application, String group, String id, String status, List<String> resources) {
        String state = DEPLOYMENT_STATES.get(status);
        if (state != null) {
            bus.emit(
                    "aws.codedeploy",
                    "CodeDeploy Deployment State-change Notification",
                    resources,
                    object().put("region", region)
                            .put("deploymentId", id)
                            .put("state", state)
                            .put("application", application)
                            .put("deploymentGroup", group));
        }
    }

    /** "CloudFormation Stack Status Change". */
    public void stack(String id, String status, String reason, String token) {
        ObjectNode detail = object().put("stack-id", id);
        detail.putObject("status-details").put("status", status).put("status-reason", reason == null ? "" : reason);
        if (token != null) {
            detail.put("client-request-token", token);
        }
        bus.emit("aws.cloudformation", "CloudFormation Stack Status Change", List.of(id), detail);
    }

    /** "CodePipeline Pipeline Execution State Change". */
    public void execution(String arn, String pipeline, String id, String status) {
        bus.emit(
                "aws.codepipeline",
                "CodePipeline Pipeline Execution State Change",
                List.of(arn),
                object().put("pipeline", pipeline)
                        .put("execution-id", id)
                        .put("state", EXECUTION_STATES.getOrDefault(status, status.toUpperCase(java.util.Locale.ROOT)))
                        .put("version", "1"));
    }

    /** "CodePipeline Action Execution State Change". */
    public void action(String arn, String pipeline, ActionRun action) {
        bus.emit(
                "aws.codepipeline",
                "CodePipeline Action Execution State Change",
                List.of(arn),
                object().put("pipeline", pipeline)
                        .put("execution-id", action.execution.id())
                        .put("stage", action.stage)
                        .put("action-execution-id", action.id)
                        .put("action", action.name())
                        .put("state", ACTION_STATES.get(action.status))
                        .put("region", arn.split(":")[3])
                        .put("version", "1")
                        .set("type", action.declaration.path("actionTypeId")));
    }

    /** "Elastic Beanstalk resource status change". Its Status is one of many sentences of AWS's, of which here is one for each severity. */
    public void environment(String arn, String application, String name, String severity, String message) {
        bus.emit(
                "aws.elasticbeanstalk",
                "Elastic Beanstalk resource status change",
                List.of(arn),
                object().put(
                                "Status",
                                severity.equals("ERROR")
                                        ? "Environment update failed"
                                        : "Environment update successful")
                        .put("ApplicationName", application)
                        .put("EnvironmentName", name)
                        .put("Severity", severity)
                        .put("Message", message));
    }

    /**
     * "CodeCommit Repository State Change".
     *
     * @param before null for what is new
     * @param after null for what is deleted
     */
    public void reference(
            String arn, String name, String id, String type, String reference, String before, String after, String by) {
        ObjectNode detail = object().put(
                        "event",
                        before == null ? "referenceCreated" : after == null ? "referenceDeleted" : "referenceUpdated")
                .put("repositoryName", name)
                .put("repositoryId", id)
                .put("referenceType", type)
                .put("referenceName", reference)
                .put("referenceFullName", (type.equals("tag") ? "refs/tags/" : "refs/heads/") + reference)
                .put("callerUserArn", by);
        if (after != null) {
            detail.put("commitId", after);
        }
        if (before != null) {
            detail.put(after == null ? "commitId" : "oldCommitId", before);
        }
        bus.emit("aws.codecommit", "CodeCommit Repository State Change", List.of(arn), detail);
    }

    /**
     * "CodeCommit Pull Request State Change".
     *
     * @param event such as {@code pullRequestCreated}
     * @param detail what is said of the pull request; gets the event and the repository
     */
    public void pullRequest(String arn, String repository, String event, ObjectNode detail) {
        detail.put("event", event).putArray("repositoryNames").add(repository);
        bus.emit("aws.codecommit", "CodeCommit Pull Request State Change", List.of(arn), detail);
    }
}
