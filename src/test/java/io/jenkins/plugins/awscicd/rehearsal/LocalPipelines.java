package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;

/** Makes the pipelines that a delivery starts: from the workspace by a project to an environment of Elastic Beanstalk. */
final class LocalPipelines {

    private final LocalAws aws;
    private final LocalProjects projects;
    private final LocalEnvironments environments;
    private final Console console;

    LocalPipelines(LocalAws aws, LocalProjects projects, LocalEnvironments environments, Console console) {
        this.aws = aws;
        this.projects = projects;
        this.environments = environments;
        this.console = console;
    }

    void prepare(Place place, PipelineRequest request) {
        String name = request.pipeline();
        if (aws.codePipeline(place).has(name)) {
            return;
        }
        String environment = name + "-test";
        String source = projects.withSource(place, name);
        environments.prepare(place, name, environment);
        aws.codePipeline(place)
                .pipeline(PipelineSpec.toEnvironment(
                        name, projects.bucket(place), source, name, name, environment, request.asks()));
        console.note("Created the pipeline '" + name + "' in local AWS: from the workspace by the project '" + name
                + "' to the environment '" + environment + "'");
    }
}
