package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.Collection;
import java.util.List;

/** Steps of other plugins, which are left out: what they tell people and other systems does not change what is delivered. */
final class PluginSteps {

    /** What is in their blocks is run. */
    private static final List<String> LEFT_OUT = List.of(
            "addBadge",
            "addGitLabMRComment",
            "addInfoBadge",
            "addShortText",
            "allure",
            "archive",
            "bitbucketStatusNotify",
            "build",
            "checkpoint",
            "cobertura",
            "codeCoverage",
            "configFileProvider",
            "containerLog",
            "copyArtifacts",
            "createSummary",
            "cucumber",
            "dependencyCheck",
            "dependencyCheckPublisher",
            "discoverGitReferenceBuild",
            "discordSend",
            "emailext",
            "fingerprint",
            "githubNotify",
            "gitlabCommitStatus",
            "googlechatnotification",
            "hideFromView",
            "hipchatSend",
            "jacoco",
            "jiraComment",
            "jiraSendBuildInfo",
            "jiraSendDeploymentInfo",
            "library",
            "matterMostSend",
            "mineRepository",
            "nexusArtifactUploader",
            "nexusPublisher",
            "nodejs",
            "nunit",
            "office365ConnectorSend",
            "perfReport",
            "pullRequest",
            "publishChecks",
            "publishCoverage",
            "publishGerritReview",
            "publishHTML",
            "recordCoverage",
            "recordIssues",
            "rocketSend",
            "rtp",
            "scanForIssues",
            "setGitHubPullRequestStatus",
            "slackSend",
            "slackUploadFile",
            "snsPublish",
            "sshPublisher",
            "sshagent",
            "step",
            "telegramSend",
            "testNG",
            "throttle",
            "unarchive",
            "updateGitlabCommitStatus",
            "waitForQualityGate",
            "warnings",
            "withAnt",
            "withChecks",
            "withCoverityEnv",
            "withDockerRegistry",
            "withDockerServer",
            "withFolderProperties",
            "withGo",
            "withGradle",
            "withKubeConfig",
            "withMaven",
            "withPythonEnv",
            "withSonarQubeEnv",
            "wrappedNode",
            "writeMavenPom",
            "xunit",
            "zip");

    /** What other steps are called with. */
    private static final List<String> VALUES = List.of(
            "configFile",
            "configMapVolume",
            "containerEnvVar",
            "containerTemplate",
            "dynamicPVC",
            "emptyDirVolume",
            "emptyDirWorkspaceVolume",
            "envVar",
            "genericEphemeralVolume",
            "gitLabConnection",
            "hostPathVolume",
            "hostPathWorkspaceVolume",
            "javadoc",
            "lastSuccessful",
            "legacySCM",
            "modernSCM",
            "nfsVolume",
            "onlyIfSuccessful",
            "persistentVolumeClaim",
            "podAnnotation",
            "podEnvVar",
            "portMapping",
            "secretEnvVar",
            "secretVolume",
            "specific",
            "throttleJobProperty");

    private final Delivery delivery;

    PluginSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    /** @param others names of steps that whoever rehearses wants to be left out as well */
    void addTo(Steps steps, Collection<String> others) {
        LEFT_OUT.forEach(name -> steps.add(name, StepCall.ANY_TIMES, this::leaveOut));
        VALUES.forEach(
                name -> steps.add(name, StepCall.ANY_TIMES, call -> new Described(call.name(), call.arguments())));
        others.forEach(name -> steps.add(name, StepCall.ANY_TIMES, this::leaveOut));
    }

    private Object leaveOut(StepCall call) {
        delivery.console().note(call.name() + " is left out in a rehearsal");
        return call.closure() == null ? null : call.block().get();
    }
}
