package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.ProjectArtifacts;
import software.amazon.awssdk.services.codebuild.model.ProjectSource;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * A build of CodeBuild. Its input artifact is the build's source and its output artifact what the build makes, both through the artifact
 * store, as CodePipeline has it.
 */
public record BuildWork(ActionRun action, CodeBuildClient codeBuild, S3 s3, String console) implements ActionWork {

    @Override
    public State begin() {
        StartBuildRequest.Builder start = StartBuildRequest.builder()
                .projectName(action.configured("ProjectName"))
                .environmentVariablesOverride(variables());
        String primary = action.configuration.get("PrimarySource");
        List<ProjectSource> secondary = new ArrayList<>();
        for (Artifact input : action.inputs) {
            String location = input.bucket() + "/" + input.key();
            if (action.inputs.size() == 1 || input.name().equals(primary)) {
                start.sourceTypeOverride("S3").sourceLocationOverride(location);
            } else {
                secondary.add(ProjectSource.builder()
                        .type("S3")
                        .location(location)
                        .sourceIdentifier(input.name())
                        .build());
            }
        }
        if (!secondary.isEmpty()) {
            start.secondarySourcesOverride(secondary);
        }
        if (action.outputs.size() == 1) {
            start.artifactsOverride(artifacts(action.outputs.get(0)));
        }
        Build build = codeBuild.startBuild(start.build()).build();
        action.externalId = build.id();
        action.externalUrl = console + "codebuild/home#/builds/" + build.id() + "/view/new";
        return State.RUNNING;
    }

    private static ProjectArtifacts artifacts(Artifact output) {
        int slash = output.key().lastIndexOf('/');
        return ProjectArtifacts.builder()
                .type("S3")
                .location(output.bucket())
                .path(output.key().substring(0, slash))
                .name(output.key().substring(slash + 1))
                .packaging("ZIP")
                .overrideArtifactName(false)
                .build();
    }

    /** The configuration has them as JSON text. */
    private List<EnvironmentVariable> variables() {
        String json = action.configuration.get("EnvironmentVariables");
        List<EnvironmentVariable> variables = new ArrayList<>();
        if (json != null) {
            Json.parse(json)
                    .forEach(one -> variables.add(EnvironmentVariable.builder()
                            .name(one.path("name").asText())
                            .value(one.path("value").asText())
                            .type(one.path("type").asText("PLAINTEXT"))
                            .build()));
        }
        return variables;
    }

    @Override
    public State look() {
        Build build = codeBuild
                .batchGetBuilds(it -> it.ids(action.externalId))
                .builds()
                .get(0);
        if (!build.buildComplete()) {
            return State.RUNNING;
        }
        if (!build.buildStatusAsString().equals("SUCCEEDED")) {
            action.errorCode = "JobFailed";
            action.errorMessage = "Build terminated with state: " + build.buildStatusAsString();
            return State.FAILED;
        }
        build.exportedEnvironmentVariables().forEach(one -> action.outputVariables.put(one.name(), one.value()));
        for (Artifact output : action.outputs) {
            if (s3.object(output.bucket(), output.key()).isEmpty() && !action.inputs.isEmpty()) {
                // a build that only pretends makes nothing
                Artifact input = action.inputs.get(0);
                s3.put(output.bucket(), output.key(), s3.bytes(input.bucket(), input.key()));
            }
        }
        return State.SUCCEEDED;
    }
}
