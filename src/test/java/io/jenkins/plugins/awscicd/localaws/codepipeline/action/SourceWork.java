package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** S3, CodeCommit, or a connection to where the source is (CodeStarSourceConnection). */
public record SourceWork(
        ActionRun action, S3 s3, BiFunction<String, String, Optional<Commit>> commits, Supplier<Instant> now)
        implements ActionWork {

    @Override
    public State begin() {
        return action.provider().equals("S3") ? fromBucket() : fromBranch();
    }

    @Override
    public State look() {
        return State.SUCCEEDED;
    }

    private String override(String type) {
        JsonNode given = action.execution.overrides.get(action.name());
        return given != null && given.path("revisionType").asText().equals(type)
                ? given.path("revisionValue").asText()
                : null;
    }

    private State fromBucket() {
        String bucket = action.configured("S3Bucket");
        String otherKey = override("S3_OBJECT_KEY");
        String key = otherKey == null ? action.configured("S3ObjectKey") : otherKey;
        String version = override("S3_OBJECT_VERSION_ID");
        Optional<S3Object> found = version == null ? s3.object(bucket, key) : s3.object(bucket, key, version);
        if (found.isEmpty()) {
            return fails("The object with key '" + key + "' does not exist in bucket " + bucket);
        }
        String revision = version == null ? found.get().versionId() : version;
        put(s3.bytes(bucket, key));
        action.outputVariables.put("BucketName", bucket);
        action.outputVariables.put("ObjectKey", key);
        action.outputVariables.put("VersionId", String.valueOf(revision));
        revision(String.valueOf(revision), "Amazon S3 version id: " + revision, null);
        return State.SUCCEEDED;
    }

    private State fromBranch() {
        boolean codeCommit = action.provider().equals("CodeCommit");
        String repository = action.configured(codeCommit ? "RepositoryName" : "FullRepositoryId");
        String branch = action.configured("BranchName");
        String wanted = override("COMMIT_ID");
        Optional<Commit> found = commits.apply(repository, wanted == null ? branch : wanted);
        if (found.isEmpty()) {
            return fails("No branch [" + branch + "] found for repository [" + repository + "]");
        }
        Commit commit = found.get();
        put(commit.zip());
        action.outputVariables.put("BranchName", branch);
        action.outputVariables.put("CommitId", commit.id());
        action.outputVariables.put("CommitMessage", commit.message());
        action.outputVariables.put(codeCommit ? "RepositoryName" : "FullRepositoryName", repository);
        String summary = codeCommit
                ? commit.message()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("ProviderType", "GitHub")
                        .put("CommitMessage", commit.message())
                        .toString();
        revision(commit.id(), summary, "https://example.com/" + repository + "/commit/" + commit.id());
        return State.SUCCEEDED;
    }

    private void put(byte[] content) {
        action.outputs.forEach(output -> s3.put(output.bucket(), output.key(), content));
    }

    private void revision(String id, String summary, String url) {
        action.externalId = id;
        action.externalUrl = url;
        action.execution.revisions.removeIf(one -> one.action().equals(action.name()));
        String artifact = action.outputs.isEmpty() ? "" : action.outputs.get(0).name();
        action.execution.revisions.add(new Revision(action.name(), artifact, id, summary, url, now.get()));
    }

    private State fails(String message) {
        action.errorCode = "ConfigurationError";
        action.errorMessage = message;
        return State.FAILED;
    }
}
