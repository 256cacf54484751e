package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.nio.file.Path;

/** Makes what a delivery names, as a local AWS begins empty: projects, deployment groups, environments, buckets. */
final class LocalPreparations implements RehearsalAws.Preparations {

    private final LocalAws aws;
    private final LocalProjects projects;
    private final LocalGroups groups;
    private final LocalEnvironments environments;

    LocalPreparations(LocalAws aws, Path workspace, Console console) {
        this.aws = aws;
        projects = new LocalProjects(aws, workspace, console);
        groups = new LocalGroups(aws, console);
        environments = new LocalEnvironments(aws, console);
    }

    @Override
    public void prepare(AwsAccess access, BuildRequest request) {
        bucket(request.text("bucket"));
        projects.prepare(place(access), request);
    }

    @Override
    public void prepare(AwsAccess access, DeploymentRequest request) {
        bucket(request.text("bucket"));
        groups.prepare(place(access), request);
    }

    @Override
    public void prepare(AwsAccess access, BeanstalkRequest request) {
        bucket(request.text("bucket"));
        environments.prepare(place(access), request);
    }

    private void bucket(String name) {
        if (name != null) {
            aws.s3().createBucket(name, true);
        }
    }

    /** A role belongs to an account, and what it does happens there. */
    private Place place(AwsAccess access) {
        String[] role = access.role() == null ? new String[0] : access.role().split(":");
        return new Place(role.length > 4 ? role[4] : aws.home().account(), access.region());
    }
}
