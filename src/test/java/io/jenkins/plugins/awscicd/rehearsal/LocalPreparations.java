package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;

/** Makes what a delivery names, as a local AWS begins empty: projects, deployment groups, environments, pipelines, buckets. */
final class LocalPreparations implements RehearsalAws.Preparations {

    private final LocalAws aws;
    private final LocalProjects projects;
    private final LocalGroups groups;
    private final LocalEnvironments environments;
    private final LocalPipelines pipelines;

    LocalPreparations(LocalAws aws, RehearsalOptions options, Console console) {
        this.aws = aws;
        projects = new LocalProjects(aws, options, console);
        groups = new LocalGroups(aws, console);
        environments = new LocalEnvironments(aws, console);
        pipelines = new LocalPipelines(aws, projects, environments, console);
    }

    @Override
    public void prepare(AwsAccess access, BuildRequest request) {
        bucket(access, request.text("bucket"));
        projects.prepare(place(access), request);
    }

    @Override
    public void prepare(AwsAccess access, DeploymentRequest request) {
        bucket(access, request.text("bucket"));
        groups.prepare(place(access), request);
    }

    @Override
    public void prepare(AwsAccess access, BeanstalkRequest request) {
        bucket(access, request.text("bucket"));
        environments.prepare(place(access), request);
    }

    @Override
    public void prepare(AwsAccess access, PipelineRequest request) {
        pipelines.prepare(place(access), request);
    }

    /** Where the step is: AWS wants a revision or a source to be in the region of what takes it. */
    private void bucket(AwsAccess access, String name) {
        if (name != null && !aws.s3().exists(name)) {
            aws.s3().createBucket(name, true, access.region());
        }
    }

    /** A role belongs to an account, and what it does happens there. */
    private Place place(AwsAccess access) {
        String[] role = access.role() == null ? new String[0] : access.role().split(":");
        return new Place(role.length > 4 ? role[4] : aws.home().account(), access.region());
    }
}
