package io.jenkins.plugins.awscicd.localaws.codebuild;

/** The phases of a build in their order ("BuildPhase" in the CodeBuild API reference). */
public enum PhaseType {
    SUBMITTED,
    QUEUED,
    PROVISIONING,
    DOWNLOAD_SOURCE,
    INSTALL,
    PRE_BUILD,
    BUILD,
    POST_BUILD,
    UPLOAD_ARTIFACTS,
    FINALIZING,
    COMPLETED
}
