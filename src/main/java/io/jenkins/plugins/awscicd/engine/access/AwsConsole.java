package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Addresses of pages in the AWS console, in whichever partition the region is. */
public final class AwsConsole {

    private AwsConsole() {}

    /** The page of a CodeBuild build. */
    @NonNull
    public static String build(
            @NonNull Region region, @NonNull String account, @NonNull String project, @NonNull String buildId) {
        return host(region) + "/codesuite/codebuild/" + account + "/projects/" + encode(project) + "/build/"
                + encode(buildId) + "/?region=" + region.id();
    }

    /** The page of a batch of CodeBuild's builds. */
    @NonNull
    public static String buildBatch(
            @NonNull Region region, @NonNull String account, @NonNull String project, @NonNull String batchId) {
        return host(region) + "/codesuite/codebuild/" + account + "/projects/" + encode(project) + "/batch/"
                + encode(batchId) + "/?region=" + region.id();
    }

    /** The page of a CodeDeploy deployment. */
    @NonNull
    public static String deployment(@NonNull Region region, @NonNull String deploymentId) {
        return host(region) + "/codesuite/codedeploy/deployments/" + encode(deploymentId) + "?region=" + region.id();
    }

    /** The page of a repository of CodeCommit. */
    @NonNull
    public static String repository(@NonNull Region region, @NonNull String repository) {
        return host(region) + "/codesuite/codecommit/repositories/" + encode(repository) + "/browse?region="
                + region.id();
    }

    /** The page of a commit in CodeCommit. */
    @NonNull
    public static String commit(@NonNull Region region, @NonNull String repository, @NonNull String commit) {
        return host(region) + "/codesuite/codecommit/repositories/" + encode(repository) + "/commit/" + encode(commit)
                + "?region=" + region.id();
    }

    /** The page of a pull request of CodeCommit. */
    @NonNull
    public static String pullRequest(@NonNull Region region, @NonNull String repository, @NonNull String id) {
        return host(region) + "/codesuite/codecommit/repositories/" + encode(repository) + "/pull-requests/"
                + encode(id) + "?region=" + region.id();
    }

    /** The page of a pipeline of CodePipeline. */
    @NonNull
    public static String pipeline(@NonNull Region region, @NonNull String pipeline) {
        return host(region) + "/codesuite/codepipeline/pipelines/" + encode(pipeline) + "/view?region=" + region.id();
    }

    /** The page of an execution of a pipeline of CodePipeline. */
    @NonNull
    public static String pipelineExecution(
            @NonNull Region region, @NonNull String pipeline, @NonNull String executionId) {
        return host(region) + "/codesuite/codepipeline/pipelines/" + encode(pipeline) + "/executions/"
                + encode(executionId) + "/timeline?region=" + region.id();
    }

    /** The page of an Elastic Beanstalk environment. */
    @NonNull
    public static String environment(@NonNull Region region, @NonNull String environmentId) {
        return host(region) + "/elasticbeanstalk/home?region=" + region.id() + "#/environment/dashboard?environmentId="
                + encode(environmentId);
    }

    /** The page of a CloudFormation stack. */
    @NonNull
    public static String stack(@NonNull Region region, @NonNull String stackId) {
        return host(region) + "/cloudformation/home?region=" + region.id() + "#/stacks/stackinfo?stackId="
                + encode(stackId);
    }

    /** The page of a stack set of CloudFormation. */
    @NonNull
    public static String stackSet(@NonNull Region region, @NonNull String name) {
        return host(region) + "/cloudformation/home?region=" + region.id() + "#/stacksets/" + encode(name) + "/info";
    }

    /** The page of a change set of a CloudFormation stack. */
    @NonNull
    public static String changeSet(@NonNull Region region, @NonNull String stackId, @NonNull String changeSetId) {
        return host(region) + "/cloudformation/home?region=" + region.id() + "#/stacks/changesets/changes?stackId="
                + encode(stackId) + "&changeSetId=" + encode(changeSetId);
    }

    /**
     * The page that lists objects in S3.
     *
     * @param folder ends with a slash; empty for all of the bucket
     */
    @NonNull
    public static String objects(@NonNull Region region, @NonNull String bucket, @NonNull String folder) {
        return host(region) + "/s3/buckets/" + encode(bucket) + "?region=" + region.id() + "&prefix=" + encode(folder);
    }

    private static String host(Region region) {
        String id = PartitionMetadata.of(region).id();
        return "https://" + region.id()
                + switch (id) {
                    case "aws-cn" -> ".console.amazonaws.cn";
                    case "aws-us-gov" -> ".console.amazonaws-us-gov.com";
                    default -> ".console.aws.amazon.com";
                };
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
