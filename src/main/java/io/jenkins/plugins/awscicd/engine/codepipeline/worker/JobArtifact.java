package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;

/** An input artifact of a job, or where an output artifact is to be put. */
public record JobArtifact(
        @NonNull String name,
        @NonNull String bucket,
        @NonNull String key) {}
