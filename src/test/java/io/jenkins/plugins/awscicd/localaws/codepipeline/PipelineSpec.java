package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A pipeline that is to be created, in few words. */
public final class PipelineSpec {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private ObjectNode stage;
    private ObjectNode action;

    private PipelineSpec(String name) {
        node.put("name", name);
        node.put("roleArn", "arn:aws:iam::123456789012:role/pipeline");
        node.putObject("artifactStore").put("type", "S3").put("location", "artifacts");
        node.putArray("stages");
        node.put("executionMode", "SUPERSEDED");
        node.put("pipelineType", "V2");
    }

    /** Of the newer type (V2). */
    public static PipelineSpec named(String name) {
        return new PipelineSpec(name);
    }

    /**
     * A whole delivery: from an object in S3, by a project of CodeBuild, to an environment of Elastic Beanstalk.
     *
     * @param bucket of the source and of the artifacts
     * @param key of the source, a zip file
     * @param asks whether people are asked before it is deployed
     */
    public static PipelineSpec toEnvironment(
            String name,
            String bucket,
            String key,
            String project,
            String application,
            String environment,
            boolean asks) {
        PipelineSpec spec = named(name);
        spec.node.withObject("/artifactStore").put("location", bucket);
        spec.stage("Source")
                .action("Source", "Source", "S3")
                .set("S3Bucket", bucket)
                .set("S3ObjectKey", key)
                .out("Source")
                .stage("Build")
                .action("Build", "Build", "CodeBuild")
                .set("ProjectName", project)
                .namespace("Build")
                .in("Source")
                .out("Built")
                .stage("Deploy");
        if (asks) {
            spec.action("Approve", "Approval", "Manual")
                    .set("CustomData", "The tests have passed. Deploy it to " + environment + "?");
        }
        return spec.action("Deploy", "Deploy", "ElasticBeanstalk")
                .runOrder(2)
                .set("ApplicationName", application)
                .set("EnvironmentName", environment)
                .in("Built");
    }

    public PipelineSpec type(String type) {
        node.put("pipelineType", type);
        return this;
    }

    public PipelineSpec mode(String mode) {
        node.put("executionMode", mode);
        return this;
    }

    public PipelineSpec variable(String name, String otherwise) {
        node.withArray("variables").addObject().put("name", name).put("defaultValue", otherwise);
        return this;
    }

    /** What follows is of this stage. */
    public PipelineSpec stage(String name) {
        stage = node.withArray("stages").addObject().put("name", name);
        stage.putArray("actions");
        return this;
    }

    /** {@code ROLLBACK} or {@code RETRY}. */
    public PipelineSpec onFailure(String result) {
        ObjectNode failure = stage.putObject("onFailure").put("result", result);
        if (result.equals("RETRY")) {
            failure.putObject("retryConfiguration").put("retryMode", "FAILED_ACTIONS");
        }
        return this;
    }

    /** @param kind {@code beforeEntry} or {@code onSuccess} */
    public PipelineSpec condition(String kind, String result, String rule) {
        ObjectNode condition =
                stage.putObject(kind).putArray("conditions").addObject().put("result", result);
        condition
                .putArray("rules")
                .addObject()
                .put("name", rule)
                .putObject("ruleTypeId")
                .put("category", "Rule")
                .put("owner", "AWS")
                .put("provider", "DeploymentWindow")
                .put("version", "1");
        return this;
    }

    /** What follows is of this action. */
    public PipelineSpec action(String name, String category, String provider) {
        action = stage.withArray("actions").addObject().put("name", name);
        action.putObject("actionTypeId")
                .put("category", category)
                .put("owner", "AWS")
                .put("provider", provider)
                .put("version", "1");
        action.put("runOrder", 1);
        action.putObject("configuration");
        action.putArray("inputArtifacts");
        action.putArray("outputArtifacts");
        return this;
    }

    /** One whose worker is somebody else. */
    public PipelineSpec custom(String name, String category, String provider) {
        action(name, category, provider);
        action.withObject("/actionTypeId").put("owner", "Custom");
        return this;
    }

    /** The key with which artifacts are encrypted. */
    public PipelineSpec encryptedBy(String key) {
        node.withObject("/artifactStore/encryptionKey").put("id", key).put("type", "KMS");
        return this;
    }

    /** Where the action runs, if not where the pipeline is. */
    public PipelineSpec region(String region) {
        action.put("region", region);
        return this;
    }

    /** As whom the action runs. */
    public PipelineSpec role(String arn) {
        action.put("roleArn", arn);
        return this;
    }

    public PipelineSpec runOrder(int order) {
        action.put("runOrder", order);
        return this;
    }

    /** Of an approval: how long it may be answered. */
    public PipelineSpec timeoutMinutes(int minutes) {
        action.put("timeoutInMinutes", minutes);
        return this;
    }

    public PipelineSpec set(String key, String value) {
        action.withObject("/configuration").put(key, value);
        return this;
    }

    public PipelineSpec in(String artifact) {
        action.withArray("inputArtifacts").addObject().put("name", artifact);
        return this;
    }

    public PipelineSpec out(String artifact) {
        action.withArray("outputArtifacts").addObject().put("name", artifact);
        return this;
    }

    public PipelineSpec namespace(String name) {
        action.put("namespace", name);
        return this;
    }

    /** A branch of a repository behind a connection, of which commits are put into local AWS. */
    public PipelineSpec source(String repository) {
        return stage("Source")
                .action("Source", "Source", "CodeStarSourceConnection")
                .set("ConnectionArn", "arn:aws:codestar-connections:eu-west-1:123456789012:connection/1")
                .set("FullRepositoryId", repository)
                .set("BranchName", "main")
                .out("Source");
    }

    /** A stage with one action that only takes its time. */
    public PipelineSpec simulated(String stageName, String actionName) {
        return stage(stageName).action(actionName, "Invoke", "Lambda");
    }

    String name() {
        return node.path("name").asText();
    }

    ObjectNode node() {
        return node.deepCopy();
    }
}
