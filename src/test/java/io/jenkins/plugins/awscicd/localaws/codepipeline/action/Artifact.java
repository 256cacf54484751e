package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

/** An artifact that an action has made, in the pipeline's artifact store. */
public record Artifact(String name, String bucket, String key) {

    /** Its bucket and key. */
    public String object() {
        return bucket + "/" + key;
    }
}
