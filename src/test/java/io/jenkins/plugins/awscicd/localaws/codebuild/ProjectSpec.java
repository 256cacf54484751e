package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A project to create in a test, with the defaults of a small Linux build. It is the request of CreateProject, and {@link #node} lets
 * a test set what has no method here.
 */
public final class ProjectSpec {

    /** The image of builds that run no commands but behave as their environment variables say: see {@link SimulatedWork}. */
    public static final String SIMULATED_IMAGE = "local/simulated";

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private ProjectSpec(String name) {
        node.put("name", name);
        node.putObject("source").put("type", "NO_SOURCE");
        node.putObject("artifacts").put("type", "NO_ARTIFACTS");
        node.putObject("environment")
                .put("type", "LINUX_CONTAINER")
                .put("image", "aws/codebuild/standard:7.0")
                .put("computeType", "BUILD_GENERAL1_SMALL");
        node.put("serviceRole", "arn:aws:iam::123456789012:role/codebuild");
    }

    /** A project without source or artifacts, whose builds run in a shell on this machine. */
    public static ProjectSpec named(String name) {
        return new ProjectSpec(name);
    }

    /** A project whose builds only pretend: one does 60 s of nothing unless its environment variables say otherwise. */
    public static ProjectSpec simulated(String name) {
        return new ProjectSpec(name).image(SIMULATED_IMAGE).buildspec("version: 0.2");
    }

    /** @param location for S3 {@code bucket/key}, for git the URL */
    public ProjectSpec source(String type, String location) {
        source().put("type", type).put("location", location);
        return this;
    }

    /** Inline YAML, the path of a file in the source, or an S3 ARN. */
    public ProjectSpec buildspec(String buildspec) {
        source().put("buildspec", buildspec);
        return this;
    }

    /** Artifacts as a ZIP in a bucket. */
    public ProjectSpec artifacts(String bucket, String name) {
        node.putObject("artifacts")
                .put("type", "S3")
                .put("location", bucket)
                .put("name", name)
                .put("packaging", "ZIP");
        return this;
    }

    public ProjectSpec image(String image) {
        environment().put("image", image);
        return this;
    }

    public ProjectSpec variable(String name, Object value) {
        environment()
                .withArray("environmentVariables")
                .addObject()
                .put("name", name)
                .put("value", String.valueOf(value))
                .put("type", "PLAINTEXT");
        return this;
    }

    public ProjectSpec timeoutInMinutes(int minutes) {
        node.put("timeoutInMinutes", minutes);
        return this;
    }

    public ProjectSpec queuedTimeoutInMinutes(int minutes) {
        node.put("queuedTimeoutInMinutes", minutes);
        return this;
    }

    /** Builds of this project that may be in progress at once. */
    public ProjectSpec concurrentBuildLimit(int builds) {
        node.put("concurrentBuildLimit", builds);
        return this;
    }

    public ProjectSpec autoRetryLimit(int retries) {
        node.put("autoRetryLimit", retries);
        return this;
    }

    /** A project whose builds may run in batches. */
    public ProjectSpec batches() {
        node.putObject("buildBatchConfig").put("serviceRole", "arn:aws:iam::123456789012:role/codebuild-batch");
        return this;
    }

    /** The members of the CreateProject request. */
    public ObjectNode node() {
        return node;
    }

    private ObjectNode source() {
        return (ObjectNode) node.get("source");
    }

    private ObjectNode environment() {
        return (ObjectNode) node.get("environment");
    }
}
