package io.jenkins.plugins.awscicd.localaws.codebuild;

/** How a build, or a phase of it, stands ("Build" and "BuildPhase" in the CodeBuild API reference). */
public enum Status {
    IN_PROGRESS,
    SUCCEEDED,
    FAILED,
    FAULT,
    TIMED_OUT,
    STOPPED
}
