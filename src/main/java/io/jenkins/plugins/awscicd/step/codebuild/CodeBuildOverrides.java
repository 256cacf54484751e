package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.step.DirectoryArguments;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code codeBuild} that are a text, a number or a yes or no. None of them has a default of its own. */
public abstract class CodeBuildOverrides extends DirectoryArguments {

    /** {@code workspace} to upload and build the workspace; {@code project} or nothing for the project's own source. */
    @CheckForNull
    public String getSource() {
        return text("source");
    }

    @DataBoundSetter
    public void setSource(@CheckForNull String source) {
        set("source", source);
    }

    /** The kind of another source, such as {@code GITHUB} or {@code S3}. */
    @CheckForNull
    public String getSourceType() {
        return text("sourceType");
    }

    @DataBoundSetter
    public void setSourceType(@CheckForNull String sourceType) {
        set("sourceType", sourceType);
    }

    /** Another source: a repository's URL, or bucket and key. */
    @CheckForNull
    public String getSourceLocation() {
        return text("sourceLocation");
    }

    @DataBoundSetter
    public void setSourceLocation(@CheckForNull String sourceLocation) {
        set("sourceLocation", sourceLocation);
    }

    /** A commit, branch, tag, pull request or object version. */
    @CheckForNull
    public String getSourceVersion() {
        return text("sourceVersion");
    }

    @DataBoundSetter
    public void setSourceVersion(@CheckForNull String sourceVersion) {
        set("sourceVersion", sourceVersion);
    }

    /** How many commits are fetched; 0 for all. */
    @CheckForNull
    public Integer getGitCloneDepth() {
        return number("gitCloneDepth");
    }

    @DataBoundSetter
    public void setGitCloneDepth(@CheckForNull Integer gitCloneDepth) {
        set("gitCloneDepth", gitCloneDepth);
    }

    /** Whether submodules are fetched. */
    @CheckForNull
    public Boolean getGitSubmodules() {
        return flag("gitSubmodules");
    }

    @DataBoundSetter
    public void setGitSubmodules(@CheckForNull Boolean gitSubmodules) {
        set("gitSubmodules", gitSubmodules);
    }

    /** Whether the source's certificate is left unchecked. */
    @CheckForNull
    public Boolean getInsecureSsl() {
        return flag("insecureSsl");
    }

    @DataBoundSetter
    public void setInsecureSsl(@CheckForNull Boolean insecureSsl) {
        set("insecureSsl", insecureSsl);
    }

    /** A buildspec: YAML, a path in the source, or the ARN of an S3 object. */
    @CheckForNull
    public String getBuildspec() {
        return text("buildspec");
    }

    @DataBoundSetter
    public void setBuildspec(@CheckForNull String buildspec) {
        set("buildspec", buildspec);
    }

    /** The build image. */
    @CheckForNull
    public String getImage() {
        return text("image");
    }

    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        set("image", image);
    }

    /** The build machine's size, such as {@code BUILD_GENERAL1_SMALL}. */
    @CheckForNull
    public String getComputeType() {
        return text("computeType");
    }

    @DataBoundSetter
    public void setComputeType(@CheckForNull String computeType) {
        set("computeType", computeType);
    }

    /** The build machine's kind, such as {@code LINUX_CONTAINER}. */
    @CheckForNull
    public String getEnvironmentType() {
        return text("environmentType");
    }

    @DataBoundSetter
    public void setEnvironmentType(@CheckForNull String environmentType) {
        set("environmentType", environmentType);
    }

    /** ARN of a reserved capacity fleet. */
    @CheckForNull
    public String getFleet() {
        return text("fleet");
    }

    @DataBoundSetter
    public void setFleet(@CheckForNull String fleet) {
        set("fleet", fleet);
    }

    /** ARN of an S3 object with a certificate. */
    @CheckForNull
    public String getCertificate() {
        return text("certificate");
    }

    @DataBoundSetter
    public void setCertificate(@CheckForNull String certificate) {
        set("certificate", certificate);
    }

    /** Whether the build may run Docker. */
    @CheckForNull
    public Boolean getPrivileged() {
        return flag("privileged");
    }

    @DataBoundSetter
    public void setPrivileged(@CheckForNull Boolean privileged) {
        set("privileged", privileged);
    }

    /** Whose credentials pull the image: {@code CODEBUILD} or {@code SERVICE_ROLE}. */
    @CheckForNull
    public String getImagePullCredentials() {
        return text("imagePullCredentials");
    }

    @DataBoundSetter
    public void setImagePullCredentials(@CheckForNull String imagePullCredentials) {
        set("imagePullCredentials", imagePullCredentials);
    }

    /** ARN of a Secrets Manager secret for a private registry. */
    @CheckForNull
    public String getRegistryCredential() {
        return text("registryCredential");
    }

    @DataBoundSetter
    public void setRegistryCredential(@CheckForNull String registryCredential) {
        set("registryCredential", registryCredential);
    }

    /** ARN of the build's role. */
    @CheckForNull
    public String getServiceRole() {
        return text("serviceRole");
    }

    @DataBoundSetter
    public void setServiceRole(@CheckForNull String serviceRole) {
        set("serviceRole", serviceRole);
    }

    /** The KMS key for the build's artifacts. */
    @CheckForNull
    public String getEncryptionKey() {
        return text("encryptionKey");
    }

    @DataBoundSetter
    public void setEncryptionKey(@CheckForNull String encryptionKey) {
        set("encryptionKey", encryptionKey);
    }

    /** After how many minutes AWS ends the build: 5 to 2160. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        set("timeoutMinutes", timeoutMinutes);
    }

    /** After how many minutes AWS gives up a build that waits: 5 to 480. */
    @CheckForNull
    public Integer getQueuedTimeoutMinutes() {
        return number("queuedTimeoutMinutes");
    }

    @DataBoundSetter
    public void setQueuedTimeoutMinutes(@CheckForNull Integer queuedTimeoutMinutes) {
        set("queuedTimeoutMinutes", queuedTimeoutMinutes);
    }

    /** The build that something else has started, and that the step follows: its id or its ARN; null if the step starts one. */
    @CheckForNull
    public String getBuild() {
        return text("build");
    }

    @DataBoundSetter
    public void setBuild(@CheckForNull String build) {
        set("build", build);
    }

    /** How often the step has AWS run a failed build again: 1 to 10. */
    @CheckForNull
    public Integer getRetryBuild() {
        return number("retryBuild");
    }

    @DataBoundSetter
    public void setRetryBuild(@CheckForNull Integer retryBuild) {
        set("retryBuild", retryBuild);
    }

    /** How often AWS itself tries a failed build again. */
    @CheckForNull
    public Integer getAutoRetryLimit() {
        return number("autoRetryLimit");
    }

    @DataBoundSetter
    public void setAutoRetryLimit(@CheckForNull Integer autoRetryLimit) {
        set("autoRetryLimit", autoRetryLimit);
    }

    /** How many minutes to wait for room in the account: 0 to 10080. */
    @CheckForNull
    public Integer getRoomTimeoutMinutes() {
        return number("roomTimeoutMinutes");
    }

    @DataBoundSetter
    public void setRoomTimeoutMinutes(@CheckForNull Integer roomTimeoutMinutes) {
        set("roomTimeoutMinutes", roomTimeoutMinutes);
    }

    /** Whether the build can be paused and entered with Session Manager. */
    @CheckForNull
    public Boolean getDebugSession() {
        return flag("debugSession");
    }

    @DataBoundSetter
    public void setDebugSession(@CheckForNull Boolean debugSession) {
        set("debugSession", debugSession);
    }

    /** Whether the source provider is told how the build ends. */
    @CheckForNull
    public Boolean getReportBuildStatus() {
        return flag("reportBuildStatus");
    }

    @DataBoundSetter
    public void setReportBuildStatus(@CheckForNull Boolean reportBuildStatus) {
        set("reportBuildStatus", reportBuildStatus);
    }
}
